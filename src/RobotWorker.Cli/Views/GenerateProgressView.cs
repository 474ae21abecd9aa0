using System.Globalization;
using RobotWorker.Generation.Generate;

namespace RobotWorker.Cli.Views;

/// <summary>How far a data set has come.</summary>
internal sealed class GenerateProgressView(TextWriter output, TimeProvider time) : IDisposable
{
    private readonly long began = time.GetTimestamp();
    private readonly ProgressLine line = new(output, time, TimeSpan.FromSeconds(10));
    private int made;

    public void Show(GenerateProgress progress)
    {
        made++;
        line.Show(
            () => string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.All} episodes, {100.0 * progress.Succeeded / progress.Done:0} % succeeded, {Pace(progress)}; the last: {Word(progress)}"),
            last: progress.Done == progress.All);
    }

    public void Dispose() => line.Dispose();

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
