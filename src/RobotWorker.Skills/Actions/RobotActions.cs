using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Skills.Senses;
using Duration = RobotWorker.Ros.Messages.BuiltinInterfaces.Duration;
using FollowJointTrajectory = RobotWorker.Ros.Messages.ControlMsgs.FollowJointTrajectory;
using GripperAction = RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction;
using JointTrajectory = RobotWorker.Motion.JointTrajectory;
using Pose = RobotWorker.Motion.Pose;
using Vec3 = RobotWorker.Motion.Vec3;

namespace RobotWorker.Skills.Actions;

/// <summary>The robot's ROS actions as calls: what goes in and out in our own types, the wire's in between. Nothing here decides.</summary>
internal sealed class RobotActions : IDisposable
{
    private readonly RobotProfile profile;
    private readonly Driving? driving;
    private readonly IActionClient<FollowJointTrajectory.Goal, FollowJointTrajectory.Result, FollowJointTrajectory.Feedback>? follow;
    private readonly IActionClient<GripperAction.Goal, GripperAction.Result, GripperAction.Feedback>? gripper;
    private readonly IActionClient<PointHead.Goal, PointHead.Result, PointHead.Feedback>? pointHead;
    private readonly IPublisher<Twist>? velocity;

    public RobotActions(IRosConnection ros, RobotProfile profile)
    {
        this.profile = profile;
        var names = profile.Names;
        driving = names.Navigate.Length > 0 ? Driving.Of(ros, profile) : null;
        follow = names.FollowTrajectory.Length > 0 ? ros.ActionClient(FollowJointTrajectory.Type, names.FollowTrajectory) : null;
        gripper = names.Gripper.Length > 0 ? ros.ActionClient(GripperAction.Type, names.Gripper) : null;
        pointHead = names.PointHead.Length > 0 ? ros.ActionClient(PointHead.Type, names.PointHead) : null;
        velocity = names.Velocity.Length > 0 ? ros.Advertise<Twist>(names.Velocity) : null;
    }

    /// <summary>Drives base_link to a pose of the map frame.</summary>
    public Task DriveAsync(GoalRunner goals, Pose mapFromBase, GoalTimeouts timeouts) => (driving ?? throw None("navigate")).ToAsync(goals, mapFromBase, timeouts);

    /// <summary>Moves the arm along a trajectory.</summary>
    public async Task FollowAsync(GoalRunner goals, JointTrajectory trajectory, GoalTimeouts timeouts)
    {
        var goal = new FollowJointTrajectory.Goal
        {
            Trajectory = new()
            {
                JointNames = trajectory.Names,
                Points = [.. trajectory.Points.Select(p => new Ros.Messages.TrajectoryMsgs.JointTrajectoryPoint
                {
                    Positions = p.Positions, Velocities = p.Velocities, Accelerations = p.Accelerations, TimeFromStart = Duration.From(TimeSpan.FromSeconds(p.TimeSeconds)),
                })],
            },
            GoalTimeTolerance = Duration.From(TimeSpan.FromSeconds(1)),
        };
        var outcome = await goals.RunAsync(follow ?? throw None("follow_joints"), goal, timeouts, ActionProgress.Of, "the arm's trajectory", "arm");
        if (outcome.State == GoalState.Aborted)
            throw StepFailedException.Failed(TrajectoryCode(outcome.Result!.ErrorCode), $"the arm gave up: {outcome.Result.ErrorString}");
    }

    /// <summary>Opens or closes the gripper; whether it reached the width or stalled on something is the answer, not a failure.</summary>
    /// <param name="width">Opening between the pads, metres.</param>
    /// <param name="force">Newtons.</param>
    /// <returns>The opening at the end, metres, and whether it stalled.</returns>
    public async Task<(double Width, bool Stalled)> GripAsync(GoalRunner goals, double width, double force, GoalTimeouts timeouts)
    {
        var goal = new GripperAction.Goal { Command = new() { Position = width, MaxEffort = force } };
        var outcome = await goals.RunAsync(gripper ?? throw None("gripper"), goal, timeouts, ActionProgress.Of, "the gripper's command", "gripper");
        return (outcome.Result!.Position, outcome.Result.Stalled);
    }

    /// <summary>Turns the head so that the camera looks at a point of the map frame. A camera that nothing turns sees what it sees.</summary>
    public async Task LookAtAsync(GoalRunner goals, Vec3 mapPoint, GoalTimeouts timeouts)
    {
        if (pointHead is null) return;
        var goal = new PointHead.Goal
        {
            Target = new() { Header = new() { FrameId = profile.Frames.Map }, Point = new() { X = mapPoint.X, Y = mapPoint.Y, Z = mapPoint.Z } },
            PointingFrame = profile.Frames.Camera,
            PointingAxis = new() { Z = 1 },
            MaxVelocity = 2,
        };
        var outcome = await goals.RunAsync(pointHead, goal, timeouts, ActionProgress.Of, "pointing the head", "head");
        if (outcome.State == GoalState.Aborted) throw StepFailedException.Failed("HEAD_FAILED", $"the head could not look at {mapPoint}: {outcome.Detail}");
    }

    /// <summary>Whether every action that the robot has has a server now.</summary>
    public bool AllServersAreThere =>
        driving is not { ServerIsThere: false } && follow is not { ServerIsThere: false } && gripper is not { ServerIsThere: false } && pointHead is not { ServerIsThere: false };

    /// <summary>Tells of each action that the robot has whether somebody offers it.</summary>
    public void TellServed(GoalSense sense)
    {
        if (driving is not null) sense.Served("base", driving.ServerIsThere);
        if (follow is not null) sense.Served("arm", follow.ServerIsThere);
        if (gripper is not null) sense.Served("gripper", gripper.ServerIsThere);
        if (pointHead is not null) sense.Served("head", pointHead.ServerIsThere);
    }

    /// <summary>Commands zero velocity once.</summary>
    public void CommandZero() => velocity?.Publish(new Twist());

    public void Dispose()
    {
        driving?.Dispose();
        follow?.Dispose();
        gripper?.Dispose();
        pointHead?.Dispose();
        velocity?.Dispose();
    }

    private static StepFailedException None(string action) => StepFailedException.Failed("NO_SUCH_ACTION", $"the robot's profile has no action '{action}'");

    private static string TrajectoryCode(int code) => code switch
    {
        FollowJointTrajectory.Result.INVALID_GOAL => "INVALID_GOAL",
        FollowJointTrajectory.Result.INVALID_JOINTS => "INVALID_JOINTS",
        FollowJointTrajectory.Result.OLD_HEADER_TIMESTAMP => "OLD_HEADER_TIMESTAMP",
        FollowJointTrajectory.Result.PATH_TOLERANCE_VIOLATED => "PATH_TOLERANCE_VIOLATED",
        FollowJointTrajectory.Result.GOAL_TOLERANCE_VIOLATED => "GOAL_TOLERANCE_VIOLATED",
        _ => "ARM_FAILED",
    };
}
