using MathNet.Numerics.Distributions;

namespace RobotWorker.Dependability;

/// <summary>An estimate with the bounds of its confidence interval, two-sided; null where the data bound nothing.</summary>
public sealed record Estimate(double? Value, double? Lower, double? Upper);

/// <summary>Means of exponentially distributed times, by the chi-square distribution (IEC 60605-4:2001, 5; MIL-HDBK-189C, 6.2.5).</summary>
public static class ChiSquare
{
    /// <summary>Mean time between failures of a test that ends at a time, not at a failure: twice the time over the mean lies between chi-squares of 2n and 2n + 2 degrees of freedom.</summary>
    /// <param name="exposure">Time in which it could fail, in any unit.</param>
    /// <param name="failures">Without any, there is a lower bound alone.</param>
    /// <param name="confidence">0.95: each side misses the truth in at most 2.5 % of all cases.</param>
    public static Estimate BetweenFailures(double exposure, int failures, double confidence)
    {
        if (exposure <= 0) return new(null, null, null);
        var tail = (1 - confidence) / 2;
        var lower = 2 * exposure / ChiSquared.InvCDF((2 * failures) + 2, 1 - tail);
        return failures == 0 ? new(null, lower, null) : new(exposure / failures, lower, 2 * exposure / ChiSquared.InvCDF(2 * failures, tail));
    }

    /// <summary>Mean of so many whole times: twice their sum over the mean is a chi-square of 2n degrees of freedom.</summary>
    public static Estimate Mean(double sum, int count, double confidence)
    {
        if (count == 0) return new(null, null, null);
        var tail = (1 - confidence) / 2;
        return new(sum / count, 2 * sum / ChiSquared.InvCDF(2 * count, 1 - tail), 2 * sum / ChiSquared.InvCDF(2 * count, tail));
    }

    /// <summary>How many events there may have been to expect, one-sided: with this confidence no more (Garwood 1936).</summary>
    /// <param name="seen">How many there were.</param>
    public static double MostEvents(int seen, double confidence) => ChiSquared.InvCDF((2 * seen) + 2, confidence) / 2;
}
