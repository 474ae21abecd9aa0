using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>A signal that is heard no more. Watched from its first sample on; the clock is the watchdog's, which a stopped robot clock does not stop.</summary>
/// <remarks>
/// Who did not listen has heard nothing either. So what has arrived by then is taken in first, and after a pause of its own the watchdog listens for as long again as it paused, up
/// to twice the signal's time in all.
/// </remarks>
internal sealed class SilentFault : WatchedFault
{
    // Later than this no loop fires a timer that runs without a pause.
    private static readonly TimeSpan Punctual = TimeSpan.FromMilliseconds(50);

    private readonly DetectorRule.Silent rule;
    private readonly TimeProvider time;
    private readonly Action<Action> afterArrivals;
    private readonly ITimer timer;
    private long dueAt;
    private long? last;
    private long? wellSince;
    private bool silent;
    private RobotTime lastAt;
    private bool isOver;

    public SilentFault(
        FaultCatalogue catalogue, FaultDefinition definition, DetectorRule.Silent rule, TimeProvider time, IFaultListener listener, Action<FaultNote> noted, Action<Action> afterArrivals)
        : base(catalogue, definition, ComponentOf(definition, rule), listener, noted)
    {
        this.rule = rule;
        this.time = time;
        this.afterArrivals = afterArrivals;
        timer = time.CreateTimer(_ => Due(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    protected override IEnumerable<string> Watched => [rule.Signal];

    protected override void Judge(Sample sample, IReadOnlyDictionary<string, Sample> heard)
    {
        if (sample.Signal != rule.Signal) return;
        var now = time.GetTimestamp();
        if (last is null || (silent && wellSince is null))
        {
            wellSince = now;
            Wait(rule.After);
        }
        (last, lastAt) = (now, sample.At);
        if (silent && time.GetElapsedTime(wellSince ?? now, now) >= Definition.Heal && TryHeal(sample.At)) silent = false;
    }

    public override void Assume(Fault fault)
    {
        base.Assume(fault);
        (silent, wellSince) = (true, null);
    }

    public override void Dispose()
    {
        isOver = true;
        timer.Dispose();
    }

    // Where several signals of one code can fall silent, each is a component of its own.
    private static string ComponentOf(FaultDefinition definition, DetectorRule.Silent rule) =>
        definition.Detectors.Length == 1 ? definition.Component : rule.Signal;

    // The timer finds out when it is due; moving it at every sample would cost more than it tells.
    private void Wait(TimeSpan left)
    {
        dueAt = time.GetTimestamp() + (long)(left.TotalSeconds * time.TimestampFrequency);
        timer.Change(left, Timeout.InfiniteTimeSpan);
    }

    private void Due()
    {
        var late = time.GetElapsedTime(dueAt);
        afterArrivals(() => Listened(late));
    }

    private void Listened(TimeSpan late)
    {
        if (isOver) return;
        var quiet = time.GetElapsedTime(last ?? time.GetTimestamp());
        if (quiet < rule.After)
        {
            Wait(rule.After - quiet);
            return;
        }
        if (late > Punctual && quiet < 2 * rule.After)
        {
            Wait(late < 2 * rule.After - quiet ? late : 2 * rule.After - quiet);
            return;
        }
        (silent, wellSince) = (true, null);
        StillThere(lastAt + quiet);
        Confirm($"nothing heard of {rule.Signal} for {quiet.TotalSeconds:0.###} s", lastAt, lastAt + quiet);
    }
}
