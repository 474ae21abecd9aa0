using MathNet.Numerics.LinearAlgebra;
using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>What a baseline of several signals knows by now; as <see cref="BaselineState"/>.</summary>
/// <param name="Factor">Cholesky's factor of the covariance: most samples need it and few change it much.</param>
public readonly record struct VectorBaselineState(
    int Samples, Signals8 Mean, Symmetric8 Covariance, Symmetric8 Factor, Signals8 Anchor, Signals8 AnchorVariance, Signals8 Recent, RobotTime At);

/// <summary>Mean and covariance of up to eight signals while all is well: given, or learned from the first samples; then fixed, or following them slowly (<see cref="Detectors.Learning"/>).</summary>
public sealed record VectorBaseline
{
    // Signals that are nearly one and the same: what tells them apart is no smaller than this share of their variance.
    private const double LeastPivot = 1e-6;

    private readonly VectorBaselineState given;
    private readonly double suspicion, guard, consistency, leastVariance;

    private VectorBaseline(int signals, int warmUpSamples, VectorBaselineState given, double leastDeviation, Learning learning)
    {
        (Signals, WarmUpSamples, Learning) = (Require.Within(signals, 1, Signals8.Most), warmUpSamples, learning);
        (this.given, leastVariance) = (given, leastDeviation * leastDeviation);
        (suspicion, guard, consistency) = (learning.Suspicion(signals), Learning.Guard(signals), learning.Consistency(signals));
    }

    /// <summary>How many: 1 to 8.</summary>
    public int Signals { get; }

    /// <summary>From so many samples it is learned before anything is judged; 0: it is given.</summary>
    public int WarmUpSamples { get; }

    public Learning Learning { get; }

    /// <param name="mean">In the signals' units.</param>
    /// <param name="covariance">Symmetric and positive definite.</param>
    public static VectorBaseline Given(Vector<double> mean, Matrix<double> covariance, Learning? learning = null)
    {
        var n = Require.Within(mean.Count, 1, Signals8.Most);
        if (covariance.RowCount != n || covariance.ColumnCount != n || !covariance.IsSymmetric()) throw new ArgumentException($"must be symmetric, {n} by {n}", nameof(covariance));
        if (covariance.Diagonal().Minimum() is not > 0) throw new ArgumentException("a signal's variance must be above 0", nameof(covariance));
        var (middle, variance, triangle) = (default(Signals8), default(Signals8), default(Symmetric8));
        for (var row = 0; row < n; row++)
        {
            (middle[row], variance[row]) = (Require.Finite(mean[row]), Require.Positive(covariance[row, row]));
            for (var column = 0; column <= row; column++) triangle[Symmetric8.At(row, column)] = Require.Finite(covariance[row, column]);
        }
        return new(n, 0, new(1, middle, triangle, Cholesky8.Factor(triangle, n, LeastPivot), middle, variance, default, default), 0, learning ?? Learning.None);
    }

    /// <param name="samples">At least two for each signal, better fifty: a poor covariance makes a poor distance.</param>
    /// <param name="leastDeviation">No learned deviation is smaller; in the signals' units, which are best alike in size.</param>
    public static VectorBaseline Learned(int signals, int samples, double leastDeviation, Learning? learning = null) =>
        new(signals, Require.Within(samples, 2 * signals, 1_000_000), default, Require.Positive(leastDeviation), learning ?? Learning.None);

    /// <summary>From samples of a time when all was well, one row a sample.</summary>
    public static VectorBaseline Of(Matrix<double> samples, Learning? learning = null)
    {
        if (samples.RowCount < 2 * samples.ColumnCount) throw new ArgumentException($"{samples.RowCount} rows are too few for {samples.ColumnCount} signals", nameof(samples));
        var mean = samples.ColumnSums() / samples.RowCount;
        var centred = Matrix<double>.Build.Dense(samples.RowCount, samples.ColumnCount, (row, column) => samples[row, column] - mean[column]);
        var covariance = centred.TransposeThisAndMultiply(centred) / (samples.RowCount - 1);
        return Given(mean, (covariance + covariance.Transpose()) / 2, learning);
    }

