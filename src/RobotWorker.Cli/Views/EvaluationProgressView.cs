using System.Globalization;
using RobotWorker.Generation.Evaluate;

namespace RobotWorker.Cli.Views;

/// <summary>How far an evaluation has come.</summary>
internal sealed class EvaluationProgressView(TextWriter output, TimeProvider time) : IDisposable
{
    private readonly WorkPace pace = new(time);
    private readonly ProgressLine line = new(output, time, TimeSpan.FromSeconds(10));

    public void Show(EvaluationProgress progress)
    {
        pace.Count();
        line.Show(
            () => string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.All} runs, {100.0 * progress.Succeeded / progress.Done:0} % succeeded, {pace.Left(progress.All - progress.Done)}; the last: {Word(progress.Last)}"),
            last: progress.Done == progress.All);
    }

    public void Dispose() => line.Dispose();

    private static string Word(EvaluationOutcome outcome) =>
        $"{outcome.Run.Policy} in {outcome.Run.Task}, seed {outcome.Run.Seed}: {outcome.Error ?? (outcome.Succeeded ? "goal met" : outcome.GoalMet ? "goal met, unknown to the worker" : "goal not met")}";
}
