using System.Globalization;
using RobotWorker.Generation.Suites;

namespace RobotWorker.Cli.Views;

/// <summary>How far a suite has come.</summary>
/// <param name="before">Outcomes that were there already: they say nothing of the pace.</param>
internal sealed class SuiteProgressView(TextWriter output, TimeProvider time, int before) : IDisposable
{
    private readonly long began = time.GetTimestamp();
    private readonly ProgressLine line = new(output, time, TimeSpan.FromMinutes(1));
    private int made;

    public void Show(SuiteProgress progress)
    {
        made++;
        line.Show(() => $"{progress.Last.Run.Condition}: {progress.Done} of {progress.All} runs, {Left(progress)}; {progress.Last.Run.Fault ?? "clean"} in {progress.Last.Run.Task}: {Word(progress.Last)}");
    }

    public void Dispose() => line.Dispose();

    // Of this condition alone: how long another takes nobody knows before.
    private string Left(SuiteProgress progress)
    {
        if (made < 5) return $"{before} of them from before";
        var left = time.GetElapsedTime(began) / made * Math.Max(0, progress.All - progress.Done);
        return string.Create(CultureInfo.InvariantCulture, $"{(left.TotalHours >= 1 ? $"{left.TotalHours:0.0} h" : $"{Math.Ceiling(left.TotalMinutes):0} min")} left");
    }

    private static string Word(SuiteOutcome outcome) => outcome switch
    {
        { Error: { } error } => error,
        { Succeeded: true } => "goal met",
        { AskedSafely: true } => "asks a person",
        _ => Words.Of(outcome.Outcome),
    };
}
