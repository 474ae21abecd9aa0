using System.Collections.Immutable;
using RobotWorker.Chance;

namespace RobotWorker.Motion;

/// <summary>
/// Joint motion from rest to rest within velocity and acceleration limits, all joints in step: a path (<see cref="JointPath"/>), the fastest
/// time scaling along it (<see cref="TimeScaling"/>), its corners rounded in time (<see cref="SmoothProfile"/>), then
/// checked as it will be interpolated, and stretched should it pass a limit.
/// </summary>
public static class TrajectoryPlanner
{
    private const double SampleSeconds = 0.02;      // between points; the quintic in between follows the path to micrometres
    private const double SmoothSeconds = 0.08;      // time over which a jump of acceleration is spread
    private const double Margin = 0.998;            // of the limits: room between the checked velocities
    private const int VelocityChecks = 10;          // between two points

    /// <summary>Through all waypoints without stopping at them. Between neighbours no joint leaves the range of the two (monotone cubics).</summary>
    /// <param name="names">Joint names.</param>
    /// <param name="waypoints">At least one, each with a position for every joint; the first is where the motion starts.</param>
    public static JointTrajectory Through(ImmutableArray<string> names, IReadOnlyList<ImmutableArray<double>> waypoints, TrajectoryLimits limits)
    {
        limits.Check(names.Length);
        return Along(names, JointPath.Monotone(waypoints, limits), limits);
    }

    /// <summary>
    /// Moves the tip on a straight line, turning evenly (slerp), each sample by inverse kinematics from the one before. A line that leaves the
    /// reach or would make the joints jump is a result with the share that can be followed, not an exception.
    /// </summary>
    /// <param name="from">Joint positions at the start.</param>
    /// <param name="target">Of the tip, in the frame of the chain's base.</param>
    /// <param name="chance">Never drawn from while the line can be followed; the solver asks for one.</param>
    public static StraightLineResult Straight(
        KinematicChain chain, ImmutableArray<double> from, Pose target, TrajectoryLimits limits, RandomStream chance, StraightLineOptions? options = null)
    {
        limits.Check(chain.Count);
        options ??= new();
        var line = StraightLine.Follow(chain, from, target, chance, options);
        if (line.WhyNot is not null) return new(null, line.Share, line.WhyNot);
        if (options.MaxToolSpeed is not { } speed) return new(Along(chain.JointNames, JointPath.Smooth(line.Samples, limits), limits), 1, null);

        // The tip's way is one more joint of the path, with the wanted speed as its limit; it is dropped again at the end.
        var length = (target.Position - chain.Forward(from.AsSpan()).Position).Length;
        var last = Math.Max(1, line.Samples.Length - 1);
        ImmutableArray<ImmutableArray<double>> withWay = [.. line.Samples.Select((q, i) => q.Add(length * i / last))];
        var all = new TrajectoryLimits(limits.Velocity.Add(speed), limits.Acceleration.Add(100 * speed));
        var trajectory = Along(chain.JointNames.Add("way"), JointPath.Smooth(withWay, all), all);
        return new(new(chain.JointNames, [.. trajectory.Points.Select(p => DropLast(p))]), 1, null);
    }

    private static JointTrajectory Along(ImmutableArray<string> names, JointPath path, TrajectoryLimits limits)
    {
        if (path.Length <= 0) return new(names, [path.Rest(0, 0)]);
        var profile = new SmoothProfile(TimeScaling.Fastest(path, limits), SmoothSeconds);
        var steps = Math.Max(4, (int)Math.Ceiling(profile.DurationSeconds / SampleSeconds));
        var points = ImmutableArray.CreateBuilder<TrajectoryPoint>(steps + 1);
        points.Add(path.Rest(0, 0));
        for (var i = 1; i < steps; i++)
        {
            var time = profile.DurationSeconds * i / steps;
            points.Add(path.At(profile.At(time), time));
        }
        points.Add(path.Rest(path.Length, profile.DurationSeconds));
        return WithinLimits(new(names, points.MoveToImmutable()), limits);
    }

    private static JointTrajectory WithinLimits(JointTrajectory trajectory, TrajectoryLimits limits)
    {
        var factor = 0.0;
        for (var k = 1; k < trajectory.Points.Length; k++)
        {
            var (from, to) = (trajectory.Points[k - 1], trajectory.Points[k]);
            var duration = to.TimeSeconds - from.TimeSeconds;
            for (var i = 0; i < limits.Velocity.Length; i++)
            {
                var (a, b) = ((from.Positions[i], from.Velocities[i], from.Accelerations[i]), (to.Positions[i], to.Velocities[i], to.Accelerations[i]));
                factor = Math.Max(factor, Math.Sqrt(Quintic.PeakAcceleration(a, b, duration) / limits.Acceleration[i]));
                for (var part = 0; part < VelocityChecks; part++)
                    factor = Math.Max(factor, Math.Abs(Quintic.Between(a, b, duration, duration * part / VelocityChecks).Velocity) / limits.Velocity[i]);
            }
        }
        return factor <= Margin ? trajectory : trajectory.Stretched(factor / Margin);
    }

    private static TrajectoryPoint DropLast(TrajectoryPoint p) =>
        new(p.Positions[..^1], p.Velocities[..^1], p.Accelerations[..^1], p.TimeSeconds);
}
