using System.Collections.Immutable;
using RobotWorker.Controllers.Joints;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.TrajectoryMsgs;

namespace RobotWorker.Controllers.Servers;

/// <summary>
/// FollowJointTrajectory. A wrong goal is accepted and aborted at once, since a rejection could not carry its error code and text. A
/// tolerance of zero is the default below, a negative one none (as in control_msgs).
/// </summary>
public sealed class TrajectoryServer(JointMotion motion, Func<JointReadings> read)
    : SingleGoalServer<FollowJointTrajectory.Goal, FollowJointTrajectory.Result, FollowJointTrajectory.Feedback>
{
    private const double PathRadians = 0.25;
    private const double GoalRadians = 0.02;
    private const double GoalSeconds = 1;
    private const double StillRadiansPerSecond = 0.03;

    private ImmutableArray<double> pathTolerance = [];
    private ImmutableArray<double> goalTolerance = [];
    private double goalSeconds;

    protected override GoalEnd<FollowJointTrajectory.Result>? Begin(FollowJointTrajectory.Goal goal)
    {
        var header = goal.Trajectory.Header.Stamp.Nanoseconds;
        var age = header == 0 ? 0 : (read().Time.Nanoseconds - header) / 1e9;
        var asked = new TrajectoryRequest(goal.Trajectory.JointNames, [.. goal.Trajectory.Points.Select(Waypoint)], age);
        var (spline, error, message) = TrajectoryCheck.Accept(asked, motion.Joints, motion.Positions, motion.Velocities);
        if (spline is null)
        {
            motion.Brake();
            return Failed(error, message);
        }
        pathTolerance = Tolerances(goal.PathTolerance, PathRadians);
        goalTolerance = Tolerances(goal.GoalTolerance, GoalRadians);
        var given = goal.GoalTimeTolerance.Nanoseconds / 1e9;
        goalSeconds = given > 0 ? given : given < 0 ? double.PositiveInfinity : GoalSeconds;
        motion.Follow(spline);
        return null;
    }

    protected override GoalEnd<FollowJointTrajectory.Result>? Continue(double seconds)
    {
        var now = read();
        if (motion.Overtime < 0)
        {
            if (Beyond(pathTolerance, motion.Positions, now.Positions) is not { } lost) return null;
            motion.Hold(now.Positions);
            return Failed(TrajectoryError.PathToleranceViolated, $"{lost}; the arm holds where it is");
        }
        var off = Beyond(goalTolerance, motion.End, now.Positions);
        if (off is null && now.Rates.All(v => Math.Abs(v) < StillRadiansPerSecond)) return GoalEnd.Succeeded(new FollowJointTrajectory.Result());
        if (motion.Overtime < goalSeconds) return null;
        return Failed(TrajectoryError.GoalToleranceViolated, $"{off ?? "the arm still moves"} {motion.Overtime:0.0} s after the trajectory's end");
    }

    protected override void Stop() => motion.Brake();

    protected override GoalEnd<FollowJointTrajectory.Result>? Stopping(double seconds) =>
        motion.Overtime >= 0 && read().Rates.All(v => Math.Abs(v) < StillRadiansPerSecond)
            ? GoalEnd.Canceled(new FollowJointTrajectory.Result { ErrorString = "cancelled; the arm holds where it came to rest" })
            : null;

    protected override FollowJointTrajectory.Feedback Feedback()
    {
        var now = read();
        return new()
        {
            Header = new() { Stamp = now.Time.ToMessage() },
            JointNames = [.. motion.Joints.Select(j => j.Name)],
            Desired = new() { Positions = motion.Positions, Velocities = motion.Velocities },
            Actual = new() { Positions = now.Positions, Velocities = now.Rates },
            Error = new() { Positions = [.. motion.Positions.Select((p, j) => p - now.Positions[j])] },
        };
    }

    /// <summary>A broken-off goal leaves the motion to whoever broke it off: the newer goal goes on from where this one got to.</summary>
    protected override FollowJointTrajectory.Result Broken(string why) => new() { ErrorCode = (int)TrajectoryError.InvalidGoal, ErrorString = why };

    private static JointWaypoint Waypoint(JointTrajectoryPoint point) =>
        new(point.TimeFromStart.Nanoseconds / 1e9, point.Positions, point.Velocities, point.Accelerations);

    private ImmutableArray<double> Tolerances(ImmutableArray<JointTolerance> given, double standard) => [.. motion.Joints.Select(joint =>
        (given.FirstOrDefault(t => t.Name == joint.Name)?.Position ?? 0) is var tolerance && tolerance > 0 ? tolerance
            : tolerance < 0 ? double.PositiveInfinity : standard)];

    private string? Beyond(ImmutableArray<double> tolerance, ImmutableArray<double> wanted, ImmutableArray<double> actual)
    {
        for (var j = 0; j < tolerance.Length; j++)
        {
            var off = Math.Abs(wanted[j] - actual[j]);
            if (off > tolerance[j]) return $"{motion.Joints[j].Name} is {off:0.000} rad off, more than {tolerance[j]:0.000}";
        }
        return null;
    }

    private static GoalEnd<FollowJointTrajectory.Result> Failed(TrajectoryError error, string message) =>
        GoalEnd.Aborted(new FollowJointTrajectory.Result { ErrorCode = (int)error, ErrorString = message });
}
