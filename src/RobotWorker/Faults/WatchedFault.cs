using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>One fault that the monitor watches for.</summary>
internal abstract class WatchedFault(FaultCatalogue catalogue, FaultDefinition definition, string component, IFaultListener listener) : IDisposable
{
    private Fault? active;
    private bool assumed;
    private RobotTime? rightSince;
    private bool acknowledged;

    public string Code => definition.Code;

    public string Component => component;

    protected FaultDefinition Definition => definition;

    public abstract void Hear(Sample sample, IReadOnlyDictionary<string, Sample> heard);

    public void Acknowledge() => acknowledged = true;

    /// <summary>It was active before this process began to listen.</summary>
    public virtual void Assume(Fault fault) => (active, assumed) = (fault, true);

    public abstract void Dispose();

    protected void Confirm(string evidence, RobotTime raised, RobotTime now)
    {
        if (active is not null) return;
        acknowledged = false;
        active = new(Code, component, definition.Level, evidence, raised, now);
        listener.FaultConfirmed(active);
    }

    /// <summary>Its signals are right again; one that needs a person also needs their word.</summary>
    protected bool TryHeal(RobotTime now)
    {
        if (active is null) return true;
        // Nobody has seen yet for how long its signals have been right.
        if (assumed && now - (rightSince ??= now) < definition.Heal) return false;
        if (catalogue.NeedsPerson(active) && !acknowledged) return false;
        var healed = active with { HealedAt = now };
        (active, assumed, rightSince) = (null, false, null);
        listener.FaultHealed(healed);
        return true;
    }
}
