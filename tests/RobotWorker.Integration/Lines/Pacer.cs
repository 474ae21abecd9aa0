using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>
/// Lets the clocks of several loops pass together, and only while none of them has anything to do: as fast as the machine can, and never faster than it can, so
/// that a busy machine makes a slow test and not a robot that is heard too late. The robot waits for its worker before the first instant passes.
/// </summary>
/// <param name="loops">How many loops there will be.</param>
internal sealed class Pacer(int loops)
{
    // A link that is silent holds nobody up for ever: then time passes by the machine's clock.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly Lock gate = new();
    private readonly List<PacedClock> clocks = [];
    private TimeSpan now;
    private long advancedAt = TimeProvider.System.GetTimestamp();

    /// <summary>Whether what was sent has arrived; until then no time passes.</summary>
    public Func<bool> IsCaughtUp { get; set; } = () => true;

    /// <summary>The clock of one more loop.</summary>
    public WallClock Clock()
    {
        var clock = new PacedClock(this);
        lock (gate) clocks.Add(clock);
        return clock;
    }

    private void TryAdvance()
    {
        lock (gate)
        {
            if (clocks.Count < loops || clocks.Exists(c => !c.IsQuiet)) return;
            var waited = TimeProvider.System.GetElapsedTime(advancedAt);
            if (!IsCaughtUp() && waited < LongestWait) return;
            var due = clocks.Min(c => c.Due);
            now = !IsCaughtUp() && due - now > Step ? now + Step : due;
            // Past the longest wait each further step takes as long as it is.
            advancedAt = IsCaughtUp() ? TimeProvider.System.GetTimestamp() : advancedAt + (long)(Step.TotalSeconds * TimeProvider.System.TimestampFrequency);
            foreach (var clock in clocks) clock.Wake();
        }
    }

    private sealed class PacedClock(Pacer pacer) : WallClock
    {
        private int quiet;

        public TimeSpan Due { get; private set; }

        public bool IsQuiet => quiet > 0;

        public override TimeSpan Now
        {
            get
            {
                lock (pacer.gate) return pacer.now;
            }
        }

        public override Action? Sleep(TimeSpan time, LoopInbox inbox)
        {
            lock (pacer.gate) (Due, quiet) = (pacer.now + time, 0);
            while (true)
            {
                if (inbox.TryTake(out var arrived, 1))
                {
                    Wake();
                    return arrived;
                }
                lock (pacer.gate)
                {
                    if (pacer.now >= Due)
                    {
                        quiet = 0;
                        return null;
                    }
                    quiet++;
                }
                pacer.TryAdvance();
            }
        }

        /// <summary>It has something to do.</summary>
        public void Wake()
        {
            lock (pacer.gate) quiet = 0;
        }
    }
}
