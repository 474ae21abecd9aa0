using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>A signal that is heard no more. Watched from its first sample on; the clock is the watchdog's, which a stopped robot clock does not stop.</summary>
internal sealed class SilentFault : WatchedFault
{
    private readonly DetectorRule.Silent rule;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private long? last;
    private long? wellSince;
    private bool silent;
    private RobotTime lastAt;

    public SilentFault(FaultCatalogue catalogue, FaultDefinition definition, DetectorRule.Silent rule, TimeProvider time, IFaultListener listener, Action<FaultNote> noted)
        : base(catalogue, definition, ComponentOf(definition, rule), listener, noted)
    {
        this.rule = rule;
        this.time = time;
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
            timer.Change(rule.After, Timeout.InfiniteTimeSpan);
        }
        (last, lastAt) = (now, sample.At);
        if (silent && time.GetElapsedTime(wellSince ?? now, now) >= Definition.Heal && TryHeal(sample.At)) silent = false;
    }

    public override void Assume(Fault fault)
    {
        base.Assume(fault);
        (silent, wellSince) = (true, null);
    }

    public override void Dispose() => timer.Dispose();

    // Where several signals of one code can fall silent, each is a component of its own.
    private static string ComponentOf(FaultDefinition definition, DetectorRule.Silent rule) =>
        definition.Detectors.Length == 1 ? definition.Component : rule.Signal;

    // The timer finds out when it is due; moving it at every sample would cost more than it tells.
    private void Due()
    {
        var quiet = time.GetElapsedTime(last ?? time.GetTimestamp());
        if (quiet < rule.After)
        {
            timer.Change(rule.After - quiet, Timeout.InfiniteTimeSpan);
            return;
        }
        (silent, wellSince) = (true, null);
        Relapse(lastAt + quiet);
        Confirm($"nothing heard of {rule.Signal} for {quiet.TotalSeconds:0.###} s", lastAt, lastAt + quiet);
    }
}
