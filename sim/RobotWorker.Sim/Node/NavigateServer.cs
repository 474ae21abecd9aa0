using RobotWorker.Controllers.Servers;
using RobotWorker.Motion;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages.BuiltinInterfaces;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Sim.Controllers.Floor;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Node;

/// <summary>NavigateToPose: plans around the furniture and drives there, to 1 cm and 1 degree. Its error codes are Nav2's.</summary>
/// <param name="hasOdometry">Whether the base's place is heard of: without odometry nobody drives.</param>
internal sealed class NavigateServer(FloorPlanner planner, FloorLimits limits, BaseMotion motion, RobotState state, Func<bool> hasOdometry)
    : SingleGoalServer<NavigateToPose.Goal, NavigateToPose.Result, NavigateToPose.Feedback>
{
    private const double GoalMetres = 0.01;
    private const double GoalRadians = Math.PI / 180;
    private const double StillMetresPerSecond = 0.01;
    private const double StillRadiansPerSecond = 0.02;

    /// <summary>A base that gets no further for this long, in seconds, gives up (Nav2's progress checker: 0.5 m in 10 s).</summary>
    private const double PatienceSeconds = 5;

    /// <summary>Without a transform of the base for so long, in seconds, it gives up.</summary>
    private const double BlindSeconds = 0.3;

    private PathFollower? follower;
    private double elapsed, sinceProgress, bestMetres, bestRadians, blind;

    protected override GoalEnd<NavigateToPose.Result>? Begin(NavigateToPose.Goal goal)
    {
        var frame = goal.Pose.Header.FrameId;
        if (frame is not ("map" or "odom"))
            return Failed(NavigationError.TfError, $"the pose is given in frame '{frame}'; it must be in 'map' (or 'odom')");
        if (!hasOdometry()) return Failed(NavigationError.TfError, "there is no transform from 'odom' to 'base_link'");
        if (goal.Pose.Pose.Orientation.ToQuat() is not { } turn || !double.IsFinite(goal.Pose.Pose.Position.X + goal.Pose.Pose.Position.Y))
            return Failed(NavigationError.Unknown, "the pose is not one: a coordinate is not finite or the quaternion has no length");
        var there = (frame == "odom" ? state.Now.MapFromOdom : default) * new PlanarPose(goal.Pose.Pose.Position.X, goal.Pose.Pose.Position.Y, turn.Yaw);
        var place = new FloorPoint(there.X, there.Y);

        var now = state.Now;
        switch (planner.Plan(now.Place, place))
        {
            case FloorRoute.None none:
                return Failed(none.Code, none.Message);
            case FloorRoute.Found found:
                var first = (found.Points[1] - found.Points[0]).Length is > 1e-6 and var length ? (found.Points[1] - found.Points[0]) * (1 / length) : default;
                follower = new(new SpeedProfile(found.Points, limits, Math.Max(0, now.Velocity.Linear.Dot(first))), there.Yaw, limits);
                break;
        }
        (elapsed, sinceProgress, blind) = (0, 0, 0);
        (bestMetres, bestRadians) = (double.PositiveInfinity, double.PositiveInfinity);
        return null;
    }

    protected override GoalEnd<NavigateToPose.Result>? Continue(double seconds)
    {
        var now = state.Now;
        elapsed += seconds;
        blind = hasOdometry() ? 0 : blind + seconds;
        if (blind >= BlindSeconds) return Failed(NavigationError.TfError, $"no transform from 'odom' to 'base_link' for {BlindSeconds} s");
        if (blind > 0) return null;    // nothing is wished for: the base brakes
        var (metres, radians) = (follower!.DistanceRemaining(now.Place), follower.TurnRemaining(now.Yaw));
        if (follower.AtEnd && metres <= GoalMetres && radians <= GoalRadians && IsStill(now)) return GoalEnd.Succeeded(new NavigateToPose.Result());
        if (metres < bestMetres - 0.02) (bestMetres, sinceProgress) = (metres, 0);
        if (radians < bestRadians - 0.02) (bestRadians, sinceProgress) = (radians, 0);
        sinceProgress += seconds;
        if (sinceProgress > PatienceSeconds)
        {
            return Failed(NavigationError.FailedToMakeProgress,
                $"no progress for {PatienceSeconds} s at {now.Place}, {metres:0.00} m and {radians:0.00} rad from the goal; something is in the way");
        }
        motion.Navigate(follower.Next(now.Place, now.Yaw, now.Velocity, seconds));
        return null;
    }

    protected override void Stop() => motion.Navigate(null);

    protected override GoalEnd<NavigateToPose.Result>? Stopping(double seconds) =>
        IsStill(state.Now) ? GoalEnd.Canceled(new NavigateToPose.Result()) : null;

    protected override NavigateToPose.Feedback Feedback()
    {
        var now = state.Now;
        var metres = follower!.DistanceRemaining(now.Place);
        return new()
        {
            CurrentPose = new() { Header = new() { Stamp = now.Time.ToMessage(), FrameId = "map" }, Pose = now.MapFromBase.ToMessage() },
            NavigationTime = Duration.From(TimeSpan.FromSeconds(elapsed)),
            EstimatedTimeRemaining = Duration.From(TimeSpan.FromSeconds(metres / limits.Speed)),
            DistanceRemaining = (float)metres,
        };
    }

    protected override NavigateToPose.Result Broken(string why) => new() { ErrorCode = (ushort)NavigationError.Unknown, ErrorMsg = why };

    private static bool IsStill(RobotReadings now) =>
        now.Velocity.Linear.Length < StillMetresPerSecond && Math.Abs(now.Velocity.Turn) < StillRadiansPerSecond;

    private static GoalEnd<NavigateToPose.Result> Failed(NavigationError code, string message) =>
        GoalEnd.Aborted(new NavigateToPose.Result { ErrorCode = (ushort)code, ErrorMsg = message });
}
