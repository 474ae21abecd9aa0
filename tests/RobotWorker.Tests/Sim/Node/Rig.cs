using System.Security.Cryptography;
using System.Text;
using RobotWorker.Diagnostics;
using RobotWorker.MuJoCo;
using RobotWorker.Motion;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Faults.Hardware;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Truth;
using RobotWorker.Testing;
using RobotWorker.Time;
using Pose = RobotWorker.Motion.Pose;

namespace RobotWorker.Tests.Sim.Node;

/// <summary>The simulated robot in the kitchen, with a client's connection beside it, inside an episode loop.</summary>
internal sealed class Rig : IMessageTap
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FaultInjector faults;
    private int goals;

    private Rig(EpisodeLoop loop, InProcessGraph graph, SimWorld world, SimulatedRobot robot)
    {
        (Loop, World, Robot) = (loop, world, robot);
        var truth = new TruthLog(world);
        faults = new(world, truth, []);
        robot.StepDone += () =>
        {
            truth.Step();
            faults.Step();
        };
        Client = graph.Connect("test");
        Client.Subscribe<Odometry>("/odom", m => Odometry = m);
        Client.Subscribe<JointState>("/joint_states", m => Joints = m);
        Client.Tap(this);
    }

    public EpisodeLoop Loop { get; }

    public SimWorld World { get; }

    public SimulatedRobot Robot { get; }

    public IRosConnection Client { get; }

    public Odometry Odometry { get; private set; } = Odometry.Default;

    public JointState Joints { get; private set; } = JointState.Default;

    public int Messages { get; private set; }

    /// <summary>Of topic and bytes of everything published so far.</summary>
    public string Hash => Convert.ToHexString(hash.GetCurrentHash());

    /// <summary>Metres a second, and the turn in radians a second: whether the base moves.</summary>
    public double Motion => Math.Abs(Odometry.Twist.Twist.Linear.X) + Math.Abs(Odometry.Twist.Twist.Linear.Y) + Math.Abs(Odometry.Twist.Twist.Angular.Z);

    public static void Run(Func<Rig, Task> test, ulong seed = 1, Pace pace = Pace.Virtual, SimulatedRobotOptions? options = null, bool throughCdr = false) => Run(async rig =>
    {
        await test(rig);
        return true;
    }, seed, pace, options, throughCdr);

    public static T Run<T>(
        Func<Rig, Task<T>> test, ulong seed = 1, Pace pace = Pace.Virtual, SimulatedRobotOptions? options = null, bool throughCdr = false)
    {
        var (scene, robot) = (Kitchen(), Porter());
        var loop = new EpisodeLoop(pace);
        return loop.Run(async () =>
        {
            var instance = SceneSampler.Sample(scene, seed);
            using var world = new SimWorld(instance, robot);
            var graph = new InProcessGraph(loop.Time, throughCdr);
            using var connection = graph.Connect("robot");
            using var simulated = new SimulatedRobot(world, robot, instance, connection, loop.Time, seed, "test", options);
            var rig = new Rig(loop, graph, world, simulated);
            simulated.Start();
            return await test(rig);
        });
    }

    public static SceneDescription Kitchen() =>
        Read(SceneReader.Read, "sim/scenes/kitchen.yaml");

    public static RobotDescription Porter() =>
        Read(RobotReader.Read, "sim/robots/porter.yaml");

    public Task Wait(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Loop.Time);

    public async Task<bool> Until(Func<bool> condition, double seconds)
    {
        for (var waited = 0.0; waited < seconds && !condition(); waited += 0.02) await Wait(0.02);
        return condition();
    }

    public IGoalHandle<NavigateToPose.Result> Navigate(double x, double y, double yaw, Action<NavigateToPose.Feedback>? feedback = null, string frame = "map") =>
        Client.ActionClient(NavigateToPose.Type, "/navigate_to_pose").Send(Id(), new()
        {
            Pose = new()
            {
                Header = new() { FrameId = frame },
                Pose = new() { Position = new() { X = x, Y = y }, Orientation = new() { Z = Math.Sin(yaw / 2), W = Math.Cos(yaw / 2) } },
            },
        }, feedback);

    public IGoalHandle<FollowJointTrajectory.Result> Follow(IEnumerable<double> posture, double seconds, IEnumerable<string>? names = null) =>
        Client.ActionClient(FollowJointTrajectory.Type, "/arm_controller/follow_joint_trajectory").Send(Id(), new()
        {
            Trajectory = new()
            {
                JointNames = [.. names ?? Enumerable.Range(1, 7).Select(i => $"arm_joint_{i}")],
                Points = [new()
                {
                    Positions = [.. posture],
                    Velocities = [.. posture.Select(_ => 0.0)],
                    Accelerations = [.. posture.Select(_ => 0.0)],
                    TimeFromStart = RobotWorker.Ros.Messages.BuiltinInterfaces.Duration.From(TimeSpan.FromSeconds(seconds)),
                }],
            },
        });

    public IGoalHandle<GripperCommandAction.Result> Grip(double width, double force) =>
        Client.ActionClient(GripperCommandAction.Type, "/gripper_controller/gripper_cmd")
            .Send(Id(), new() { Command = new() { Position = width, MaxEffort = force } });

    public IGoalHandle<PointHead.Result> Look(Vec3 at, string frame = "map") =>
        Client.ActionClient(PointHead.Type, "/head_controller/point_head_action").Send(Id(), new()
        {
            Target = new() { Header = new() { FrameId = frame }, Point = new() { X = at.X, Y = at.Y, Z = at.Z } },
            PointingAxis = new() { Z = 1 },
            PointingFrame = "head_camera_optical_frame",
        });

    public Task<Trigger.Response> Call(string service) => Client.CallServiceAsync(Trigger.Type, service, new(), Patience);

    /// <summary>Breaks the robot, for so many seconds or until <see cref="Repair"/>.</summary>
    public void Break(string fault, double? seconds = null, params (string Parameter, double Value)[] values) => faults.Inject(
        values.Aggregate(HardwareFault.Standard(fault, FaultTrigger.AtOnce, seconds is { } s ? TimeSpan.FromSeconds(s) : null), (so, value) => so.With(value.Parameter, value.Value)));

    /// <summary>Ends all faults.</summary>
    public void Repair() => faults.Clear();

    public double[] Arm => [.. Joints.Position.Take(7)];

    public double Width => Joints.Position[7];

    /// <summary>Puts an object somewhere, at rest: the hand of the test.</summary>
    public void Put(string name, Pose pose)
    {
        var joint = World.Model.BodyFirstJoint(World.Model.Id(MjObject.Body, name));
        var (p, q) = (pose.Position, pose.Rotation);
        new[] { p.X, p.Y, p.Z, q.W, q.X, q.Y, q.Z }.CopyTo(World.Data.Qpos[World.Model.JointQposAddress(joint)..]);
        World.Data.Qvel.Slice(World.Model.JointDofAddress(joint), 6).Clear();
    }

    void IMessageTap.Saw(in TappedMessage message)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(message.Topic.Name));
        hash.AppendData(Cdr.Serialize(message.Message));
        Messages++;
    }

    private Guid Id() => new(++goals, 0, 0, new byte[8]);

    private static T Read<T>(Func<string, string, DiagnosticBag, T?> reader, string file) where T : class
    {
        var bag = new DiagnosticBag();
        return reader(File.ReadAllText(Repository.PathOf(file)), file, bag) ?? throw new AssertionException(string.Join("\n", bag.All));
    }
}
