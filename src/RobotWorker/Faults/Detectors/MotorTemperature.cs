using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>What a filter of a motor's temperature remembers.</summary>
/// <param name="Temperature">Its estimate, degC.</param>
/// <param name="Variance">Of the estimate, K².</param>
/// <param name="Effort">The effort since then.</param>
public readonly record struct MotorTemperatureState(bool Heard, double Temperature, double Variance, double Effort, RobotTime At, InnovationState Gate) : IDetection
{
    public double Score => Gate.Score;

    public bool Alarmed => Gate.Alarmed;
}

/// <summary>
/// A motor that is hotter, or colder, than its work explains, long before any limit: Kalman filter of a first-order thermal model, heated by the square of the effort and cooled towards the
/// surroundings, <c>dT/dt = (ambient + rise * effort² - T) / time constant</c> (Incropera et al. 2007, "Fundamentals of heat and mass transfer", section 5.1, lumped capacitance; losses grow with the
/// square of the current, and torque with the current). A gate watches the innovations; what lies beyond it is not learned, so that the estimate goes on as the model has it.
/// </summary>
/// <param name="TimeConstantSeconds">After so long a step of load has shown 63 %.</param>
/// <param name="RisePerEffortSquared">Temperature above the surroundings in the end, over the square of the effort: K/N², K/(N m)².</param>
/// <param name="AmbientCelsius">Of the surroundings.</param>
/// <param name="WanderPerRootSecond">What the model does not know, K: standard deviation in a second. Too large a one learns a slow overheating away.</param>
/// <param name="MeasurementDeviation">Of the thermometer, K.</param>
/// <param name="Gate">Over one measured value.</param>
public sealed record MotorTemperature(
    double TimeConstantSeconds, double RisePerEffortSquared, double AmbientCelsius, double WanderPerRootSecond, double MeasurementDeviation, InnovationGate Gate) : IVectorDetector<MotorTemperatureState>
{
    public double TimeConstantSeconds { get; } = Require.Positive(TimeConstantSeconds);

    public double RisePerEffortSquared { get; } = Require.NotNegative(RisePerEffortSquared);

    public double AmbientCelsius { get; } = Require.Finite(AmbientCelsius);

    public double WanderPerRootSecond { get; } = Require.NotNegative(WanderPerRootSecond);

    public double MeasurementDeviation { get; } = Require.Positive(MeasurementDeviation);

    public InnovationGate Gate { get; } = Gate.Measured == 1 ? Gate : throw new ArgumentException("one value is measured", nameof(Gate));

    /// <param name="values">Temperature, degC, and effort, N or N m.</param>
    public MotorTemperatureState Next(in MotorTemperatureState state, ReadOnlySpan<double> values, RobotTime at) => Next(state, values[0], values[1], at);

    /// <param name="temperature">degC.</param>
    /// <param name="effort">N or N m, from now on.</param>
    public MotorTemperatureState Next(in MotorTemperatureState state, double temperature, double effort, RobotTime at)
    {
        if (!double.IsFinite(temperature) || !double.IsFinite(effort)) return state;
        var noise = MeasurementDeviation * MeasurementDeviation;
        if (!state.Heard) return new(true, temperature, noise, effort, at, default);
        var seconds = Math.Max(0, Elapsed.Seconds(state.At, at));
        var kept = Math.Exp(-seconds / TimeConstantSeconds);
        var end = AmbientCelsius + (RisePerEffortSquared * state.Effort * state.Effort);
        var predicted = end + ((state.Temperature - end) * kept);
        var variance = (kept * kept * state.Variance) + (WanderPerRootSecond * WanderPerRootSecond * seconds);
        var innovation = temperature - predicted;
        var spread = variance + noise;
        var square = innovation * innovation / spread;
        var gate = Gate.Next(state.Gate, square);
        if (gate.Alarmed || square > Gate.Suspicion) return new(true, predicted, variance, effort, at, gate);
        var gain = variance / spread;
        return new(true, predicted + (gain * innovation), variance * (1 - gain), effort, at, gate);
    }
}
