using RobotWorker.Motion;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.MoveBaseMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Skills.Actions;

/// <summary>
/// What counts as progress of an action: whether a feedback (<c>now</c>) shows some since the one that last did (<c>then</c>). Feedback alone is none: a
/// robot that pushes against a chair goes on reporting.
/// </summary>
internal static class ActionProgress
{
    private const double Metres = 0.02;
    private const double Radians = 0.01;
    private const double OpeningMetres = 0.0005;
    private const double Newtons = 1;

    /// <summary>Nav2: less distance remains, it turns on the spot, or it began a recovery of its own.</summary>
    public static bool Of(NavigateToPose.Feedback then, NavigateToPose.Feedback now) =>
        now.DistanceRemaining < then.DistanceRemaining - Metres
        || Math.Abs(Angle.Wrap(Yaw(now.CurrentPose) - Yaw(then.CurrentPose))) > Radians
        || now.NumberOfRecoveries > then.NumberOfRecoveries;

    /// <summary>move_base tells where the base is, and not how far it has to go: that it gets somewhere else, or turns.</summary>
    public static bool Of(MoveBase.Feedback then, MoveBase.Feedback now) =>
        (now.BasePosition.Pose.ToPose().Position - then.BasePosition.Pose.ToPose().Position).LengthXY > Metres
        || Math.Abs(Angle.Wrap(Yaw(now.BasePosition) - Yaw(then.BasePosition))) > Radians;

    /// <summary>Joints that move.</summary>
    public static bool Of(FollowJointTrajectory.Feedback then, FollowJointTrajectory.Feedback now) =>
        now.Actual.Positions.Zip(then.Actual.Positions).Any(p => Math.Abs(p.First - p.Second) > Radians);

    /// <summary>Fingers that move, or that press harder.</summary>
    public static bool Of(GripperCommandAction.Feedback then, GripperCommandAction.Feedback now) =>
        Math.Abs(now.Position - then.Position) > OpeningMetres || now.Effort > then.Effort + Newtons;

    /// <summary>The camera's axis comes nearer to the point.</summary>
    public static bool Of(PointHead.Feedback then, PointHead.Feedback now) => now.PointingAngleError < then.PointingAngleError - Radians;

    private static double Yaw(PoseStamped pose) => pose.Pose.ToPose().Rotation.Yaw;
}
