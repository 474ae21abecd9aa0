using MathNet.Numerics.LinearAlgebra;
using RobotWorker.Faults.Detectors;
using RobotWorker.Time;

namespace RobotWorker.Benchmarks.Faults;

/// <summary>
/// What watches an arm with a base: every signal has limits, debounced, and a heartbeat; positions also a rate and a stuck check; six joints a Kalman filter over reference, position and velocity;
/// two motors one of their temperature; eight signals of a drive are judged together; the rest has a CUSUM or an EWMA chart with a baseline that learns.
/// </summary>
internal sealed class DetectorBank
{
    public const int Signals = 40, Joints = 6;

    private const int Motors = 2, FirstMotor = 3 * Joints, FirstTogether = FirstMotor + (2 * Motors), Together = 8, FirstSum = FirstTogether + Together, FirstAverage = FirstSum + 5;

    /// <summary>All of them.</summary>
    public const int Count = (2 * Signals) + (3 * Joints) + Motors + 1 + (Signals - FirstSum);

    private static readonly Learning Slow = new(60);
    private readonly Limits limits = new(-8, 8, 0, 0.5);
    private readonly TimeDebounce debounce = new(0.1, 1);
    private readonly Staleness staleness = new(0.1);
    private readonly RateOfChange rate = new(20);
    private readonly Stuck stuck = new(0.5);
    private readonly JointTracking tracking = new(20, 1, 0.002, 0.02, new(2));
    private readonly MotorTemperature temperature = new(600, 0.01, 0, 0.01, 1, new(1));
    private readonly Mewma together = new(VectorBaseline.Given(Vector<double>.Build.Dense(Together), Matrix<double>.Build.DenseIdentity(Together), Slow), 0.2, Mewma.LimitFor(Together, 1e-6));
    private readonly Cusum sum = new(Baseline.Given(0, 1, Slow), Cusum.LimitFor(1e6, 1), 1);
    private readonly Ewma average = new(Baseline.Given(0, 1, Slow), 0.2, Ewma.LimitFor(1e-6));

    private readonly LimitsState[] limited = new LimitsState[Signals];
    private readonly DebounceState[] debounced = new DebounceState[Signals];
    private readonly StalenessState[] stale = new StalenessState[Signals];
    private readonly RateOfChangeState[] rates = new RateOfChangeState[Joints];
    private readonly StuckState[] stucks = new StuckState[Joints];
    private readonly JointTrackingState[] joints = new JointTrackingState[Joints];
    private readonly MotorTemperatureState[] motors = new MotorTemperatureState[Motors];
    private readonly CusumState[] sums = new CusumState[FirstAverage - FirstSum];
    private readonly EwmaState[] averages = new EwmaState[Signals - FirstAverage];
    private MewmaState drive;

    /// <returns>How many detectors are alarmed.</returns>
    public int Take(ReadOnlySpan<double> values, RobotTime at)
    {
        var alarms = 0;
        for (var s = 0; s < Signals; s++)
        {
            limited[s] = limits.Next(limited[s], values[s], at);
            debounced[s] = debounce.Next(debounced[s], limited[s].Alarmed, at);
            stale[s] = staleness.Next(stale[s], values[s], at);
            alarms += (debounced[s].Confirmed ? 1 : 0) + (stale[s].Alarmed ? 1 : 0);
        }
        for (var j = 0; j < Joints; j++)
        {
            var (reference, position, velocity) = (values[3 * j], values[(3 * j) + 1], values[(3 * j) + 2]);
            rates[j] = rate.Next(rates[j], position, at);
            stucks[j] = stuck.Next(stucks[j], position, Math.Abs(velocity) > 0.05, at);
            joints[j] = tracking.Next(joints[j], reference, position, velocity, at);
            alarms += (rates[j].Alarmed ? 1 : 0) + (stucks[j].Alarmed ? 1 : 0) + (joints[j].Alarmed ? 1 : 0);
        }
        for (var m = 0; m < Motors; m++)
        {
            motors[m] = temperature.Next(motors[m], values[FirstMotor + (2 * m)], values[FirstMotor + (2 * m) + 1], at);
            alarms += motors[m].Alarmed ? 1 : 0;
        }
        drive = together.Next(drive, values.Slice(FirstTogether, Together), at);
        for (var s = FirstSum; s < FirstAverage; s++)
        {
            sums[s - FirstSum] = sum.Next(sums[s - FirstSum], values[s], at);
            alarms += sums[s - FirstSum].Alarmed ? 1 : 0;
        }
        for (var s = FirstAverage; s < Signals; s++)
        {
            averages[s - FirstAverage] = average.Next(averages[s - FirstAverage], values[s], at);
            alarms += averages[s - FirstAverage].Alarmed ? 1 : 0;
        }
        return alarms + (drive.Alarmed ? 1 : 0);
    }
}
