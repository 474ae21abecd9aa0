using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>What a filter of a wandering level remembers.</summary>
/// <param name="Level">Its estimate, in the signal's unit.</param>
/// <param name="Variance">Of the estimate.</param>
public readonly record struct LocalLevelState(bool Heard, double Level, double Variance, RobotTime At, InnovationState Gate) : IDetection
{
    public double Score => Gate.Score;

    public bool Alarmed => Gate.Alarmed;
}

/// <summary>
/// A signal of which nothing is known but that its level wanders: Kalman filter of the local level model (Harvey 1989, "Forecasting, structural time series models and the Kalman filter", section 2.3;
/// Durbin and Koopman 2012, "Time series analysis by state space methods", chapter 2) with a gate on its innovations.
/// </summary>
/// <param name="WanderPerRootSecond">Standard deviation by which the level moves in a second, in the signal's unit; over t seconds times the root of t.</param>
/// <param name="MeasurementDeviation">Standard deviation of the sensor's noise, in the signal's unit.</param>
/// <param name="Gate">Over one measured value.</param>
public sealed record LocalLevel(double WanderPerRootSecond, double MeasurementDeviation, InnovationGate Gate) : IDetector<LocalLevelState>
{
    public double WanderPerRootSecond { get; } = Require.NotNegative(WanderPerRootSecond);

    public double MeasurementDeviation { get; } = Require.Positive(MeasurementDeviation);

    public InnovationGate Gate { get; } = Gate.Measured == 1 ? Gate : throw new ArgumentException("one value is measured", nameof(Gate));

    public LocalLevelState Next(in LocalLevelState state, double value, RobotTime at)
    {
        if (!double.IsFinite(value)) return state;
        var noise = MeasurementDeviation * MeasurementDeviation;
        if (!state.Heard) return new(true, value, noise, at, default);
        var variance = state.Variance + (WanderPerRootSecond * WanderPerRootSecond * Math.Max(0, Elapsed.Seconds(state.At, at)));
        var innovation = value - state.Level;
        var spread = variance + noise;
        var square = innovation * innovation / spread;
        var gate = Gate.Next(state.Gate, square);
        if (gate.Alarmed || square > Gate.Suspicion) return new(true, state.Level, variance, at, gate);
        var gain = variance / spread;
        return new(true, state.Level + (gain * innovation), variance * (1 - gain), at, gate);
    }
}
