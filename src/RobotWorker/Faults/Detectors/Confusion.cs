namespace RobotWorker.Faults.Detectors;

/// <summary>How a detector's verdicts and the labels agree, row by row.</summary>
public readonly record struct Confusion(long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    /// <summary>2 TP / (2 TP + FP + FN): the harmonic mean of precision and recall; NaN where nothing is labelled and nothing was alarmed.</summary>
    public double F1 => 2.0 * TruePositives / ((2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>FP / (FP + TN): of the normal rows, the share that was alarmed; NaN without normal rows.</summary>
    public double FalseAlarmRate => (double)FalsePositives / (FalsePositives + TrueNegatives);

    /// <summary>FN / (FN + TP): of the anomalous rows, the share that was not alarmed; NaN without anomalous rows.</summary>
    public double MissedAlarmRate => (double)FalseNegatives / (FalseNegatives + TruePositives);

    public static Confusion Of(bool anomaly, bool alarmed) => (anomaly, alarmed) switch
    {
        (true, true)   => new(1, 0, 0, 0),
        (false, true)  => new(0, 1, 0, 0),
        (true, false)  => new(0, 0, 1, 0),
        (false, false) => new(0, 0, 0, 1),
    };

    public static Confusion operator +(in Confusion a, in Confusion b) =>
        new(a.TruePositives + b.TruePositives, a.FalsePositives + b.FalsePositives, a.FalseNegatives + b.FalseNegatives, a.TrueNegatives + b.TrueNegatives);
}
