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

    // When each guard began to hold; null: it does not.
    private readonly long?[] holdsSince;
    private long dueAt;
    private long? last;
    private long? wellSince;
    private bool silent;
    private RobotTime lastAt;
    private long? unexpectedSince;
    private bool isOver;

    public SilentFault(
        FaultCatalogue catalogue, FaultDefinition definition, DetectorRule.Silent rule, TimeProvider time, IFaultListener listener, Action<FaultNote> noted, Action<Action> afterArrivals)
        : base(catalogue, definition, ComponentOf(definition, rule), listener, noted)
    {
        this.rule = rule;
        this.time = time;
        this.afterArrivals = afterArrivals;
        holdsSince = new long?[rule.When.Length];
        timer = time.CreateTimer(_ => Due(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    protected override IEnumerable<string> Watched => rule.When.Select(g => g.Signal).Append(rule.Signal);

    protected override void Judge(Sample sample, IReadOnlyDictionary<string, Sample> heard)
    {
        var now = time.GetTimestamp();
        if (!rule.When.IsEmpty) Guarded(sample, now);
        if (sample.Signal != rule.Signal) return;
        if (last is null || (silent && wellSince is null))
        {
            wellSince = now;
            Wait(rule.After);
        }
        (last, lastAt) = (now, sample.At);
        if (silent && time.GetElapsedTime(wellSince ?? now, now) >= Definition.Heal && TryHeal(sample.At)) silent = false;
    }

    /// <summary>What may be silent is waited for from when it may not; and what is silent, and need not be heard any more, is as good as heard.</summary>
    private void Guarded(Sample sample, long now)
    {
        for (var i = 0; i < holdsSince.Length; i++)
            if (rule.When[i].Signal == sample.Signal) holdsSince[i] = rule.When[i].Holds(sample) ? holdsSince[i] ?? now : null;
        if (!silent || ExpectedFor() is not null)
        {
            unexpectedSince = null;
            return;
        }
        unexpectedSince ??= now;
        if (time.GetElapsedTime(unexpectedSince.Value, now) < Definition.Heal || !TryHeal(sample.At)) return;
        silent = false;
        Wait(rule.After);
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

    /// <summary>For how long all its guards have held; null while they do not.</summary>
    private TimeSpan? ExpectedFor()
    {
        var least = TimeSpan.MaxValue;
        foreach (var since in holdsSince)
        {
            if (since is not { } from) return null;
            if (time.GetElapsedTime(from) is var held && held < least) least = held;
        }
        return least;
    }

    private void Listened(TimeSpan late)
    {
        if (isOver) return;
        var unheard = time.GetElapsedTime(last ?? time.GetTimestamp());
        if (ExpectedFor() is not { } expected)
        {
            Wait(rule.After);
            return;
        }
        var quiet = expected < unheard ? expected : unheard;
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
        var now = lastAt + unheard;
        StillThere(now);
        Confirm($"nothing heard of {rule.Signal} for {quiet.TotalSeconds:0.###} s", now - quiet, now);
    }
}
