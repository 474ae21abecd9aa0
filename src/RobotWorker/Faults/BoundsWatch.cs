using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>A signal on the wrong side of a limit.</summary>
internal sealed class BoundsWatch(DetectorRule.OutOfBounds rule, TimeSpan heal) : RuleWatch
{
    private readonly DetectorRule.OutOfBounds ruleOnceMended = rule with { RightUnguarded = true };
    private DetectorState state = DetectorState.Quiet;
    private bool isSaidToBeMended;

    public override IEnumerable<string> Signals => [rule.Signal];

    public override RobotTime? WrongSince => state.WrongSince;

    public override bool Confirmed => state.Confirmed;

    public override string Evidence => state.Evidence ?? "";

    /// <summary>While its guards do not hold nobody can see whether it is right: a person's word counts until they hold again.</summary>
    public override void Reset() => isSaidToBeMended = state.Confirmed;

    public override bool Hear(Sample sample, IReadOnlyDictionary<string, Sample> heard)
    {
        if (rule.Signal != sample.Signal) return false;
        state = Detector.Next(isSaidToBeMended ? ruleOnceMended : rule, heal, state, heard, sample.At);
        isSaidToBeMended &= state.Confirmed;
        return true;
    }
}
