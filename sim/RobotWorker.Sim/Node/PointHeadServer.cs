using System.Collections.Immutable;
using RobotWorker.Controllers.Joints;
using RobotWorker.Controllers.Servers;
using RobotWorker.Motion;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Sim.Controllers.Head;

namespace RobotWorker.Sim.Node;

/// <summary>
/// PointHead for a camera on pan and tilt: turns the camera's axis onto a point. Refused: a pointing frame other than the camera's, an
/// axis other than its z, a frame that the robot does not have. Aborted: a point out of the joints' reach.
/// </summary>
internal sealed class PointHeadServer(JointMotion motion, RobotState state, RobotFrames frames)
    : SingleGoalServer<PointHead.Goal, PointHead.Result, PointHead.Feedback>
{
    public const string CameraFrame = "head_camera_optical_frame";

    private const double OnTargetRadians = 0.02;
    private const double SettledRadians = 0.005;
    private const double StillRadiansPerSecond = 0.02;
    private const double GraceSeconds = 2;

    /// <summary>Peak over mean speed of a quintic from rest to rest.</summary>
    private const double QuinticPeak = 1.875;

    private Vec3 targetInMap;

    public override bool Accept(Guid goalId, PointHead.Goal goal)
    {
        var axis = goal.PointingAxis.ToVec3();
        var alongZ = axis.Length < 1e-9 || axis.Normalized().Z > 1 - 1e-6;
        return goal.PointingFrame is "" or CameraFrame && alongZ && frames.InMap(goal.Target.Header.FrameId) is not null
            && double.IsFinite(goal.Target.Point.ToVec3().Length) && base.Accept(goalId, goal);
    }

    protected override GoalEnd<PointHead.Result>? Begin(PointHead.Goal goal)
    {
        if (frames.InMap(goal.Target.Header.FrameId) is not { } frame) return GoalEnd.Aborted(new PointHead.Result());
        targetInMap = frame.Apply(goal.Target.Point.ToVec3());
        var target = state.Now.MapFromBase.Inverse().Apply(targetInMap);
        var (pan, tilt) = (motion.Joints[0], motion.Joints[1]);
        var aim = HeadAim.Solve(frames.CameraInBase, target, (motion.Positions[0], motion.Positions[1]), (pan.Lower, pan.Upper), (tilt.Lower, tilt.Upper));
        if (aim.Error > OnTargetRadians) return GoalEnd.Aborted(new PointHead.Result());

        ImmutableArray<double> end = [aim.Pan, aim.Tilt];
        var seconds = Math.Max(0.05, goal.MinDuration.Nanoseconds / 1e9);
        for (var j = 0; j < 2; j++)
        {
            var speed = goal.MaxVelocity > 0 ? Math.Min(goal.MaxVelocity, motion.Joints[j].Velocity) : motion.Joints[j].Velocity;
            seconds = Math.Max(seconds, QuinticPeak * Math.Abs(end[j] - motion.Positions[j]) / speed);
        }
        motion.Follow(new([new(0, motion.Positions, motion.Velocities, [0, 0]), new(seconds, end, [0, 0], [0, 0])]));
        return null;
    }

    protected override GoalEnd<PointHead.Result>? Continue(double seconds)
    {
        if (motion.Overtime < 0) return null;
        if (IsStill && state.Now.Head.Select((q, j) => Math.Abs(q - motion.End[j])).All(off => off < SettledRadians))
            return GoalEnd.Succeeded(new PointHead.Result());
        return motion.Overtime > GraceSeconds ? GoalEnd.Aborted(new PointHead.Result()) : null;
    }

    protected override void Stop() => motion.Brake();

    protected override GoalEnd<PointHead.Result>? Stopping(double seconds) =>
        motion.Overtime >= 0 && IsStill ? GoalEnd.Canceled(new PointHead.Result()) : null;

    protected override PointHead.Feedback Feedback()
    {
        var camera = state.Now.MapFromBase * frames.CameraInBase(state.Now.Head[0], state.Now.Head[1]);
        return new() { PointingAngleError = HeadAim.AngleTo(camera, targetInMap) };
    }

    protected override PointHead.Result Broken(string why) => new();

    private bool IsStill => state.Now.HeadRates.All(v => Math.Abs(v) < StillRadiansPerSecond);
}
