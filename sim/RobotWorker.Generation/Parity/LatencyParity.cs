using System.Collections.Immutable;

namespace RobotWorker.Generation.Parity;

/// <summary>How long one thing took on both sides; null on a side where it never happened.</summary>
public sealed record LatencyParity(string What, LatencyFigures? A, LatencyFigures? B)
{
    internal static ImmutableArray<LatencyParity> Of(ImmutableArray<LatencySeries> a, ImmutableArray<LatencySeries> b)
    {
        return [.. a.Concat(b).Select(s => s.What).Distinct(StringComparer.Ordinal).Select(what => new LatencyParity(what, In(a, what), In(b, what))).Where(l => l.A is not null || l.B is not null)];

        static LatencyFigures? In(ImmutableArray<LatencySeries> all, string what) => all.FirstOrDefault(s => s.What == what) is { Seconds: { IsEmpty: false } seconds } ? LatencyFigures.Of(seconds) : null;
    }
}

/// <param name="Histogram">How many lay in each of the bins that end at <see cref="BinEnds"/>, and in the last above all of them.</param>
public sealed record LatencyFigures(int Count, double MedianSeconds, double P95Seconds, double MostSeconds, ImmutableArray<int> Histogram)
{
    /// <summary>Where the bins end, seconds: the same in each report, so that reports can be compared.</summary>
    public static readonly ImmutableArray<double> BinEnds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

    internal static LatencyFigures Of(IEnumerable<double> seconds)
    {
        var sorted = seconds.Order().ToList();
        var bins = new int[BinEnds.Length + 1];
        foreach (var one in sorted)
        {
            var bin = BinEnds.BinarySearch(one);
            bins[bin < 0 ? ~bin : bin]++;
        }
        return new(sorted.Count, At(sorted, 0.5), At(sorted, 0.95), sorted[^1], [.. bins]);
    }

    // The nearest rank: a latency that was measured.
    private static double At(List<double> sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
}
