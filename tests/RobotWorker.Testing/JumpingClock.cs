using RobotWorker.Time;

namespace RobotWorker.Testing;

/// <summary>
/// A wall clock on which a sleep is over at once, a little later than was asked, as real sleeps are. With it a test at wall pace takes the way of a robot
/// of metal through the loop, and the time of a simulation.
/// </summary>
public sealed class JumpingClock : WallClock
{
    private static readonly TimeSpan Late = TimeSpan.FromMicroseconds(50);
    private TimeSpan now;

    public override TimeSpan Now => now;

    public override Action? Sleep(TimeSpan time, LoopInbox inbox)
    {
        if (inbox.TryTake(out var arrived)) return arrived;
        now += TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds)) + Late;
        return null;
    }
}
