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
}
