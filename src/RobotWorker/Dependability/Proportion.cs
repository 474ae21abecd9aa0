using MathNet.Numerics.Distributions;

namespace RobotWorker.Dependability;

/// <summary>So many of so many.</summary>
public sealed record Proportion(int Of, int All)
{
    /// <summary>The share with its interval (Wilson 1927), which also holds near 0 and 1 and for few runs; without any there is neither.</summary>
    /// <param name="confidence">0.95: each side misses the truth in about 2.5 % of all cases.</param>
    public Estimate Wilson(double confidence)
    {
        if (All == 0) return new(null, null, null);
        var z = Normal.InvCDF(0, 1, (1 + confidence) / 2);
        var (p, n, zz) = ((double)Of / All, (double)All, z * z);
        var middle = (p + (zz / (2 * n))) / (1 + (zz / n));
        var half = z * Math.Sqrt((p * (1 - p) / n) + (zz / (4 * n * n))) / (1 + (zz / n));
        // At the ends the bound is the end, whatever the root says in its last digit.
        return new(p, Of == 0 ? 0 : middle - half, Of == All ? 1 : middle + half);
    }

    /// <summary>pass^k: how likely so many of these runs, drawn without putting back, all succeed (Yao et al. 2024); null for more than there are.</summary>
    public double? AllOf(int k)
    {
        if (k > All) return null;
        var all = 1.0;
        for (var i = 0; i < k; i++) all *= Math.Max(0, Of - i) / (double)(All - i);
        return all;
    }
}
