using MathNet.Numerics.Distributions;

namespace RobotWorker.Faults.Detectors;

/// <summary>
/// How a baseline follows a signal whose normal state drifts, without learning a fault away. Three things hold it back: it learns only from samples that are not suspicious,
/// neither alone nor in the average of some; it is slow, so that a ramp leaves it behind by its rate times <see cref="Seconds"/>; and it is on a leash, so that what creeps even more slowly is found once it has gone too far.
/// </summary>
/// <param name="Seconds">Time constant of the exponentially weighted mean and covariance: no drift is followed faster. Infinity: it learns nothing.</param>
/// <param name="LeashDeviations">So many of its first standard deviations the mean of a signal may wander from where it began; infinity: as far as it likes.</param>
/// <param name="SuspicionProbability">A share of normal samples that is taken for suspicious by chance; what lies farther out is not learned.</param>
/// <param name="LeashSpread">By at most this factor a standard deviation may grow or shrink: noise that increases is a fault too.</param>
public sealed record Learning(double Seconds, double LeashDeviations = 6, double SuspicionProbability = 0.05, double LeashSpread = 1.5)
{
    /// <summary>The baseline stays as it was given or first learned.</summary>
    public static readonly Learning None = new(double.PositiveInfinity);

    // One sample after a long silence must not become the baseline.
    private const double MostWeight = 0.05;

    // A small fault hides in single samples and not in their average: over some ten samples, and far enough out that a drift that is followed stays within.
    internal const double GuardSmoothing = 0.2;
    private const double GuardProbability = 1e-4;

    public double Seconds { get; } = Require.Positive(Seconds, finite: false);

    public double LeashDeviations { get; } = Require.Positive(LeashDeviations, finite: false);

    public double SuspicionProbability { get; } = Require.Probability(SuspicionProbability);

    public double LeashSpread { get; } = LeashSpread >= 1 ? LeashSpread : throw new ArgumentOutOfRangeException(nameof(LeashSpread), LeashSpread, "must be 1 or above");

    public bool Learns => double.IsFinite(Seconds);

    /// <summary>What a sample counts that comes so many seconds after the one before.</summary>
    internal double Weight(double seconds) => Math.Clamp(seconds / Seconds, 0, MostWeight);

    /// <summary>The squared Mahalanobis distance from which a sample of so many signals is suspicious.</summary>
    internal double Suspicion(int signals) => ChiSquared.InvCDF(signals, 1 - SuspicionProbability);

    /// <summary>The squared distance of the recent samples' average from which they are suspicious together.</summary>
    internal static double Guard(int signals) => ChiSquared.InvCDF(signals, 1 - GuardProbability) * GuardSmoothing / (2 - GuardSmoothing);

    /// <summary>
    /// A covariance of samples whose far ones were left out is too small by a factor that is known for normal ones (Croux and Haesbroeck 1999, "Influence function and efficiency of the
    /// minimum covariance determinant scatter matrix estimator", section 2). Without it the baseline would shrink, leave out more, and shrink further.
    /// </summary>
    internal double Consistency(int signals) => (1 - SuspicionProbability) / ChiSquared.CDF(signals + 2, Suspicion(signals));
}
