using RobotWorker.Motion;

namespace RobotWorker.Sim.Controllers.Floor;

/// <summary>
/// Drives a holonomic base along a way: a reference runs ahead by the speed profile and the base is steered onto it, turning towards
/// the goal's heading all the while. The reference waits for a base that falls behind, so that a blocked base is not dragged along.
/// </summary>
public sealed class PathFollower(SpeedProfile way, double goalYaw, FloorLimits limits)
{
    /// <summary>How fast a deviation is driven out, 1/s.</summary>
    private const double Gain = 4;

    /// <summary>A base this far behind, in metres, stops the reference.</summary>
    private const double MostLag = 0.15;

    /// <summary>
    /// How far, in seconds, a drive is behind its command: two control periods and its servo's lag. The base is steered from where it is going to be
    /// by then; else it would run past the end by what it made up on the way.
    /// </summary>
    private const double DelaySeconds = 0.06;

    private double along;

    /// <summary>Metres left to drive.</summary>
    public double DistanceRemaining(FloorPoint at) => Math.Max(0, way.Length - along) + at.DistanceTo(way.At(along));

    /// <summary>Radians left to turn.</summary>
    public double TurnRemaining(double yaw) => Math.Abs(Angle.Wrap(goalYaw - yaw));

    /// <summary>Whether the reference has come to the end of the way.</summary>
    public bool AtEnd => along >= way.Length;

    /// <summary>The velocity to ask of the base for the next <paramref name="seconds"/>; the caller limits its acceleration.</summary>
    /// <param name="velocity">The base's measured velocity, in the map's axes.</param>
    public FloorVelocity Next(FloorPoint at, double yaw, FloorVelocity velocity, double seconds)
    {
        var soon = at + (velocity.Linear * DelaySeconds);
        var lag = soon.DistanceTo(way.At(along));
        var speed = lag > MostLag ? 0 : way.Speed(along) * (1 - (lag / MostLag / 2));
        var heading = way.Direction(along);
        along = Math.Min(way.Length, along + (speed * seconds));
        var off = way.At(along) - soon;
        // No faster than it can brake within what is left: a cap that matters at the end of the way.
        var correction = (off * Gain).AtMost(Math.Sqrt(limits.Deceleration * off.Length));
        return new FloorVelocity((heading * speed) + correction, TurnRate(Angle.Wrap(goalYaw - yaw - (velocity.Turn * DelaySeconds)))).Within(limits);
    }

    /// <summary>As fast as it can still brake, with some to spare; proportional near the goal, where the root would chatter.</summary>
    private double TurnRate(double error) =>
        Math.Sign(error) * Math.Min(Math.Abs(error) * Gain, 0.8 * Math.Sqrt(2 * limits.TurnAcceleration * Math.Abs(error)));
}
