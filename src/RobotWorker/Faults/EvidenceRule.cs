using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>What must be seen of a signal, beside that the fault's own rules are right again, before it counts as healed.</summary>
/// <param name="Signal">Such as <c>base.measured_speed</c>.</param>
/// <param name="Below">The greatest value that will do, in the signal's unit; null: any.</param>
/// <param name="Above">The smallest.</param>
/// <param name="For">How long it must be so without a break.</param>
/// <param name="Samples">How many samples on end must show it: an encoder that is to be read twice.</param>
public sealed record EvidenceRule(string Signal, double? Below, double? Above, TimeSpan For, int Samples)
{
    /// <summary>Whether a value is what is wanted.</summary>
    public bool IsRight(double value) => (Below is not { } most || value <= most) && (Above is not { } least || value >= least);
}

/// <summary>What has been seen so far of one piece of evidence since the fault was confirmed. Pure: state and sample in, state out.</summary>
/// <param name="Since">The first sample of those on end that show it; null: the last one did not.</param>
public readonly record struct EvidenceState(RobotTime? Since, RobotTime Last, int Samples)
{
    public EvidenceState Next(EvidenceRule rule, Sample sample) => rule.IsRight(sample.Value) ? new(Since ?? sample.At, sample.At, Samples + 1) : default;

    public bool IsGiven(EvidenceRule rule) => Since is { } since && Samples >= rule.Samples && Last - since >= rule.For;
}
