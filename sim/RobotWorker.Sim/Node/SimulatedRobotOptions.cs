using RobotWorker.Sim.Sensors;

namespace RobotWorker.Sim.Node;

/// <summary>What may differ from robot to robot in simulation.</summary>
public sealed record SimulatedRobotOptions
{
    public static readonly SimulatedRobotOptions Default = new();

    /// <summary>How wrong the detector is.</summary>
    public DetectorNoise Detector { get; init; } = DetectorNoise.Default;

    /// <summary>
    /// How many times as large every sensor's error is, and the detector's errors of poses; 1: as the sensors are. It changes no draw of chance. What is overlooked or imagined, and
    /// what a fault does, stays.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or no number.</exception>
    public double SensorNoise
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(SensorNoise), value, "a factor of 0 or more");
    } = 1;

    /// <summary>
    /// Share of their usual rate at which sensors tell, above 0 and up to 1; 0.5: half as often. Rounded to whole control periods. The clock keeps its rate, and so do the robot's own
    /// controllers, which need no topic.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in these bounds.</exception>
    public double SensorRate
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(SensorRate), value, "above 0, and at most 1");
    } = 1;

    /// <summary>Measures the wall time that physics takes (<see cref="SimulatedRobot.PhysicsTime"/>); null: it is not measured.</summary>
    public TimeProvider? Stopwatch { get; init; }

    /// <summary>Also offers <c>/move_base</c>, as a robot on a ROS 1 graph does.</summary>
    public bool OffersMoveBase { get; init; }

    /// <summary>What it does when its worker's link is silent.</summary>
    public SilenceOptions Silence { get; init; } = SilenceOptions.Default;

    /// <summary>
    /// How long those who command the robot have been silent, as far as what carries them can tell; null while there is nobody. A worker that gives signs of
    /// life is judged by these alone.
    /// </summary>
    public Func<TimeSpan?>? SilentFor { get; init; }
}
