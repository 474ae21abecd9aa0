using System.Collections.Immutable;
using RobotWorker.Controllers.Servers;
using RobotWorker.Motion;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Sim.Physics;

namespace RobotWorker.Sim.Node;

/// <summary>Tells what the robot's encoders, odometry and localisation say: /joint_states, /odom and /tf, all of one instant.</summary>
internal sealed class StatePublisher : IDisposable
{
    private static readonly ImmutableArray<double> NoCovariance = [.. new double[36]];

    private readonly IPublisher<JointState> joints;
    private readonly IPublisher<Odometry>? odometry;
    private readonly IPublisher<TFMessage> transforms;
    private readonly RobotState state;
    private readonly RobotFrames frames;
    private readonly ImmutableArray<string> all;
    private readonly ImmutableArray<string> withoutArm = [RobotNames.Gripper, RobotNames.Pan, RobotNames.Tilt];
    private readonly ImmutableArray<string> armLinks;

    /// <param name="baseMoves">Else there is no odometry, and where the base stands is told once.</param>
    public StatePublisher(IRosConnection ros, RobotState state, RobotFrames frames, ImmutableArray<string> armJoints, bool baseMoves)
    {
        (this.state, this.frames) = (state, frames);
        all = [.. armJoints, .. withoutArm];
        armLinks = [.. armJoints.Select((_, i) => $"arm_link_{i + 1}")];
        joints = ros.Advertise<JointState>("/joint_states");
        odometry = baseMoves ? ros.Advertise<Odometry>("/odom") : null;
        transforms = ros.Advertise<TFMessage>("/tf");
    }

    /// <param name="wrong">Who is silent: transforms of joints are made of joint states, and go with them.</param>
    public void Publish(Impairment wrong)
    {
        if (!wrong.TransformsSilent) transforms.Publish(TransformMessages.Of(Transforms(wrong), state.Now.Time));
        if (!wrong.JointsSilent) joints.Publish(Joints(!wrong.ArmControllerDown));
        if (!wrong.OdometrySilent) odometry?.Publish(Odometry());
    }

    public void Dispose()
    {
        joints.Dispose();
        odometry?.Dispose();
        transforms.Dispose();
    }

    private IEnumerable<(string Parent, string Child, Pose Pose)> Transforms(Impairment wrong)
    {
        if (odometry is not null && !wrong.LocalizationSilent) yield return (RobotNames.Map, RobotNames.Odom, state.Now.MapFromOdom.ToPose());
        if (odometry is not null && !wrong.OdometrySilent) yield return (RobotNames.Odom, RobotNames.BaseLink, state.Now.OdomFromBase.ToPose());
        if (wrong.JointsSilent) yield break;
        foreach (var moving in frames.Tree.Moving(frames.Position))
            if (!wrong.ArmControllerDown || !armLinks.Contains(moving.Child)) yield return moving;
    }

    private JointState Joints(bool withArm)
    {
        var now = state.Now;
        return new()
        {
            Header = new() { Stamp = now.Time.ToMessage() },
            Name = withArm ? all : withoutArm,
            Position = [.. withArm ? now.Arm : [], now.Gripper.Width, .. now.Head],
            Velocity = [.. withArm ? now.ArmRates : [], now.Gripper.Speed, .. now.HeadRates],
            Effort = [.. withArm ? now.ArmEfforts : [], now.Gripper.MeasuredForce, 0, 0],
        };
    }

    private Odometry Odometry()
    {
        var now = state.Now;
        return new()
        {
            Header = new() { Stamp = now.Time.ToMessage(), FrameId = RobotNames.Odom },
            ChildFrameId = RobotNames.BaseLink,
            Pose = new() { Pose = now.OdomFromBase.ToPose().ToMessage(), Covariance = NoCovariance },
            Twist = new()
            {
                Twist = new() { Linear = new() { X = now.Speed.X, Y = now.Speed.Y }, Angular = new() { Z = now.Speed.Turn } },
                Covariance = NoCovariance,
            },
        };
    }
}
