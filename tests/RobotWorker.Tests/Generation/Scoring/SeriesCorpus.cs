using System.Collections.Immutable;
using System.Globalization;
using RobotWorker.Chance;
using RobotWorker.Generation.Scoring;
using RobotWorker.Time;

namespace RobotWorker.Tests.Generation.Scoring;

/// <summary>
/// Labelled series with known truth: four signals of unlike units whose noise goes together, at 1 Hz; the first 400 rows are for training. What is tuned is tuned on the tuning part, and what
/// is claimed is measured on the scoring part: other seeds.
/// </summary>
internal static class SeriesCorpus
{
    public const int TrainingRows = 400, Rows = 4000;

    private static readonly ImmutableArray<string> Names = ["temperature", "current", "pressure", "vibration"];
    private static readonly double[] Means = [45, 2.4, 101_300, 0.03];
    private static readonly double[] Deviations = [0.5, 0.1, 40, 0.004];

    public static IEnumerable<ulong> TuningSeeds => Enumerable.Range(1, 10).Select(i => (ulong)i);

    public static IEnumerable<ulong> ScoringSeeds => Enumerable.Range(101, 10).Select(i => (ulong)i);

    /// <summary>Nothing changes but by noise and labelled jumps.</summary>
    public static LabelledSeries Stationary(ulong seed) => Make("stationary", seed, (_, _) => 0, Jumps(seed));

    /// <summary>Each mean swings by 1.5 to 2.5 standard deviations to either side, once in 3,000 to 6,000 rows, and wanders a little besides; the jumps are the same as in the stationary series.</summary>
    public static LabelledSeries Drifting(ulong seed)
    {
        var swings = Names.Select((_, c) => Swing(seed, c)).ToArray();
        return Make("drifting", seed, (row, c) => swings[c][row], Jumps(seed));
    }

    /// <summary>From row 1000 on the temperature climbs evenly, by <paramref name="perRow"/> standard deviations a row: as slowly as a bearing that runs dry.</summary>
    public static LabelledSeries Overheating(ulong seed, double perRow) =>
        Make("overheating", seed, (row, c) => c == 0 ? Math.Max(0, row - 1000) * perRow : 0, [(1000, Rows, [0, 0, 0, 0])]);

    /// <summary>As public data sets have them.</summary>
    public static void Write(LabelledSeries series, string file)
    {
        using var text = new StreamWriter(file);
        text.WriteLine($"datetime;{string.Join(';', series.Columns)};anomaly;changepoint");
        for (var row = 0; row < series.Rows; row++)
        {
            var time = DateTime.UnixEpoch.AddSeconds(series.Times[row].Seconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            var values = string.Join(';', series.Row(row).ToArray().Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
            text.WriteLine($"{time};{values};{(series.Anomalies[row] ? 1 : 0)}.0;{(series.Changes.Contains(row) ? 1 : 0)}.0");
        }
    }

    private static LabelledSeries Make(string name, ulong seed, Func<int, int, double> drift, IReadOnlyList<(int From, int Until, double[] By)> jumps)
    {
        var chance = RandomStream.For(seed, name, "noise");
        var values = ImmutableArray.CreateBuilder<double>(Rows * Names.Length);
        for (var row = 0; row < Rows; row++)
        {
            // A common share of the noise, the load, correlates the signals by 0.4.
            var load = chance.Normal(Math.Sqrt(0.4));
            var jump = jumps.FirstOrDefault(j => row >= j.From && row < j.Until).By;
            for (var c = 0; c < Names.Length; c++)
                values.Add(Means[c] + (Deviations[c] * (load + chance.Normal(Math.Sqrt(0.6)) + drift(row, c) + (jump?[c] ?? 0))));
        }
        ImmutableArray<bool> anomalies = [.. Enumerable.Range(0, Rows).Select(row => jumps.Any(j => row >= j.From && row < j.Until))];
        return new($"{name}-{seed:000}.csv", Names, [.. Enumerable.Range(0, Rows).Select(row => RobotTime.FromSeconds(row))], values.ToImmutable(), anomalies, LabelledSeries.ChangesOf(anomalies));
    }

    // Six stretches of 60 to 150 rows in which one to three signals are off by 3 to 6 standard deviations.
    private static List<(int From, int Until, double[] By)> Jumps(ulong seed)
    {
        var chance = RandomStream.For(seed, "corpus", "jumps");
        return [.. Enumerable.Range(0, 6).Select(i =>
        {
            var from = TrainingRows + 100 + (i * 580) + chance.NextInt(300);
            var by = new double[Names.Length];
            for (var n = 1 + chance.NextInt(3); n > 0; n--) by[chance.NextInt(by.Length)] = chance.Uniform(3, 6) * (chance.NextInt(2) == 0 ? 1 : -1);
            return (from, from + 60 + chance.NextInt(91), by);
        })];
    }

    private static double[] Swing(ulong seed, int column)
    {
        var chance = RandomStream.For(seed, "corpus", $"swing {column}");
        var (size, rows, phase) = (chance.Uniform(1.5, 2.5), chance.Uniform(3000, 6000), chance.Uniform(0, 2 * Math.PI));
        var wander = 0.0;
        return [.. Enumerable.Range(0, Rows).Select(row => (size * (Math.Sin((2 * Math.PI * row / rows) + phase) - Math.Sin(phase))) + (wander += chance.Normal(0.01)))];
    }
}
