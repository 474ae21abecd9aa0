using System.Collections.Immutable;

namespace RobotWorker.Faults.Detectors;

/// <summary>What an application gains and loses by detections (Lavin and Ahmad 2015, "Evaluating real-time anomaly detection algorithms: the Numenta anomaly benchmark", section II and table I).</summary>
/// <param name="TruePositive">Gained by the earliest detection of a window, at its very beginning.</param>
/// <param name="FalsePositive">Lost by a detection far outside any window.</param>
/// <param name="FalseNegative">Lost by a window without a detection.</param>
public sealed record NabProfile(string Name, double TruePositive, double FalsePositive, double FalseNegative)
{
    public static readonly NabProfile Standard = new("standard", 1, 0.11, 1);

    /// <summary>Where a false alarm is dear.</summary>
    public static readonly NabProfile LowFalsePositives = new("low_fp", 1, 0.22, 1);

    /// <summary>Where a missed fault is dear.</summary>
    public static readonly NabProfile LowFalseNegatives = new("low_fn", 1, 0.11, 2);

    public static readonly ImmutableArray<NabProfile> All = [Standard, LowFalsePositives, LowFalseNegatives];
}
