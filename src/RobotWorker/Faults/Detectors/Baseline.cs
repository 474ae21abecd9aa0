using MathNet.Numerics.Statistics;
using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>What a baseline knows by now.</summary>
/// <param name="Samples">How many samples it has warmed up with; 0 also means that nothing was heard yet.</param>
/// <param name="Anchor">The mean at the end of the warm-up: the leash is tied to it.</param>
/// <param name="Recent">By how much recent samples were off the mean, on average.</param>
public readonly record struct BaselineState(int Samples, double Mean, double Variance, double Anchor, double AnchorVariance, double Recent, RobotTime At);

/// <summary>Mean and standard deviation of a signal while all is well: given, or learned from its first samples; then fixed, or following it slowly.</summary>
public sealed record Baseline
{
    private readonly double suspicion, guard, consistency;

    private Baseline(double mean, double deviation, int warmUpSamples, Learning learning)
    {
        (Mean, Deviation, WarmUpSamples, Learning) = (mean, deviation, warmUpSamples, learning);
        (suspicion, guard, consistency) = (learning.Suspicion(1), Learning.Guard(1), learning.Consistency(1));
    }

    /// <summary>In the signal's unit; 0 where it is learned in the warm-up.</summary>
    public double Mean { get; }

    /// <summary>In the signal's unit. Learned ones are no smaller: what never changes in the warm-up would make the least change infinite.</summary>
    public double Deviation { get; }

    /// <summary>From so many samples it is learned before anything is judged; 0: it is given.</summary>
    public int WarmUpSamples { get; }

    public Learning Learning { get; }

    /// <param name="deviation">Above 0.</param>
    public static Baseline Given(double mean, double deviation, Learning? learning = null) => new(Require.Finite(mean), Require.Positive(deviation), 0, learning ?? Learning.None);

    /// <param name="samples">At least 2; a deviation from n samples is right to one part in the root of 2n.</param>
    /// <param name="leastDeviation">The sensor's resolution is a good choice; in the signal's unit.</param>
    public static Baseline Learned(int samples, double leastDeviation, Learning? learning = null) =>
        new(0, Require.Positive(leastDeviation), Require.Within(samples, 2, 1_000_000), learning ?? Learning.None);

    /// <summary>From samples of a time when all was well.</summary>
    public static Baseline Of(IEnumerable<double> samples, Learning? learning = null)
    {
        var (mean, deviation) = samples.MeanStandardDeviation();
        return Given(mean, deviation, learning);
    }

    /// <summary>The deviation of a value from the mean in standard deviations; 0 while the baseline warms up.</summary>
    public double Standardize(in BaselineState state, double value) =>
        state.Samples == 0 && WarmUpSamples == 0 ? (value - Mean) / Deviation
        : state.Samples < WarmUpSamples ? 0
        : (value - state.Mean) / Math.Sqrt(state.Variance);

    /// <param name="alarmed">What the detector says of this sample: it is not learned from then, however close to the mean it lies.</param>
    public BaselineState Next(in BaselineState state, double value, bool alarmed, RobotTime at)
    {
        if (state.Samples < WarmUpSamples) return WarmUp(state, value, at);
        var variance = Deviation * Deviation;
        if (state.Samples == 0) return new(1, Mean, variance, Mean, variance, 0, at);
        if (!Learning.Learns) return state;
        var weight = Learning.Weight(Elapsed.Seconds(state.At, at));
        var off = value - state.Mean;
        var recent = state.Recent + (Learning.GuardSmoothing * (off - state.Recent));
        if (alarmed || weight == 0 || off * off > suspicion * state.Variance || recent * recent > guard * state.Variance) return state with { Recent = recent, At = at };
        var leash = Learning.LeashDeviations * Math.Sqrt(state.AnchorVariance);
        var spread = Learning.LeashSpread * Learning.LeashSpread;
        return state with
        {
            Mean = Math.Clamp(state.Mean + (weight * off), state.Anchor - leash, state.Anchor + leash),
            Variance = Math.Clamp(state.Variance + (weight * ((consistency * off * off) - state.Variance)), state.AnchorVariance / spread, state.AnchorVariance * spread),
            Recent = recent,
            At = at,
        };
    }

    // Welford 1962, "Note on a method for calculating corrected sums of squares and products".
    private BaselineState WarmUp(in BaselineState state, double value, RobotTime at)
    {
        var n = state.Samples + 1;
        var off = value - state.Mean;
        var mean = state.Mean + (off / n);
        var variance = n < 2 ? 0 : state.Variance + (((off * (value - mean)) - state.Variance) / (n - 1));
        if (n == WarmUpSamples) variance = Math.Max(variance, Deviation * Deviation);
        return new(n, mean, variance, mean, variance, 0, at);
    }
}
