using MathNet.Numerics.Distributions;
using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>What a multivariate EWMA chart remembers.</summary>
/// <param name="Average">Off the mean, in the signals' units.</param>
/// <param name="Fading">What the start still counts, as in <see cref="EwmaState"/>.</param>
public readonly record struct MewmaState(VectorBaselineState Baseline, Signals8 Average, double Fading, double Score, bool Alarmed) : IDetection;

/// <summary>
/// Several signals that go together are off together, or no longer together: multivariate EWMA chart (Lowry, Woodall, Champ and Rigdon 1992, "A multivariate exponentially weighted moving average
/// control chart", Technometrics 34). <c>average = smoothing * (x - mean) + (1 - smoothing) * average</c>; alarmed when its squared Mahalanobis distance, by
/// <c>smoothing / (2 - smoothing) * (1 - (1 - smoothing)^2n)</c> times the covariance, reaches the limit. With smoothing 1 it is Hotelling's chart, the Mahalanobis gate on single samples.
/// With a baseline that learns, it follows a slow drift.
/// </summary>
/// <param name="Smoothing">Weight of the newest sample, above 0 to 1.</param>
/// <param name="Limit">Of the squared distance: the h4 of Lowry et al.</param>
public sealed record Mewma(VectorBaseline Baseline, double Smoothing, double Limit) : IVectorDetector<MewmaState>
{
    public double Smoothing { get; } = Smoothing is > 0 and <= 1 ? Smoothing : throw new ArgumentOutOfRangeException(nameof(Smoothing), Smoothing, "must be above 0, and 1 at most");

    public double Limit { get; } = Require.Positive(Limit);

    /// <summary>The Mahalanobis gate: a single sample that lies too far from the mean (Mahalanobis 1936; Hotelling 1947).</summary>
    public static Mewma Gate(VectorBaseline baseline, double falseAlarmProbability) => new(baseline, 1, LimitFor(baseline.Signals, falseAlarmProbability));

    /// <summary>The limit that a sample of normal ones passes with this probability: the average is normal, and its squared distance is chi-square with as many degrees of freedom as signals.</summary>
    public static double LimitFor(int signals, double falseAlarmProbability) => ChiSquared.InvCDF(signals, 1 - Require.Probability(falseAlarmProbability));

    public MewmaState Next(in MewmaState state, ReadOnlySpan<double> values, RobotTime at)
    {
        foreach (var value in values)
            if (!double.IsFinite(value)) return state;
        if (!Baseline.IsReady(state.Baseline)) return state with { Baseline = Baseline.WarmUp(state.Baseline, values, at) };
        var baseline = Baseline.Begin(state.Baseline, at);
        var difference = Baseline.Difference(baseline, values);
        var alone = Cholesky8.SquaredDistance(baseline.Factor, difference, Baseline.Signals);
        var average = state.Average;
        for (var i = 0; i < values.Length; i++) average[i] += Smoothing * (difference[i] - average[i]);
        // Not down to 0, which means that nothing was heard yet, nor through the slow numbers just above it.
        var fading = Math.Max((1 - Smoothing) * (state.Fading == 0 ? 1 : state.Fading), 1e-9);
        var share = Smoothing / (2 - Smoothing) * (1 - (fading * fading));
        var score = Cholesky8.SquaredDistance(baseline.Factor, average, Baseline.Signals) / share / Limit;
        return new(Baseline.Next(baseline, difference, alone, score >= 1, at), average, fading, score, score >= 1);
    }
}
