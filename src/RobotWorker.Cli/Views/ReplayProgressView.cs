using RobotWorker.Generation.Replay;

namespace RobotWorker.Cli.Views;

/// <summary>How far a replay has come.</summary>
internal sealed class ReplayProgressView(TextWriter output, TimeProvider time, int all) : IDisposable
{
    private readonly WorkPace pace = new(time);
    private readonly ProgressLine line = new(output, time, TimeSpan.FromSeconds(10));
    private int other;

    public void Show(ReplayedEpisode replayed)
    {
        pace.Count();
        if (replayed.Verdict.Outcome != ReplayOutcome.Certified) other++;
        if (all > 1) line.Show(() => $"{pace.Made} of {all} episodes replayed, {pace.Made - other} certified, {pace.Left(all - pace.Made)}");
    }

    public void Dispose() => line.Dispose();
}
