using System.Collections.Immutable;

namespace RobotWorker.Motion;

/// <summary>
/// Joint motion over time, as trajectory_msgs/JointTrajectory: between two points it is the quintic polynomial that meets the positions,
/// velocities and accelerations of both (what ros2_control's joint_trajectory_controller interpolates too).
/// </summary>
/// <param name="Names">Joint names; every point has one value for each.</param>
/// <param name="Points">At least one, in strictly rising time, the first at zero.</param>
public sealed record JointTrajectory(ImmutableArray<string> Names, ImmutableArray<TrajectoryPoint> Points)
{
    /// <summary>From the first point to the last, in seconds.</summary>
    public double DurationSeconds => Points[^1].TimeSeconds;

    /// <summary>The state at a time; before the start and after the end it rests on the end points.</summary>
    public TrajectoryPoint Sample(double timeSeconds)
    {
        if (timeSeconds <= 0 || Points.Length == 1) return Points[0] with { TimeSeconds = timeSeconds };
        if (timeSeconds >= DurationSeconds) return Points[^1] with { TimeSeconds = timeSeconds };
        var (low, high) = (0, Points.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (Points[middle].TimeSeconds <= timeSeconds) low = middle;
            else high = middle;
        }
        return Between(Points[low], Points[high], timeSeconds);
    }

    /// <summary>The same motion, slower by a factor: velocities shrink by it, accelerations by its square.</summary>
    public JointTrajectory Stretched(double factor) => this with
    {
        Points = [.. Points.Select(p => new TrajectoryPoint(
            p.Positions, [.. p.Velocities.Select(v => v / factor)], [.. p.Accelerations.Select(a => a / (factor * factor))], p.TimeSeconds * factor))],
    };

    private static TrajectoryPoint Between(TrajectoryPoint a, TrajectoryPoint b, double time)
    {
        var n = a.Positions.Length;
        var (p, v, c) = (new double[n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
            (p[i], v[i], c[i]) = Quintic.Between(
                (a.Positions[i], a.Velocities[i], a.Accelerations[i]), (b.Positions[i], b.Velocities[i], b.Accelerations[i]),
                b.TimeSeconds - a.TimeSeconds, time - a.TimeSeconds);
        return new([.. p], [.. v], [.. c], time);
    }
}

/// <param name="Positions">Radians or metres.</param>
/// <param name="Velocities">A second.</param>
/// <param name="Accelerations">A second squared.</param>
/// <param name="TimeSeconds">From the trajectory's start.</param>
public sealed record TrajectoryPoint(
    ImmutableArray<double> Positions, ImmutableArray<double> Velocities, ImmutableArray<double> Accelerations, double TimeSeconds);