    /// <summary>Whether it judges yet.</summary>
    public bool IsReady(in VectorBaselineState state) => state.Samples >= WarmUpSamples;

    /// <summary>What the state is before the next sample is judged.</summary>
    internal VectorBaselineState Begin(in VectorBaselineState state, RobotTime at) => state.Samples == 0 && WarmUpSamples == 0 ? given with { At = at } : state;

    internal Signals8 Difference(in VectorBaselineState state, ReadOnlySpan<double> values)
    {
        if (values.Length != Signals) throw new ArgumentException($"{values.Length} values for {Signals} signals", nameof(values));
        Signals8 difference = default;
        for (var i = 0; i < values.Length; i++) difference[i] = values[i] - state.Mean[i];
        return difference;
    }

    /// <param name="difference">The sample less the mean.</param>
    /// <param name="distance">Its squared Mahalanobis distance.</param>
    /// <param name="alarmed">What the detector says of this sample: it is not learned from then, however close to the mean it lies.</param>
    internal VectorBaselineState Next(in VectorBaselineState state, in Signals8 difference, double distance, bool alarmed, RobotTime at)
    {
        if (!Learning.Learns) return state;
        var weight = Learning.Weight(Elapsed.Seconds(state.At, at));
        var recent = state.Recent;
        for (var i = 0; i < Signals; i++) recent[i] += Learning.GuardSmoothing * (difference[i] - recent[i]);
        if (alarmed || weight == 0 || distance > suspicion || Cholesky8.SquaredDistance(state.Factor, recent, Signals) > guard) return state with { Recent = recent, At = at };
        var (mean, covariance) = (state.Mean, state.Covariance);
        var spread = Learning.LeashSpread * Learning.LeashSpread;
        var held = false;
        for (var row = 0; row < Signals; row++)
        {
            var leash = Learning.LeashDeviations * Math.Sqrt(state.AnchorVariance[row]);
            mean[row] = Math.Clamp(mean[row] + (weight * difference[row]), state.Anchor[row] - leash, state.Anchor[row] + leash);
            for (var column = 0; column <= row; column++)
            {
                var element = Symmetric8.At(row, column);
                covariance[element] += weight * ((consistency * difference[row] * difference[column]) - covariance[element]);
            }
            var variance = covariance[Symmetric8.At(row, row)];
            held |= variance > state.AnchorVariance[row] * spread || variance < state.AnchorVariance[row] / spread;
        }
        // A covariance cannot be clamped one element at a time and stay one: at the end of its leash it stays as it was.
        if (held) return state with { Mean = mean, Recent = recent, At = at };
        return state with { Mean = mean, Covariance = covariance, Factor = Cholesky8.Factor(covariance, Signals, LeastPivot), Recent = recent, At = at };
    }

    // Welford 1962 for each pair of signals.
    internal VectorBaselineState WarmUp(in VectorBaselineState state, ReadOnlySpan<double> values, RobotTime at)
    {
        var n = state.Samples + 1;
        var difference = Difference(state, values);
        var (mean, covariance, variance) = (state.Mean, state.Covariance, default(Signals8));
        for (var row = 0; row < Signals; row++)
        {
            mean[row] += difference[row] / n;
            for (var column = 0; column <= row && n > 1; column++)
            {
                var element = Symmetric8.At(row, column);
                covariance[element] += (((n - 1.0) / n * difference[row] * difference[column]) - covariance[element]) / (n - 1);
            }
            var diagonal = Symmetric8.At(row, row);
            if (n == WarmUpSamples) covariance[diagonal] = Math.Max(covariance[diagonal], leastVariance);
            variance[row] = covariance[diagonal];
        }
        var factor = n == WarmUpSamples ? Cholesky8.Factor(covariance, Signals, LeastPivot) : default;
        return new(n, mean, covariance, factor, mean, variance, default, at);
    }
}
