using System.Collections.Immutable;

namespace RobotWorker.Controllers.Joints;

/// <summary>
/// A motion of several joints over time through waypoints. Between two waypoints: quintic when both give velocities and accelerations,
/// cubic (Hermite) when both give velocities, straight otherwise, as ros2_control's joint_trajectory_controller does.
/// </summary>
public sealed class JointSpline
{
    private readonly ImmutableArray<JointWaypoint> points;

    /// <param name="points">In order of time, at least one.</param>
    public JointSpline(ImmutableArray<JointWaypoint> points)
    {
        ArgumentOutOfRangeException.ThrowIfZero(points.Length);
        this.points = points;
    }

    /// <summary>When the last waypoint is due, in seconds since the start.</summary>
    public double Seconds => points[^1].Seconds;

    /// <summary>Where it ends.</summary>
    public ImmutableArray<double> End => points[^1].Positions;

    /// <summary>Positions and velocities <paramref name="seconds"/> after the start; before the first waypoint the first, after the last the last at rest.</summary>
    public (double[] Positions, double[] Velocities) At(double seconds)
    {
        var count = points[0].Positions.Length;
        var (positions, velocities) = (new double[count], new double[count]);
        var next = 0;
        while (next < points.Length && points[next].Seconds <= seconds) next++;
        if (next == 0 || next == points.Length)
        {
            points[next == 0 ? 0 : ^1].Positions.CopyTo(positions);
            return (positions, velocities);
        }
        var (a, b) = (points[next - 1], points[next]);
        for (var j = 0; j < count; j++) (positions[j], velocities[j]) = Between(a, b, j, seconds - a.Seconds);
        return (positions, velocities);
    }

    private static (double Position, double Velocity) Between(JointWaypoint a, JointWaypoint b, int j, double t)
    {
        var duration = b.Seconds - a.Seconds;
        var (p0, p1) = (a.Positions[j], b.Positions[j]);
        if (a.Velocities.IsEmpty || b.Velocities.IsEmpty) return (p0 + ((p1 - p0) * t / duration), (p1 - p0) / duration);
        var (v0, v1) = (a.Velocities[j], b.Velocities[j]);
        return a.Accelerations.IsEmpty || b.Accelerations.IsEmpty
            ? Cubic(p0, v0, p1, v1, duration, t)
            : Quintic(p0, v0, a.Accelerations[j], p1, v1, b.Accelerations[j], duration, t);
    }

    private static (double, double) Cubic(double p0, double v0, double p1, double v1, double duration, double t)
    {
        var c2 = ((3 * (p1 - p0) / duration) - (2 * v0) - v1) / duration;
        var c3 = ((-2 * (p1 - p0) / duration) + v0 + v1) / (duration * duration);
        return (p0 + (t * (v0 + (t * (c2 + (t * c3))))), v0 + (t * ((2 * c2) + (t * 3 * c3))));
    }

    private static (double, double) Quintic(double p0, double v0, double a0, double p1, double v1, double a1, double duration, double t)
    {
        var (d, d2) = (duration, duration * duration);
        var h = p1 - p0;
        var c3 = ((20 * h) - (((8 * v1) + (12 * v0)) * d) - (((3 * a0) - a1) * d2)) / (2 * d2 * d);
        var c4 = ((-30 * h) + (((14 * v1) + (16 * v0)) * d) + (((3 * a0) - (2 * a1)) * d2)) / (2 * d2 * d2);
        var c5 = ((12 * h) - ((6 * (v1 + v0)) * d) + ((a1 - a0) * d2)) / (2 * d2 * d2 * d);
        return (p0 + (t * (v0 + (t * ((a0 / 2) + (t * (c3 + (t * (c4 + (t * c5))))))))),
            v0 + (t * (a0 + (t * ((3 * c3) + (t * ((4 * c4) + (t * 5 * c5))))))));
    }
}
