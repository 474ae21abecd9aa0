using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>One rule of a fault with what it has come to.</summary>
internal abstract class RuleWatch
{
    public abstract IEnumerable<string> Signals { get; }

    /// <summary>Since when it has been wrong without being right in between; null while it is right.</summary>
    public abstract RobotTime? WrongSince { get; }

    public abstract bool Confirmed { get; }

    /// <summary>The samples that confirmed it, in one line with units.</summary>
    public abstract string Evidence { get; }

    /// <returns>Whether the sample is an instant of the rule: another signal's would stretch an old value in time.</returns>
    public abstract bool Hear(Sample sample, IReadOnlyDictionary<string, Sample> heard);

    /// <summary>A person says that what it watches is mended: what it remembers of before does not count.</summary>
    public virtual void Reset()
    {
    }

    public static RuleWatch Of(DetectorRule rule, TimeSpan heal) => rule switch
    {
        DetectorRule.OutOfBounds bounds => new BoundsWatch(bounds, heal),
        DetectorRule.Detected detected => new DetectorWatch(detected, heal),
        // Watched as it stands it would hear nothing, and a fault of the arm would go by unseen.
        DetectorRule.PerJoint => throw new ArgumentException("rules of each joint are watched once it is known which joints there are: FaultCatalogue.For", nameof(rule)),
        _ => throw new ArgumentException($"no rule over the samples of a signal: {rule.GetType().Name}", nameof(rule)),
    };
}
