using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot;

/// <summary>What a set tells of a feature, an entry for each of its dimensions: readers normalise by it.</summary>
/// <param name="Deviation">Of the population.</param>
/// <param name="Count">Of frames.</param>
/// <param name="Quantiles">By name, <c>q01</c> to <c>q99</c>; between two values in proportion.</param>
internal sealed record FeatureStatistics(double[] Least, double[] Most, double[] Mean, double[] Deviation, long Count, ImmutableArray<(string Name, double[] Values)> Quantiles)
{
    /// <summary>All of it but the count, by the names that the format has for it.</summary>
    public ImmutableArray<(string Name, double[] Values)> Named => [("min", Least), ("max", Most), ("mean", Mean), ("std", Deviation), .. Quantiles];

    private static readonly ImmutableArray<(string Name, double Share)> Shares = [("q01", 0.01), ("q10", 0.10), ("q50", 0.50), ("q90", 0.90), ("q99", 0.99)];

    /// <param name="values">Frames times <paramref name="width"/>, at least one frame.</param>
    public static FeatureStatistics Of(ReadOnlySpan<double> values, int width)
    {
        var columns = new double[width][];
        for (var d = 0; d < width; d++)
        {
            columns[d] = new double[values.Length / width];
            for (var i = 0; i < columns[d].Length; i++) columns[d][i] = values[(i * width) + d];
            Array.Sort(columns[d]);
        }
        return new(
            [.. columns.Select(c => c[0])], [.. columns.Select(c => c[^1])], [.. columns.Select(c => c.Average())], [.. columns.Select(Spread)], columns[0].Length,
            [.. Shares.Select(s => (s.Name, columns.Select(c => Quantile(c, s.Share)).ToArray()))]);
    }

    /// <summary>Of pictures: red, green and blue between 0 and 1.</summary>
    /// <param name="histogram">3 times 256 counts.</param>
    public static FeatureStatistics OfPictures(ReadOnlySpan<long> histogram, long frames)
    {
        var channels = new long[3][];
        for (var c = 0; c < 3; c++) channels[c] = histogram.Slice(c * 256, 256).ToArray();
        return new(
            [.. channels.Select(c => Array.FindIndex(c, n => n > 0) / 255.0)], [.. channels.Select(c => Array.FindLastIndex(c, n => n > 0) / 255.0)], [.. channels.Select(MeanOf)],
            [.. channels.Select(SpreadOf)], frames,
            [.. Shares.Select(s => (s.Name, channels.Select(c => Level(c, s.Share)).ToArray()))]);
    }

    private static double Spread(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }

    private static double MeanOf(long[] channel) => Moment(channel, v => v);

    private static double SpreadOf(long[] channel)
    {
        var mean = MeanOf(channel);
        return Math.Sqrt(Moment(channel, v => (v - mean) * (v - mean)));
    }

    private static double Moment(long[] channel, Func<double, double> of)
    {
        var sum = 0.0;
        for (var i = 0; i < channel.Length; i++) sum += channel[i] * of(i / 255.0);
        return sum / channel.Sum();
    }

    private static double Level(long[] channel, double share)
    {
        var wanted = share * (channel.Sum() - 1);
        var seen = 0L;
        for (var i = 0; i < channel.Length; i++)
            if ((seen += channel[i]) > wanted) return i / 255.0;
        return 1;
    }
}
