using System.Globalization;
using RobotWorker.Generation.Suites;

namespace RobotWorker.Cli.Views;

/// <summary>How far a suite has come: one line that is written over on a terminal, a line a minute anywhere else.</summary>
/// <param name="before">Outcomes that were there already: they say nothing of the pace.</param>
internal sealed class SuiteProgressView(TextWriter output, TimeProvider time, int before) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly long began = time.GetTimestamp();
    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private long? told;
    private int made;

    public static void Stopping() => Console.Error.WriteLine("\nStopping: what is done is kept, and --resume goes on from there.");

    public void Show(SuiteProgress progress)
    {
        made++;
        if (!isTerminal && told is { } last && time.GetElapsedTime(last) < Pause) return;
        told = time.GetTimestamp();
        var line = $"{progress.Last.Run.Condition}: {progress.Done} of {progress.All} runs, {Left(progress)}; {progress.Last.Run.Fault ?? "clean"} in {progress.Last.Run.Task}: {Word(progress.Last)}";
        if (isTerminal) output.Write($"\r\x1b[K{line[..Math.Min(line.Length, Width())]}");
        else output.WriteLine(line);
    }

    public void Dispose()
    {
        if (isTerminal && made > 0) output.Write("\r\x1b[K");
        made = 0;
    }

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

    private static int Width()
    {
        try
        {
            return Math.Max(20, Console.WindowWidth - 1);
        }
        catch (IOException)
        {
            return 79;
        }
    }
}
