using System.Globalization;
using RobotWorker.Generation.Generate;

namespace RobotWorker.Cli.Views;

/// <summary>How far a data set has come: one line that is written over on a terminal, a line every ten seconds anywhere else.</summary>
internal sealed class GenerateProgressView(TextWriter output, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly long began = time.GetTimestamp();
    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private long? told;
    private int made;

    public void Show(GenerateProgress progress)
    {
        made++;
        if (!isTerminal && progress.Done < progress.All && told is { } last && time.GetElapsedTime(last) < Pause) return;
        told = time.GetTimestamp();
        var line = string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.All} episodes, {100.0 * progress.Succeeded / progress.Done:0} % succeeded, {Pace(progress)}; the last: {Word(progress)}");
        output.Write(isTerminal ? $"\r\x1b[K{line}" : $"{line}\n");
    }

    public void Dispose()
    {
        if (isTerminal && made > 0) output.Write("\r\x1b[K");
        made = 0;
    }

    private string Pace(GenerateProgress progress)
    {
        var each = time.GetElapsedTime(began) / made;
        return string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromHours(1) / each:0} an hour, {Math.Ceiling((each * (progress.All - progress.Done)).TotalMinutes):0} min left");
    }

    private static string Word(GenerateProgress progress)
    {
        var last = progress.Last!;
        var with = last.Fault.Length > 0 ? $" after {last.Fault}" : "";
        return last.Succeeded ? $"goal met{with}" : $"{last.FailureMode.Replace('_', ' ')}{with}";
    }
}
