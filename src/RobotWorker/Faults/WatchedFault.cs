using System.Collections.Immutable;
using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>One fault that the monitor watches for.</summary>
internal abstract class WatchedFault(FaultCatalogue catalogue, FaultDefinition definition, string component, IFaultListener listener, Action<FaultNote> noted) : IDisposable
{
    private readonly ImmutableArray<EvidenceRule> wanted = definition.Recovery.Evidence;
    private readonly EvidenceState[] seen = new EvidenceState[definition.Recovery.Evidence.Length];
    private Fault? active;
    private bool assumed;
    private RobotTime? rightSince;
    private bool acknowledged;
    private FaultStage stage = FaultStage.Cleared;
    private RobotTime? clearedAt;

    /// <summary>The faults that it is a consequence of where they are there.</summary>
    public IReadOnlyList<WatchedFault> Causes { get; set; } = [];

    public string Code => definition.Code;

    public string Component => component;

    /// <summary>Of which signals it wants to hear.</summary>
    public IEnumerable<string> Signals => Watched.Concat(wanted.Select(e => e.Signal));

    protected abstract IEnumerable<string> Watched { get; }

    protected FaultDefinition Definition => definition;

    public void Hear(Sample sample, IReadOnlyDictionary<string, Sample> heard)
    {
        if (active is not null)
            for (var i = 0; i < seen.Length; i++)
                if (wanted[i].Signal == sample.Signal) seen[i] = seen[i].Next(wanted[i], sample);
        Judge(sample, heard);
    }

    public virtual void Acknowledge(RobotTime now)
    {
        acknowledged = true;
        noted(new(Code, component, FaultStage.Acknowledged, now));
    }

    /// <summary>It was active before this process began to listen.</summary>
    public virtual void Assume(Fault fault) => (active, assumed, stage) = (fault, true, FaultStage.Confirmed);

    public abstract void Dispose();

    protected abstract void Judge(Sample sample, IReadOnlyDictionary<string, Sample> heard);

    /// <summary>Whether a rule of it is violated that has not confirmed it yet.</summary>
    protected void Suspect(bool wrong, RobotTime now)
    {
        if (active is null && wrong != (stage == FaultStage.Prefailed)) Note(wrong ? FaultStage.Prefailed : FaultStage.Passed, now);
    }

    protected void Confirm(string evidence, RobotTime raised, RobotTime now)
    {
        if (active is not null || IsExplained(now)) return;
        acknowledged = false;
        Array.Clear(seen);
        active = new(Code, component, definition.Level, evidence, raised, now);
        Note(FaultStage.Confirmed, now);
        listener.FaultConfirmed(active);
    }

    /// <summary>
    /// Its signals are wrong, or again before it was cleared. What a person said of it before that counts no more; of a fatal one nothing counts that was said while it was there: whoever answers with the
    /// emergency stop pressed has not seen what is so when it is released.
    /// </summary>
    protected void StillThere(RobotTime now)
    {
        if (stage == FaultStage.Healed || definition.Level == FaultLevel.Fatal) acknowledged = false;
        if (stage == FaultStage.Healed) Note(FaultStage.Confirmed, now);
    }

    /// <summary>Its signals are right again; it may also take evidence, and one that needs a person their word.</summary>
    protected bool TryHeal(RobotTime now)
    {
        if (active is null) return true;
        // Nobody has seen yet for how long its signals have been right.
        if (assumed && now - (rightSince ??= now) < definition.Heal) return false;
        for (var i = 0; i < seen.Length; i++)
            if (!seen[i].IsGiven(wanted[i])) return false;
        if (stage != FaultStage.Healed) Note(FaultStage.Healed, now);
        if (catalogue.NeedsPerson(active) && !acknowledged) return false;
        var healed = active with { HealedAt = now };
        (active, assumed, rightSince, clearedAt) = (null, false, null, now);
        Note(FaultStage.Cleared, now);
        listener.FaultHealed(healed);
        return true;
    }

    /// <summary>
    /// What takes a person is not called for what another fault brings about: it waits while that is there, or is about to be confirmed, and shortly after (AUTOSAR,
    /// Diagnostic Event Manager: event dependencies). A jolt of the base is no collision of the arm, nor is one joint that sags and loads the others.
    /// </summary>
    private bool IsExplained(RobotTime now)
    {
        if (!definition.Human) return false;
        foreach (var cause in Causes)
            if (cause.active is not null || cause.stage == FaultStage.Prefailed || (cause.clearedAt is { } cleared && now - cleared < Correlation.Window)) return true;
        return false;
    }

    private void Note(FaultStage next, RobotTime now)
    {
        stage = next;
        noted(new(Code, component, next, now));
    }
}
