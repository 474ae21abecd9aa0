using MathNet.Numerics.Distributions;

namespace RobotWorker.Faults.Detectors;

/// <summary>What the gate on a filter's innovations remembers: their latest normalised squares.</summary>
/// <param name="Count">How many there were, ever.</param>
public readonly record struct InnovationState(Window32 Squares, int Count, double Score, bool Alarmed) : IDetection;

/// <summary>
/// Whether a Kalman filter's model still fits: the normalised innovation squared, averaged over a window, against its chi-square limit (Bar-Shalom, Li and Kirubarajan 2001, "Estimation with
/// applications to tracking and navigation", section 5.4.2: the sum over N innovations of m values is chi-square with N m degrees of freedom).
/// </summary>
/// <param name="Measured">How many values are measured together, m.</param>
/// <param name="WindowSamples">N, 1 to 32: a long window finds a small bias and finds it late.</param>
/// <param name="FalseAlarmProbability">Of one sample, while the model fits.</param>
public sealed record InnovationGate(int Measured, int WindowSamples = 8, double FalseAlarmProbability = 1e-4)
{
    public int Measured { get; } = Require.Within(Measured, 1, 16);

    public int WindowSamples { get; } = Require.Within(WindowSamples, 1, Window32.Most);

    public double FalseAlarmProbability { get; } = Require.Probability(FalseAlarmProbability);

    /// <summary>
    /// The square from which a filter ought not to learn from its sample: the fault would become its estimate. Its uncertainty grows instead, until a signal that stays where it jumped
    /// is believed again.
    /// </summary>
    public double Suspicion { get; } = ChiSquared.InvCDF(Measured, 0.999);

    // Of the sum, by the number of innovations in the window: it fills up first.
    private readonly double[] limits = [.. Enumerable.Range(1, WindowSamples).Select(n => ChiSquared.InvCDF(n * Measured, 1 - FalseAlarmProbability))];

    /// <param name="square">The innovation v with covariance S: v' S^-1 v.</param>
    public InnovationState Next(in InnovationState state, double square)
    {
        var squares = state.Squares;
        squares[state.Count % WindowSamples] = square;
        var filled = Math.Min(state.Count + 1, WindowSamples);
        var sum = 0.0;
        for (var i = 0; i < filled; i++) sum += squares[i];
        // The count goes round where it would overflow, by whole windows.
        var count = state.Count + 1 < 2 * WindowSamples ? state.Count + 1 : WindowSamples;
        var score = sum / limits[filled - 1];
        return new(squares, count, score, score >= 1);
    }

    public bool Equals(InnovationGate? other) =>
        other is not null && (Measured, WindowSamples, FalseAlarmProbability) == (other.Measured, other.WindowSamples, other.FalseAlarmProbability);

    public override int GetHashCode() => HashCode.Combine(Measured, WindowSamples, FalseAlarmProbability);
}
