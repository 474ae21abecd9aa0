using System.Collections.Immutable;
using MathNet.Numerics.Statistics;
using RobotWorker.Faults.Detectors;

namespace RobotWorker.Generation.Scoring;

/// <summary>A kind of detector as it is scored on a series: made from the training rows alone.</summary>
/// <param name="Name">What one types.</param>
/// <param name="What">One line about it.</param>
public sealed record SeriesDetector(string Name, string What)
{
    // A baseline follows nothing faster than in a tenth of the time that it was learned in; found on the tuning part of the drifting corpus.
    private const double LearningShare = 0.1;

    private const double Smoothing = 0.2, Slack = 1, Rounding = 1e-9;

    /// <summary>In the order in which they are printed.</summary>
    public static readonly ImmutableArray<SeriesDetector> All =
    [
        new("limits", "each value within limits, with hysteresis") { Make = t => Columns(t, (c, all) => Around(all, t)) },
        new("rate", "rate of change of each value") { Make = t => Columns(t, (_, all) => Fastest(all, t)) },
        new("stuck", "a value that stays the same far longer than in training") { Make = t => Columns(t, (c, _) => new Stuck(Math.Max(3 * t.LongestStillness(c), 10) * t.SpacingSeconds)) },
        new("stale", "a gap between rows far longer than in training") { Make = t => new ColumnDetectors<StalenessState>([(0, new Staleness(3 * t.LongestGapSeconds))]) },
        new("cusum", "two-sided CUSUM of each value, fixed baseline") { Make = t => Sums(t, Learning.None) },
        new("cusum-adaptive", "the same, with a baseline that learns slowly") { Make = t => Sums(t, Slow(t)) },
        new("ewma", "EWMA chart of each value, fixed baseline") { Make = t => Averages(t, Learning.None) },
        new("ewma-adaptive", "the same, with a baseline that learns slowly") { Make = t => Averages(t, Slow(t)) },
        new("mahalanobis", "Mahalanobis gate over all values, fixed baseline") { Make = t => Together(t, 1, Learning.None) },
        new("mahalanobis-adaptive", "the same, with a baseline that learns slowly") { Make = t => Together(t, 1, Slow(t)) },
        new("mewma", "multivariate EWMA chart, fixed baseline") { Make = t => Together(t, Smoothing, Learning.None) },
        new("mewma-adaptive", "the same, with a baseline that learns slowly") { Make = t => Together(t, Smoothing, Slow(t)) },
        new("kalman", "innovations of a filter whose level wanders, chi-square gate") { Make = t => Columns(t, (c, all) => Wandering(all, t)) },
    ];

    internal Func<Training, IRowDetector> Make { get; init; } = _ => throw new InvalidOperationException("nothing is made");

    private static Learning Slow(Training training) => new(LearningShare * training.Rows * training.SpacingSeconds);

    private static ColumnDetectors<TState> Columns<TState>(Training training, Func<int, double[], IDetector<TState>> make)
        where TState : struct, IDetection => new([.. training.Columns.Select(c => (c, make(c, training.Of(c))))]);

    private static Limits Around(double[] all, Training training)
    {
        var (mean, deviation) = all.MeanStandardDeviation();
        var far = Ewma.LimitFor(training.FalseAlarmProbabilityOfOne) * deviation;
        return new(mean - far, mean + far, mean, deviation / 2);
    }

    // A column that climbs evenly, as a counter does, has a rate without any spread.
    private static RateOfChange Fastest(double[] all, Training training)
    {
        var (mean, deviation) = Differences(all).MeanStandardDeviation();
        return new((Math.Abs(mean) + (Ewma.LimitFor(training.FalseAlarmProbabilityOfOne) * deviation)) * (1 + Rounding) / training.SpacingSeconds);
    }

    private static ColumnDetectors<CusumState> Sums(Training training, Learning learning) =>
        Columns(training, (_, all) => new Cusum(Baseline.Of(all, learning), Cusum.LimitFor(1 / training.FalseAlarmProbabilityOfOne, Slack), Slack));

    private static ColumnDetectors<EwmaState> Averages(Training training, Learning learning) =>
        Columns(training, (_, all) => new Ewma(Baseline.Of(all, learning), Smoothing, Ewma.LimitFor(training.FalseAlarmProbabilityOfOne)));

    // Up to eight columns are judged together; of more, groups in the order of the file share the false alarms.
    private static GroupDetectors<MewmaState> Together(Training training, double smoothing, Learning learning)
    {
        var groups = training.Columns.Chunk(Signals8.Most).Select(g => g.ToImmutableArray()).ToList();
        return new([.. groups.Select(g => (g, (IVectorDetector<MewmaState>)new Mewma(
            VectorBaseline.Of(training.Of(g), learning), smoothing, Mewma.LimitFor(g.Length, training.FalseAlarmProbability / groups.Count))))]);
    }

    // Moments of the differences of a local level model: their variance is q + 2 r, the covariance of one with the next is -r (Harvey 1989, section 2.4).
    private static LocalLevel Wandering(double[] all, Training training)
    {
        var steps = Differences(all);
        var variance = Math.Max(steps.Variance(), Rounding * all.Variance());
        var noise = Math.Clamp(-steps.Zip(steps.Skip(1), (a, b) => a * b).Mean(), 0.01 * variance, 0.499 * variance);
        return new(Math.Sqrt((variance - (2 * noise)) / training.SpacingSeconds), Math.Sqrt(noise), new(1, 8, training.FalseAlarmProbabilityOfOne));
    }

    private static double[] Differences(double[] all) => [.. all.Zip(all.Skip(1), (a, b) => b - a)];
}
