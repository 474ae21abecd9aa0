using System.Collections.Immutable;

namespace RobotWorker.Motion;

/// <summary>How <see cref="InverseKinematics"/> searches. The defaults suit an arm of about a metre.</summary>
public sealed record InverseKinematicsOptions
{
    /// <summary>Converged when the tip is this near, in metres.</summary>
    public double PositionToleranceMetres { get; init; } = 1e-4;

    /// <summary>Converged when the tip's rotation is this near, in radians.</summary>
    public double RotationToleranceRadians { get; init; } = 1e-3;

    /// <summary>Weight of a metre of position error against a radian of rotation error.</summary>
    public double PositionWeight { get; init; } = 1;

    public double RotationWeight { get; init; } = 0.3;

    /// <summary>Rotation about the tool's own z axis is free: only where z points counts (a grasp from above with any yaw).</summary>
    public bool FreeToolAxis { get; init; }

    /// <summary>Most steps from one start.</summary>
    public int MaxIterations { get; init; } = 80;

    /// <summary>Random starts after the given one.</summary>
    public int Restarts { get; init; } = 30;

    /// <summary>The posture that spare freedom draws towards; null for the middle of the limits.</summary>
    public ImmutableArray<double>? Posture { get; init; }

    /// <summary>Share of the way to the posture taken in a step, within the null space. 0 turns it off.</summary>
    public double PostureGain { get; init; } = 0.05;

    /// <summary>Share of a joint's range, at both ends, in which it is pushed back (again only in the null space).</summary>
    public double LimitMargin { get; init; } = 0.05;
}

/// <summary>What the search came to: a pose out of reach is a result, not an exception.</summary>
/// <param name="Q">The best joint positions found, always within the limits.</param>
/// <param name="PositionErrorMetres">Distance left at <paramref name="Q"/>.</param>
/// <param name="RotationErrorRadians">Angle left at <paramref name="Q"/>; with a free tool axis only that between the axes.</param>
/// <param name="Iterations">Steps in all, restarts included.</param>
public sealed record InverseKinematicsResult(
    bool Converged, ImmutableArray<double> Q, double PositionErrorMetres, double RotationErrorRadians, int Iterations);
