using MathNet.Numerics.Distributions;

namespace RobotWorker.Dependability;

/// <summary>Two ways of doing the same runs, counted pair by pair: the runs that both did or both failed say nothing of which is better.</summary>
/// <param name="OnlyFirst">Runs that only the first did.</param>
public sealed record PairedComparison(int Both, int OnlyFirst, int OnlySecond, int Neither)
{
    public int Pairs => Both + OnlyFirst + OnlySecond + Neither;

    /// <summary>How likely pairs at least as one-sided are where the two are equally good (McNemar 1947, exact by the binomial); 1 where no pair differs.</summary>
    public double P
    {
        get
        {
            var (differ, fewer) = (OnlyFirst + OnlySecond, Math.Min(OnlyFirst, OnlySecond));
            return differ == 0 ? 1 : Math.Min(1, 2 * Binomial.CDF(0.5, differ, fewer));
        }
    }

    /// <summary>The first's share less the second's, with its interval (Agresti and Min 2005: half a run is added to each cell, which also holds for few).</summary>
    public Estimate Difference(double confidence)
    {
        if (Pairs == 0) return new(null, null, null);
        var (n, first, second) = (Pairs + 2.0, OnlyFirst + 0.5, OnlySecond + 0.5);
        var middle = (first - second) / n;
        var half = Normal.InvCDF(0, 1, (1 + confidence) / 2) * Math.Sqrt(first + second - (n * middle * middle)) / n;
        return new((double)(OnlyFirst - OnlySecond) / Pairs, Math.Max(-1, middle - half), Math.Min(1, middle + half));
    }

    public static PairedComparison Of(IEnumerable<(bool First, bool Second)> pairs)
    {
        var counts = pairs.CountBy(p => p).ToDictionary();
        return new(Count(true, true), Count(true, false), Count(false, true), Count(false, false));

        int Count(bool first, bool second) => counts.GetValueOrDefault((first, second));
    }
}
