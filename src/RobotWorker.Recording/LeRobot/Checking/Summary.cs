using System.Globalization;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>The statistics of some rows of a feature, computed afresh, for each of its values.</summary>
internal sealed class Summary
{
    // Of the greatest magnitude: room for another order of summing, and for numbers that were rounded to float32.
    private const double Relative = 1e-6;

    // Of the range, for quantiles: LeRobot reads them off a histogram of 5000 bins.
    private const double OfRange = 1e-3;

    private readonly double[][] sorted;

    /// <param name="values">Row after row, <paramref name="width"/> values each, all finite.</param>
    public Summary(double[] values, int width, Segment rows)
    {
        sorted = new double[width][];
        for (var i = 0; i < width; i++)
        {
            var own = sorted[i] = new double[rows.Length];
            for (var row = 0; row < own.Length; row++) own[row] = values[((rows.From + row) * width) + i];
            Array.Sort(own);
        }
    }

    public int Width => sorted.Length;

    public long Rows => sorted[0].Length;

    /// <summary>Whether this is the name of a statistic: min, max, mean, std, count, or q and two digits.</summary>
    public static bool Knows(string statistic) => statistic is "min" or "max" or "mean" or "std" or "count" || Quantile(statistic) is not null;

    /// <summary>What is wrong with these numbers as the statistic of that name, or null.</summary>
    public string? Difference(string statistic, ReadOnlySpan<double> said)
    {
        if (statistic == "count") return said[0] == Rows ? null : $"is {said[0]}, must be {Rows}";
        for (var i = 0; i < Width; i++)
        {
            var right = Value(statistic, sorted[i]);
            if (Math.Abs(said[i] - right) <= Allowed(statistic, sorted[i])) continue;
            return $"is {said[i]}{(Width == 1 ? "" : $" at [{i}]")}, must be {right}: computed from the data";
        }
        return null;
    }

    private static double Value(string statistic, double[] sorted) => statistic switch
    {
        "min" => sorted[0],
        "max" => sorted[^1],
        "mean" => sorted.Average(),
        "std" => Deviation(sorted),
        _ => At(sorted, Quantile(statistic) ?? throw new ArgumentException($"'{statistic}' is no statistic", nameof(statistic))),
    };

    private static double Allowed(string statistic, double[] sorted)
    {
        var magnitude = Relative * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1]));
        // Where everything is 0, a std may still be what rounding left.
        return 1e-12 + magnitude + (Quantile(statistic) is null ? 0 : OfRange * (sorted[^1] - sorted[0]));
    }

    // Of the population, as numpy's std is.
    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length);
    }

    // Linear between the two nearest, as numpy's quantile is.
    private static double At(double[] sorted, double quantile)
    {
        var place = quantile * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    private static double? Quantile(string statistic) =>
        statistic.Length == 3 && statistic[0] == 'q' && int.TryParse(statistic.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? percent / 100.0 : null;
}
