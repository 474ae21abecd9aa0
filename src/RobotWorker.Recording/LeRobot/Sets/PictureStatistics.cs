using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>What a set tells of pictures: red, green and blue between 0 and 1.</summary>
/// <param name="Count">Of the frames that were looked at.</param>
/// <param name="Values">min, max, mean and std, and mostly the quantiles.</param>
public sealed record PictureStatistics(long Count, ImmutableSortedDictionary<string, double[]> Values)
{
    internal static readonly ImmutableArray<string> Quantiles = ["q01", "q10", "q50", "q90", "q99"];
    internal static readonly ImmutableArray<string> Basic = ["min", "max", "mean", "std"];

    /// <summary>Whether all is there that version 3.0 has.</summary>
    public bool IsWhole => Quantiles.All(Values.ContainsKey);

    internal static PictureStatistics Of(FeatureStatistics s) => new(s.Count, s.Named.ToImmutableSortedDictionary(n => n.Name, n => n.Values, StringComparer.Ordinal));

    /// <summary>Of several episodes together. Quantiles of all cannot be had from quantiles of each: their mean by count stands for them, as in LeRobot's own tools.</summary>
    internal static PictureStatistics Together(IReadOnlyList<PictureStatistics> all)
    {
        if (all.Count == 1) return all[0];
        var count = all.Sum(s => s.Count);
        var mean = Weighted(s => s.Values["mean"]);
        var values = ImmutableSortedDictionary.CreateBuilder<string, double[]>(StringComparer.Ordinal);
        values["min"] = Each(c => all.Min(s => s.Values["min"][c]));
        values["max"] = Each(c => all.Max(s => s.Values["max"][c]));
        values["mean"] = mean;
        values["std"] = Each(c => Math.Sqrt(all.Sum(s => s.Count * (Square(s.Values["std"][c]) + Square(s.Values["mean"][c] - mean[c]))) / count));
        foreach (var name in Quantiles.Where(q => all.All(s => s.Values.ContainsKey(q)))) values[name] = Weighted(s => s.Values[name]);
        return new(count, values.ToImmutable());

        // What is rounded in summing up does not go beyond what was seen.
        double[] Weighted(Func<PictureStatistics, double[]> of) => Each(c => Math.Clamp(all.Sum(s => s.Count * of(s)[c]) / count, all.Min(s => of(s)[c]), all.Max(s => of(s)[c])));
    }

    private static double[] Each(Func<int, double> channel) => [channel(0), channel(1), channel(2)];

    private static double Square(double value) => value * value;
}
