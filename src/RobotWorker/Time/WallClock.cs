namespace RobotWorker.Time;

/// <summary>The clock behind <see cref="Pace.Wall"/>: what time it is, and how the loop sleeps by it.</summary>
public abstract class WallClock
{
    /// <summary>The machine's own.</summary>
    public static WallClock Real { get; } = new RealClock();

    /// <summary>Time since an instant of the clock's choice; it never goes back.</summary>
    public abstract TimeSpan Now { get; }

    /// <summary>Sleeps, never for less than was asked, unless something arrives before or is there already.</summary>
    /// <returns>What arrived, taken out of the inbox; null when the time was over first.</returns>
    public abstract Action? Sleep(TimeSpan time, LoopInbox inbox);

    private sealed class RealClock : WallClock
    {
        private readonly long start = TimeProvider.System.GetTimestamp();

        public override TimeSpan Now => TimeProvider.System.GetElapsedTime(start);

        public override Action? Sleep(TimeSpan time, LoopInbox inbox)
        {
            // Rounded up: a timer never fires early.
            var milliseconds = (int)Math.Min(int.MaxValue, Math.Ceiling(time.TotalMilliseconds));
            return inbox.TryTake(out var arrived, milliseconds) ? arrived : null;
        }
    }
}
