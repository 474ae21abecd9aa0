using MathNet.Numerics.Distributions;
using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>What an EWMA chart remembers.</summary>
/// <param name="Average">In standard deviations from the mean.</param>
/// <param name="Fading">What the start still counts: (1 - smoothing) to the power of the samples so far, or 0 before the first.</param>
public readonly record struct EwmaState(BaselineState Baseline, double Average, double Fading, double Score, bool Alarmed) : IDetection;

/// <summary>
/// Chart of the exponentially weighted moving average (Roberts 1959, "Control chart tests based on geometric moving averages", Technometrics 1): <c>average = smoothing * z + (1 - smoothing) * average</c>,
/// alarmed beyond <c>Limit * sqrt(smoothing / (2 - smoothing) * (1 - (1 - smoothing)^2n))</c>, the deviation of the average after n samples. Between a gate (smoothing 1) and a CUSUM (small smoothing).
/// </summary>
/// <param name="Smoothing">Weight of the newest sample, above 0 to 1: 0.05 to 0.25 for shifts of 0.5 to 1.5 standard deviations.</param>
/// <param name="Limit">In standard deviations of the average: the L of the literature.</param>
public sealed record Ewma(Baseline Baseline, double Smoothing = 0.2, double Limit = 3) : IDetector<EwmaState>
{
    // One wild sample would else hold the average up for long.
    private const double MostDeviations = 8;

    public double Smoothing { get; } = Smoothing is > 0 and <= 1 ? Smoothing : throw new ArgumentOutOfRangeException(nameof(Smoothing), Smoothing, "must be above 0, and 1 at most");

    public double Limit { get; } = Require.Positive(Limit);

    /// <summary>The limit that a sample of normal ones passes with this probability.</summary>
    public static double LimitFor(double falseAlarmProbability) => Normal.InvCDF(0, 1, 1 - (Require.Probability(falseAlarmProbability) / 2));

    public EwmaState Next(in EwmaState state, double value, RobotTime at)
    {
        if (!double.IsFinite(value)) return state;
        var baseline = state.Baseline;
        if (baseline.Samples < Baseline.WarmUpSamples) return state with { Baseline = Baseline.Next(baseline, value, false, at) };
        var most = Math.Max(MostDeviations, 2 * Limit);
        var z = Math.Clamp(Baseline.Standardize(baseline, value), -most, most);
        var average = state.Average + (Smoothing * (z - state.Average));
        // Not down to 0, which means that nothing was heard yet, nor through the slow numbers just above it.
        var fading = Math.Max((1 - Smoothing) * (state.Fading == 0 ? 1 : state.Fading), 1e-9);
        var deviation = Math.Sqrt(Smoothing / (2 - Smoothing) * (1 - (fading * fading)));
        var score = Math.Abs(average) / (Limit * deviation);
        return new(Baseline.Next(baseline, value, score >= 1, at), average, fading, score, score >= 1);
    }
}
