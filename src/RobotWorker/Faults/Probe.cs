using RobotWorker.Faults.Detectors;
using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>A detector together with its state, whatever types the two are of.</summary>
internal abstract class Probe
{
    /// <summary>For people: <c>cusum</c>.</summary>
    public abstract string Name { get; }

    public abstract double Score { get; }

    /// <param name="watched">Whether its guards hold; some detectors begin anew where they do not.</param>
    /// <returns>Whether it is alarmed.</returns>
    public abstract bool Next(ReadOnlySpan<double> values, bool watched, RobotTime at);

    /// <summary>Begins anew: what it had learned, or got behind with, is gone.</summary>
    public abstract void Reset();

    public static Probe Of(object detector) => detector switch
    {
        Stuck stuck => new StuckProbe(stuck),
        RateOfChange rate => new Scalar<RateOfChangeState>("rate", rate),
        Cusum cusum => new Scalar<CusumState>("cusum", cusum),
        Ewma ewma => new Scalar<EwmaState>("ewma", ewma),
        Mewma mewma => new Several<MewmaState>("mewma", mewma),
        JointTracking tracking => new Several<JointTrackingState>("tracking", tracking),
        MotorTemperature heating => new Several<MotorTemperatureState>("heating", heating),
        _ => throw new ArgumentException($"no such detector: {detector.GetType().Name}", nameof(detector)),
    };

    private sealed class Scalar<TState>(string name, IDetector<TState> detector) : Probe where TState : struct, IDetection
    {
        private TState state;

        public override string Name => name;

        public override double Score => state.Score;

        public override void Reset() => state = default;

        public override bool Next(ReadOnlySpan<double> values, bool watched, RobotTime at) => (state = detector.Next(state, values[0], at)).Alarmed;
    }

    private sealed class Several<TState>(string name, IVectorDetector<TState> detector) : Probe where TState : struct, IDetection
    {
        private TState state;

        public override string Name => name;

        public override double Score => state.Score;

        public override void Reset() => state = default;

        public override bool Next(ReadOnlySpan<double> values, bool watched, RobotTime at) => (state = detector.Next(state, values, at)).Alarmed;
    }

    private sealed class StuckProbe(Stuck detector) : Probe
    {
        private StuckState state;

        public override string Name => "stuck";

        public override double Score => state.Score;

        public override void Reset() => state = default;

        public override bool Next(ReadOnlySpan<double> values, bool watched, RobotTime at) => (state = detector.Next(state, values[0], watched, at)).Alarmed;
    }
}
