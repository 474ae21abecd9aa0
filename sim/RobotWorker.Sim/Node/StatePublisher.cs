using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Ros.Messages.Tf2Msgs;

namespace RobotWorker.Sim.Node;

/// <summary>
/// Tells what the robot's encoders and odometry say: /joint_states, /odom and /tf, all of one instant. Localisation is exact: map and odom
/// coincide, and the wheels do not slip unnoticed. The errors of this robot's senses are the detector's.
/// </summary>
internal sealed class StatePublisher : IDisposable
{
    private static readonly ImmutableArray<double> NoCovariance = [.. new double[36]];

    private readonly IPublisher<JointState> joints;
    private readonly IPublisher<Odometry> odometry;
    private readonly IPublisher<TFMessage> transforms;
    private readonly RobotState state;
    private readonly RobotFrames frames;
    private readonly ImmutableArray<string> names;

    public StatePublisher(IRosConnection ros, RobotState state, RobotFrames frames, ImmutableArray<string> armJoints)
    {
        (this.state, this.frames) = (state, frames);
        names = [.. armJoints, RobotNames.Gripper, RobotNames.Pan, RobotNames.Tilt];
        joints = ros.Advertise<JointState>("/joint_states");
        odometry = ros.Advertise<Odometry>("/odom");
        transforms = ros.Advertise<TFMessage>("/tf");
    }

    public void Publish()
    {
        var now = state.Now;
        var stamp = now.Time.ToMessage();
        transforms.Publish(new()
        {
            Transforms =
            [
                Transform(RobotNames.Map, RobotNames.Odom, Motion.Pose.Identity),
                Transform(RobotNames.Odom, RobotNames.BaseLink, now.MapFromBase),
                .. frames.Tree.Moving(frames.Position).Select(t => Transform(t.Parent, t.Child, t.Pose)),
            ],
        });
        joints.Publish(new()
        {
            Header = new() { Stamp = stamp },
            Name = names,
            Position = [.. now.Arm, now.Gripper.Width, .. now.Head],
            Velocity = [.. now.ArmRates, now.Gripper.Speed, .. now.HeadRates],
            Effort = [.. now.ArmEfforts, now.Gripper.MeasuredForce, 0, 0],
        });
        var speed = now.Velocity.Linear.Turned(-now.Yaw);
        odometry.Publish(new()
        {
            Header = new() { Stamp = stamp, FrameId = RobotNames.Odom },
            ChildFrameId = RobotNames.BaseLink,
            Pose = new() { Pose = now.MapFromBase.ToMessage(), Covariance = NoCovariance },
            Twist = new()
            {
                Twist = new() { Linear = new() { X = speed.X, Y = speed.Y }, Angular = new() { Z = now.Velocity.Turn } },
                Covariance = NoCovariance,
            },
        });

        TransformStamped Transform(string parent, string child, Motion.Pose pose) => new()
        {
            Header = new() { Stamp = stamp, FrameId = parent },
            ChildFrameId = child,
            Transform = pose.ToTransform(),
        };
    }

    public void Dispose()
    {
        joints.Dispose();
        odometry.Dispose();
        transforms.Dispose();
    }
}
