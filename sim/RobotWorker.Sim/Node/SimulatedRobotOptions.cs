using RobotWorker.Sim.Sensors;

namespace RobotWorker.Sim.Node;

/// <summary>What may differ from robot to robot in simulation.</summary>
public sealed record SimulatedRobotOptions
{
    public static readonly SimulatedRobotOptions Default = new();

    /// <summary>How wrong the detector is.</summary>
    public DetectorNoise Detector { get; init; } = DetectorNoise.Default;

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
