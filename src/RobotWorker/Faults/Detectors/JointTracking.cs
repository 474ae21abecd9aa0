using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>What a filter of a joint remembers: estimates of position and velocity, the covariance of the two, and the reference since then.</summary>
public readonly record struct JointTrackingState(
    bool Heard, double Position, double Velocity, double PositionVariance, double Covariance, double VelocityVariance, double Reference, RobotTime At, InnovationState Gate) : IDetection
{
    public double Score => Gate.Score;

    public bool Alarmed => Gate.Alarmed;
}

/// <summary>
/// A joint that does not go where its reference leads it, or whose encoder tells something else than its velocity: Kalman filter of a critically damped servo,
/// <c>a = -bandwidth² (position - reference) - 2 bandwidth (velocity - feedforward * reference's velocity)</c>, over measured position and velocity, with a gate on the innovations (Isermann 2006,
/// "Fault-diagnosis systems", chapters 10 and 11: residuals of a model of the process). The transition is exact, so that any sampling period is stable.
/// </summary>
/// <param name="BandwidthPerSecond">Of the servo, rad/s: an error shrinks to a tenth in about 4 of its reciprocals.</param>
/// <param name="AccelerationNoise">What the model does not know (load, friction): root of the density, (rad/s²)/√Hz, or m for a slide.</param>
/// <param name="PositionDeviation">Of the encoder, rad or m.</param>
/// <param name="VelocityDeviation">Of the measured velocity, rad/s or m/s.</param>
/// <param name="Gate">Over two measured values.</param>
/// <param name="Feedforward">Share of the reference's velocity that the controller feeds forward: 1 where it follows a trajectory, 0 where it servos to a position that is set in steps.</param>
public sealed record JointTracking(
    double BandwidthPerSecond, double AccelerationNoise, double PositionDeviation, double VelocityDeviation, InnovationGate Gate, double Feedforward = 1) : IVectorDetector<JointTrackingState>
{
    public double BandwidthPerSecond { get; } = Require.Positive(BandwidthPerSecond);

    public double AccelerationNoise { get; } = Require.Positive(AccelerationNoise);

    public double PositionDeviation { get; } = Require.Positive(PositionDeviation);

    public double VelocityDeviation { get; } = Require.Positive(VelocityDeviation);

    public double Feedforward { get; } = Require.NotNegative(Feedforward);

    public InnovationGate Gate { get; } = Gate.Measured == 2 ? Gate : throw new ArgumentException("position and velocity are measured", nameof(Gate));

    /// <param name="values">Reference, position and velocity.</param>
    public JointTrackingState Next(in JointTrackingState state, ReadOnlySpan<double> values, RobotTime at) => Next(state, values[0], values[1], values[2], at);

    /// <param name="reference">Where the controller wants it, rad or m.</param>
    public JointTrackingState Next(in JointTrackingState state, double reference, double position, double velocity, RobotTime at)
    {
        if (!double.IsFinite(reference) || !double.IsFinite(position) || !double.IsFinite(velocity)) return state;
        var (noiseP, noiseV) = (PositionDeviation * PositionDeviation, VelocityDeviation * VelocityDeviation);
        if (!state.Heard) return new(true, position, velocity, noiseP, 0, noiseV, reference, at, default);
        var predicted = Predict(state, reference, Math.Max(0, Elapsed.Seconds(state.At, at))) with { Reference = reference, At = at };
        var (offP, offV) = (position - predicted.Position, velocity - predicted.Velocity);
        var (sPp, sPv, sVv) = (predicted.PositionVariance + noiseP, predicted.Covariance, predicted.VelocityVariance + noiseV);
        var determinant = (sPp * sVv) - (sPv * sPv);
        var square = ((sVv * offP * offP) - (2 * sPv * offP * offV) + (sPp * offV * offV)) / determinant;
        var gate = Gate.Next(state.Gate, square);
        if (gate.Alarmed || square > Gate.Suspicion) return predicted with { Gate = gate };
        // Gain K = P S^-1, all of the state being measured.
        var (pp, pv, vv) = (predicted.PositionVariance, predicted.Covariance, predicted.VelocityVariance);
        var kPp = ((pp * sVv) - (pv * sPv)) / determinant;
        var kPv = ((pv * sPp) - (pp * sPv)) / determinant;
        var kVp = ((pv * sVv) - (vv * sPv)) / determinant;
        var kVv = ((vv * sPp) - (pv * sPv)) / determinant;
        return predicted with
        {
            Position = predicted.Position + (kPp * offP) + (kPv * offV),
            Velocity = predicted.Velocity + (kVp * offP) + (kVv * offV),
            PositionVariance = pp - (kPp * pp) - (kPv * pv),
            Covariance = pv - (kPp * pv) - (kPv * vv),
            VelocityVariance = vv - (kVp * pv) - (kVv * vv),
            Gate = gate,
        };
    }

    // Around a target that moves evenly, the error of a critically damped servo decays by F = exp(-wt) [[1 + wt, t], [-w² t, 1 - wt]].
    private JointTrackingState Predict(in JointTrackingState state, double reference, double seconds)
    {
        if (seconds == 0) return state;
        var w = BandwidthPerSecond;
        var decay = Math.Exp(-w * seconds);
        var (f11, f12, f21, f22) = (decay * (1 + (w * seconds)), decay * seconds, -decay * w * w * seconds, decay * (1 - (w * seconds)));
        var pace = Feedforward * (reference - state.Reference) / seconds;
        var (offP, offV) = (state.Position - state.Reference, state.Velocity - pace);
        var (pp, pv, vv) = (state.PositionVariance, state.Covariance, state.VelocityVariance);
        // White acceleration over the step; over a long one the servo damps it, which this leaves out to be careful.
        var density = AccelerationNoise * AccelerationNoise;
        return state with
        {
            Position = state.Reference + (pace * seconds) + (f11 * offP) + (f12 * offV),
            Velocity = pace + (f21 * offP) + (f22 * offV),
            PositionVariance = (f11 * f11 * pp) + (2 * f11 * f12 * pv) + (f12 * f12 * vv) + (density * seconds * seconds * seconds / 3),
            Covariance = (f11 * f21 * pp) + (((f11 * f22) + (f12 * f21)) * pv) + (f12 * f22 * vv) + (density * seconds * seconds / 2),
            VelocityVariance = (f21 * f21 * pp) + (2 * f21 * f22 * pv) + (f22 * f22 * vv) + (density * seconds),
        };
    }
}
