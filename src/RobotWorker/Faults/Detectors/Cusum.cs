using MathNet.Numerics.RootFinding;
using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>What a CUSUM remembers.</summary>
/// <param name="High">Sum of what was too high, in standard deviations.</param>
/// <param name="Low">Sum of what was too low, in standard deviations.</param>
public readonly record struct CusumState(BaselineState Baseline, double High, double Low, double Score, bool Alarmed) : IDetection;

/// <summary>
/// Two-sided cumulative sum (Page 1954, "Continuous inspection schemes", Biometrika 41): adds up by how much a signal is off its mean, less a slack, and finds shifts that no single sample shows.
/// <c>High = max(0, High + z - Slack)</c>, <c>Low = max(0, Low - z - Slack)</c>, z the standardised value; alarmed when either reaches the limit.
/// </summary>
/// <param name="Limit">In standard deviations: the h of the literature.</param>
/// <param name="Slack">In standard deviations: half of the shift that is to be found fastest, the k of the literature.</param>
/// <param name="Restart">After an alarm the sums begin at 0 again, as Page has it: each alarm is a message of its own. Else the sums go on, to <see cref="Ceiling"/> at most, and the
/// alarm lasts as long as the shift and a little longer.</param>
public sealed record Cusum(Baseline Baseline, double Limit = 5, double Slack = 0.5, bool Restart = false) : IDetector<CusumState>
{
    /// <summary>Times the limit: a sum without one takes as long to come down as it went up.</summary>
    public const double Ceiling = 1.25;

    // One wild sample is the gate's to find, not the sum's: it counts so many deviations at most (Lucas and Crosier 1982, "Robust CUSUM").
    private const double MostDeviations = 4;

    public double Limit { get; } = Require.Positive(Limit);

    public double Slack { get; } = Require.NotNegative(Slack);

    public CusumState Next(in CusumState state, double value, RobotTime at)
    {
        if (!double.IsFinite(value)) return state;
        var z = Math.Clamp(Baseline.Standardize(state.Baseline, value), -MostDeviations, MostDeviations);
        var again = Restart && state.Alarmed;
        var high = Math.Clamp((again ? 0 : state.High) + z - Slack, 0, Ceiling * Limit);
        var low = Math.Clamp((again ? 0 : state.Low) - z - Slack, 0, Ceiling * Limit);
        var score = Math.Max(high, low) / Limit;
        return new(Baseline.Next(state.Baseline, value, score >= 1, at), high, low, score, score >= 1);
    }

    /// <summary>
    /// The limit with which independent normal samples that are well give one alarm in so many (Siegmund 1985, "Sequential analysis", section 10.2: with b = h + 1.166 one side's
    /// average run length is (exp(2kb) - 2kb - 1) / 2k²; two sides alarm twice as often).
    /// </summary>
    /// <param name="averageRunSamples">Samples between false alarms: 1 / false-alarm probability.</param>
    public static double LimitFor(double averageRunSamples, double slack = 0.5)
    {
        const double Overshoot = 1.166;
        var k = Require.Positive(slack);
        double RunLength(double limit) => 2 * k * (limit + Overshoot) is var x ? (Math.Exp(x) - x - 1) / (2 * k * k) / 2 : 0;
        return RunLength(0) >= averageRunSamples
            ? throw new ArgumentOutOfRangeException(nameof(averageRunSamples), averageRunSamples, "no limit alarms as often")
            : Brent.FindRoot(limit => RunLength(limit) - averageRunSamples, 0, (Math.Log(averageRunSamples * 8) + 10) / k);
    }
}
