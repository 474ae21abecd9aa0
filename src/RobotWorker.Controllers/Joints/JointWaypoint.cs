using System.Collections.Immutable;

namespace RobotWorker.Controllers.Joints;

/// <summary>What a trajectory says of one instant: radians (or metres), and their rates where given. All in one joint order.</summary>
/// <param name="Seconds">Since the trajectory's start.</param>
/// <param name="Velocities">rad/s; empty when not given.</param>
/// <param name="Accelerations">rad/s²; empty when not given.</param>
public sealed record JointWaypoint(
    double Seconds, ImmutableArray<double> Positions, ImmutableArray<double> Velocities, ImmutableArray<double> Accelerations)
{
    /// <summary>At rest.</summary>
    public static JointWaypoint Still(double seconds, ImmutableArray<double> positions) =>
        new(seconds, positions, [.. positions.Select(_ => 0.0)], []);
}
