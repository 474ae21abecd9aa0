using System.Collections.Immutable;

namespace RobotWorker.Motion;

/// <summary>What each joint of a trajectory may do, in the order of its joints; positive and finite.</summary>
/// <param name="Velocity">Radians or metres a second.</param>
/// <param name="Acceleration">Radians or metres a second squared. URDF gives none: the robot's profile does.</param>
public sealed record TrajectoryLimits(ImmutableArray<double> Velocity, ImmutableArray<double> Acceleration)
{
    /// <summary>The URDF's velocity limits (<paramref name="fallbackVelocity"/> where it gives none) and one acceleration for all joints.</summary>
    public static TrajectoryLimits Of(KinematicChain chain, double acceleration, double fallbackVelocity = 1) => new(
        [.. chain.Joints.Select(j => double.IsFinite(j.Limits.Velocity) ? j.Limits.Velocity : fallbackVelocity)],
        [.. chain.Joints.Select(_ => acceleration)]);

    /// <summary>Both limits times a share of them, such as 0.5 for careful motion.</summary>
    public TrajectoryLimits Scaled(double share) => new([.. Velocity.Select(v => v * share)], [.. Acceleration.Select(a => a * share)]);

    internal void Check(int joints)
    {
        if (Velocity.Length != joints || Acceleration.Length != joints)
            throw new ArgumentException($"{joints} joints need as many limits; there are {Velocity.Length} velocities and {Acceleration.Length} accelerations");
        if (Velocity.Concat(Acceleration).Any(l => !(l > 0) || !double.IsFinite(l))) throw new ArgumentException("velocity and acceleration limits are positive and finite");
    }
}
