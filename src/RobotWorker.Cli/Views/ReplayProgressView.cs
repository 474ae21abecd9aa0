using System.Globalization;
using RobotWorker.Generation.Replay;

namespace RobotWorker.Cli.Views;

/// <summary>How far a replay has come.</summary>
internal sealed class ReplayProgressView(TextWriter output, TimeProvider time, int all) : IDisposable
{
    private readonly long began = time.GetTimestamp();
    private readonly ProgressLine line = new(output, time, TimeSpan.FromSeconds(10));
    private int done, other;

    public void Show(ReplayedEpisode replayed)
    {
        done++;
        if (replayed.Verdict.Outcome != ReplayOutcome.Certified) other++;
        if (all > 1) line.Show(() => string.Create(CultureInfo.InvariantCulture, $"{done} of {all} episodes replayed, {done - other} certified, {Math.Ceiling((time.GetElapsedTime(began) / done * (all - done)).TotalMinutes):0} min left"));
    }

    public void Dispose() => line.Dispose();
}
