using System.Globalization;
using RobotWorker.Generation.Generate;

namespace RobotWorker.Cli.Views;

/// <summary>How far a data set has come.</summary>
internal sealed class GenerateProgressView(TextWriter output, TimeProvider time) : IDisposable
{
    private readonly WorkPace pace = new(time);
    private readonly ProgressLine line = new(output, time, TimeSpan.FromSeconds(10));

    public void Show(GenerateProgress progress)
    {
        pace.Count();
        line.Show(
            () => string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.All} episodes{Pairs(progress)}, {100.0 * progress.Succeeded / progress.Done:0} % succeeded, {TimeSpan.FromHours(1) / pace.Each:0} an hour, {pace.Left(progress.All - progress.Done)}; the last: {Word(progress)}"),
            last: progress.Done == progress.All);
    }

    public void Dispose() => line.Dispose();

    private static string Pairs(GenerateProgress progress) => progress.Pairs == 0 ? "" : $" ({progress.Pairs} with twins)";

    private static string Word(GenerateProgress progress)
    {
        var last = progress.Last!;
        var with = last.Fault.Length > 0 ? $" after {last.Fault}" : "";
        return last.Succeeded ? $"goal met{with}" : $"{last.FailureMode.Replace('_', ' ')}{with}";
    }
}
