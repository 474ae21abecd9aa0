using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>A signal on the wrong side of a limit.</summary>
internal sealed class BoundsWatch(DetectorRule.OutOfBounds rule, TimeSpan heal) : RuleWatch
{
    private DetectorState state = DetectorState.Quiet;

    public override IEnumerable<string> Signals => [rule.Signal];

    public override RobotTime? WrongSince => state.WrongSince;

    public override bool Confirmed => state.Confirmed;

    public override string Evidence => state.Evidence ?? "";

    public override bool Hear(Sample sample, IReadOnlyDictionary<string, Sample> heard)
    {
        if (rule.Signal != sample.Signal) return false;
        state = Detector.Next(rule, heal, state, heard, sample.At);
        return true;
    }
}
