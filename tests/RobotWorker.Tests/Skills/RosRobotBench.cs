using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Execution;
using RobotWorker.Execution.Shell;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Skills;
using RobotWorker.Skills.Policies;
using RobotWorker.Skills.Profile;
using RobotWorker.Tests.Ros;
using RobotWorker.World;

namespace RobotWorker.Tests.Skills;

/// <summary>The robot as the executor sees it, before a robot that only talks and servers that do as the test says.</summary>
internal sealed class RosRobotBench
{
    // The test's arm stands on the floor: what it works on is low.
    private static readonly SiteMap Site = Workshop.Site with { Surfaces = [new("stool", Workshop.At(0.5, 0, 0.25), 0.3, 0.3)] };

    private TimeSpan began;

    public RosRobotBench(OnLoop world, RosDialect dialect = RosDialect.Ros2, RobotProfile? profile = null, IPolicySource? policies = null)
    {
        World = world;
        Puppet = new(world);
        Puppet.Ros.Advertise<RobotWorker.Ros.Messages.StdMsgs.String>("/robot_description", Qos.Latched).Publish(new() { Data = Motion.Arm.Urdf });
        Puppet.Ros.Subscribe<Twist>("/cmd_vel", Commanded.Add);
        Wheels = new(world, _ => new() { ErrorCode = 9000, ErrorMsg = "a chair stands there" });
        Puppet.Ros.AdvertiseAction("/navigate_to_pose", Wheels);
        Fingers = new(world, _ => new() { Position = FingersOpenTo });
        Puppet.Ros.AdvertiseAction("/gripper_controller/gripper_cmd", Fingers);
        Arm = new(world, _ => new());
        Puppet.Ros.AdvertiseAction("/arm_controller/follow_joint_trajectory", Arm);
        Head = new(world, _ => new());
        Puppet.Ros.AdvertiseAction("/head_controller/point_head_action", Head);
        Robot = Connected(world, Inbox, dialect, profile: profile, policies: policies);
    }

    public OnLoop World { get; }

    public Puppet Puppet { get; }

    public Inbox Inbox { get; } = new();

    public List<Twist> Commanded { get; } = [];

    public List<string> Calls { get; } = [];

    public ScriptedServer<NavigateToPose.Goal, NavigateToPose.Result, NavigateToPose.Feedback> Wheels { get; }

    public ScriptedServer<GripperCommandAction.Goal, GripperCommandAction.Result, GripperCommandAction.Feedback> Fingers { get; }

    public ScriptedServer<FollowJointTrajectory.Goal, FollowJointTrajectory.Result, FollowJointTrajectory.Feedback> Arm { get; }

    public ScriptedServer<PointHead.Goal, PointHead.Result, PointHead.Feedback> Head { get; }

    /// <summary>Metres.</summary>
    public double FingersOpenTo { get; set; } = 0.085;

    public RosRobot Robot { get; }

    public string Episode { get; } = RobotWorker.Episodes.Episode.Of("test", 0, 1).Id;

    /// <summary>Since the story began.</summary>
    public TimeSpan Since => World.Loop.Elapsed - began;

    public void Begin() => began = World.Loop.Elapsed;

    public static RosRobot Connected(OnLoop world, Inbox inbox, RosDialect dialect = RosDialect.Ros2, string node = "worker", Resumption? resumption = null, RobotProfile? profile = null, IPolicySource? policies = null) => new(
        world.Graph.Connect(node), (profile ?? Workshop.Profile with { Names = Workshop.Profile.Names with { Mode = "/operating_mode" } }).On(dialect), Site, Workshop.Catalogue, RobotWorker.Episodes.Episode.Of("test", 0, 1).Id,
        RandomStream.For(1, "test", "arm"), inbox, _ => { }, resumption: resumption, policies: policies);

    public static Attempt AttemptOf(string episode, string skill, string path, double deadline, string place, int number = 1) => new(
        episode, path, number, 0, null, skill, ImmutableSortedDictionary<string, string>.Empty.Add("place", place), TimeSpan.FromSeconds(deadline),
        WorldModel.Empty(Workshop.Predicates));

    public Attempt Attempt(string skill, string path, double deadline) => AttemptOf(Episode, skill, path, deadline, "table_side");

    /// <param name="arguments">As in <c>object=cup_red target=stool</c>.</param>
    public Task<AttemptReport> Do(string skill, string arguments) => Robot.AttemptAsync(
        Attempt(skill, "root/do", 60) with
        {
            Arguments = arguments.Split(' ').Select(a => a.Split('=')).ToImmutableSortedDictionary(a => a[0], a => a[1]),
        },
        default);

    public Task<AttemptReport> Drive(double deadline = 60, string place = "table_side", int number = 1, CancellationToken cancel = default) =>
        Robot.AttemptAsync(AttemptOf(Episode, "navigate_to", "root/go", deadline, place, number), cancel);

    public List<IDisposable> OfferStop(bool succeeds = true) => [Offer("/protective_stop", "stop", succeeds), Offer("/protective_stop_release", "release", succeeds)];

    private IDisposable Offer(string service, string name, bool succeeds) => Puppet.Ros.AdvertiseService(Trigger.Type, service, (_, _) =>
    {
        Calls.Add(name);
        return Task.FromResult(new Trigger.Response { Success = succeeds });
    });

    public static void Run(Func<RosRobotBench, Task> story, RobotProfile? profile = null, IPolicySource? policies = null) => OnLoop.Run(async world =>
    {
        var bench = new RosRobotBench(world, profile: profile, policies: policies);
        using var robot = bench.Robot;
        Assert.That(await robot.ConnectAsync(TimeSpan.FromSeconds(2), default), Is.Null);
        await world.Seconds(0.5);
        bench.Commanded.Clear();
        bench.Begin();
        await story(bench);
    });
}
