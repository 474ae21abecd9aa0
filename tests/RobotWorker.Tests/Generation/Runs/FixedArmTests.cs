using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Video;
using RobotWorker.Plans;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Tests.Generation.Runs;

/// <summary>An arm of five joints that is screwed down: it works where it stands, and has nothing of a base that drives.</summary>
public sealed class FixedArmTests
{
    private static readonly Job Blocks = JobReader.Read(Repository.PathOf("sim/tasks/blocks-to-tray.yaml"), scene: null, new DiagnosticBag())!;

    [OneTimeSetUp]
    public void NeedsMuJoCo() => Simulator.Require();

    [Test]
    public void Blocks_AreBroughtIntoTheTray([Values(1000001, 1000002, 1000003)] int seed) => Bring(seed);

    [Test]
    [Category("Slow")]
    public void Bar_Blocks_OfFiftySeeds([Range(1000101, 1000150)] int seed) => Bring(seed);

    [Test]
    public void Base_StandsWhereTheSceneHasIt_WhateverTheArmDoes()
    {
        using var world = new SimWorld(SceneSampler.Sample(Blocks.Scene, 1), Blocks.Robot);
        var stood = world.LinkPose("base_link");
        world.Base.SetVelocity(1, 1, 1);
        world.Arm.SetTarget([0, 0.3, 0.3, 0.3, 1], [0, 0, 0, 0, 0]);

        world.Step(1000);

        Assert.That(world.LinkPose("base_link"), Is.EqualTo(stood));
        Assert.That((world.Base.Pose, world.Base.Velocity), Is.EqualTo((Blocks.Scene.Start, PlanarVelocity.Zero)));
        Assert.That(world.Arm.Encoder(1), Is.EqualTo(0.3).Within(0.02), "the arm moves all the same");
    }

    [Test]
    public void Graph_HasNothingOfABase_AndWhereItStandsIsAStaticTransform()
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        loop.Run(async () =>
        {
            var scene = SceneSampler.Sample(Blocks.Scene, 1);
            using var world = new SimWorld(scene, Blocks.Robot);
            var graph = new InProcessGraph(loop.Time);
            using var ros = graph.Connect("robot");
            using var robot = new SimulatedRobot(world, Blocks.Robot, scene, ros, loop.Time, 1, "test");
            TFMessage? heard = null;
            ros.Subscribe<TFMessage>("/tf_static", m => heard = m);

            robot.Start();
            await Task.Delay(TimeSpan.FromSeconds(2), loop.Time);

            Assert.That(ros.Topics.Select(t => t.Name), Has.None.AnyOf("/odom", "/cmd_vel", "/amcl_pose", "/battery_state", "/scan").And.Member("/joint_states").And.Member("/detections"));
            Assert.That(graph.Look().Actions.Select(a => a.Name), Is.EquivalentTo(["/arm_controller/follow_joint_trajectory", "/gripper_controller/gripper_cmd", "/head_controller/point_head_action"]));
            Assert.That(heard?.Transforms.Select(t => (t.Header.FrameId, t.ChildFrameId)), Has.Member(("map", "base_link")));
        });
    }

    [Test]
    public void Plan_ThatDrives_IsRefusedByName()
    {
        var bag = new DiagnosticBag();
        var file = Path.Combine(Directory.CreateTempSubdirectory("drives").FullName, "drives.yaml");
        File.WriteAllText(file, File.ReadAllText(Repository.PathOf("sim/tasks/blocks-to-tray.yaml"))
            .Replace("../scenes/", Repository.PathOf("sim/scenes/"), StringComparison.Ordinal)
            .Replace("  - {id: pick_red,", "  - {id: go, skill: navigate_to, args: {place: at_tray}, deadline: 60s}\n  - {id: pick_red,", StringComparison.Ordinal));

        Assert.That(JobReader.Read(file, scene: null, bag), Is.Null);
        Assert.That(bag.All.Select(d => d.Code), Does.Contain(Codes.NotOnRobot));
        Assert.That(bag.All.Single(d => d.Code == Codes.NotOnRobot).Message, Does.Contain("'navigate_to' needs the action 'navigate'").And.Contain("so101"));
    }

    [Test]
    public void Block_OutOfReach_IsRefusedByTheGrasp_NotByAnAccident()
    {
        var bag = new DiagnosticBag();
        var folder = Directory.CreateTempSubdirectory("far").FullName;
        var scene = Path.Combine(folder, "far.yaml");
        File.WriteAllText(scene, File.ReadAllText(Repository.PathOf("sim/scenes/desk.yaml"))
            .Replace("../robots/", Repository.PathOf("sim/robots/"), StringComparison.Ordinal)
            .Replace("y: [-0.21, -0.17]", "y: [0.20, 0.25]", StringComparison.Ordinal));
        var job = JobReader.Read(Repository.PathOf("sim/tasks/blocks-to-tray.yaml"), scene, bag)!;

        var result = Run(job, 1, folder);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.NeedsPerson), result.Report.Reason);
        Assert.That(result.Report.Steps.First(s => s.Id.EndsWith("pick_red", StringComparison.Ordinal)).Attempts, Is.Zero, "nobody reaches for what is out of reach");
        Assert.That(result.Report.Recoveries[0].Evidence, Does.Contain("reachable(robot, block_red) false"));
    }

    private static void Bring(int seed)
    {
        var folder = Directory.CreateTempSubdirectory("blocks").FullName;
        var result = Run(Blocks, seed, folder);

        Assert.That((result.Report.Outcome, result.Report.GoalMet), Is.EqualTo((EpisodeOutcome.Succeeded, (bool?)true)), result.Report.Reason);
        Assert.That(result.Report.Faults, Is.Empty, "nothing of it looks like a fault");
    }

    private static RunResult Run(Job job, int seed, string folder)
    {
        try
        {
            return new EpisodeRun(job, new((ulong)seed, Pace.Virtual, folder, VideoMode.None, []), _ => new AnswersPerson([], _ => { }), new()).Run();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
