using RobotWorker.Generation.Suites;

namespace RobotWorker.Cli.Views;

/// <summary>How far a suite has come.</summary>
/// <param name="before">Outcomes that were there already: they say nothing of the pace.</param>
internal sealed class SuiteProgressView(TextWriter output, TimeProvider time, int before) : IDisposable
{
    private readonly WorkPace pace = new(time);
    private readonly ProgressLine line = new(output, time, TimeSpan.FromMinutes(1));

    public void Show(SuiteProgress progress)
    {
        pace.Count();
        line.Show(() => $"{progress.Last.Run.Condition}: {progress.Done} of {progress.All} runs, {Left(progress)}; {progress.Last.Run.Fault ?? "clean"} in {progress.Last.Run.Task}: {Word(progress.Last)}");
    }

    public void Dispose() => line.Dispose();

    // Of this condition alone: how long another takes nobody knows before.
    private string Left(SuiteProgress progress) => pace.Made < 5 ? $"{before} of them from before" : pace.Left(progress.All - progress.Done);

    private static string Word(SuiteOutcome outcome) => outcome switch
    {
        { Error: { } error } => error,
        { Succeeded: true } => "goal met",
        { AskedSafely: true } => "asks a person",
        _ => Words.Of(outcome.Outcome),
    };
}
