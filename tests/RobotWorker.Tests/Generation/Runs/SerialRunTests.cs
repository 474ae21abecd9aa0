using RobotWorker.Chance;
using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Firmware.Arm;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Video;
using RobotWorker.Motion;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Faults.Hardware;
using RobotWorker.Sim.Scenes;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Tests.Generation.Runs;

/// <summary>Plan, skill, action, SerialArm, bytes, emulated Feetech servos, simulated arm, and back: the plan of the arm that is screwed down, over its servo bus.</summary>
public sealed class SerialRunTests
{
    private static readonly string File = Repository.PathOf("sim/robots/so101-desk.arm.yaml");

    [OneTimeSetUp]
    public void NeedsMuJoCo() => Simulator.Require();

    [Test]
    public void Blocks_OverTheBytesOfTheBus_AreBroughtIntoTheTray() => Bring(1000201, hot: false);

    [Test]
    public void ServoThatOverheats_IsStoppedBeforeItLetsGo_CoolsDown_AndThePlanGoesOn() => Bring(1000202, hot: true);

    // No camera: where each block stands was shown by hand, to a few millimetres.
    [Test]
    public void Blocks_WhereTheyWereTaught_AreBroughtIntoTheTray_WithoutACamera() => Bring(1000203, hot: false, taught: true);

    [Test]
    [Category("Slow")]
    public void Taught_OfTwentySeeds([Range(1000401, 1000420)] int seed) => Bring(seed, hot: false, taught: true);

    // The bar: thirty of thirty, one servo overheating in half of them.
    [Test]
    [Category("Slow")]
    public void Bar_OfThirtySeeds([Range(1000301, 1000330)] int seed) => Bring(seed, hot: seed % 2 == 0);

    [Test]
    public void Arm_WhoseServosAreNotThatRobotsJoints_IsRefusedByName()
    {
        var bag = new DiagnosticBag();
        var job = JobReader.Read(Repository.PathOf("sim/tasks/blocks-to-tray.yaml"), scene: null, bag)!;
        var driving = JobReader.Read(Repository.PathOf("sim/tasks/one-cup-to-shelf.yaml"), scene: null, bag)!;

        Assert.That(EpisodeRun.WhyNotOver(So101.Arm, job), Does.Contain("shoulder_pan").And.Contain("arm_joint_1"));
        Assert.That(EpisodeRun.WhyNotOver(Read(), driving), Does.Contain("'porter' drives"));
        Assert.That(EpisodeRun.WhyNotOver(Read(), job), Is.Null);
        Assert.That(EpisodeRun.WhyNotOver(Read(), job with { Faults = [HardwareFault.Standard("E_STOP", FaultTrigger.AtOnce, null)] }), Does.Contain("E_STOP").And.Contain("ARM_HOT"));
    }

    private static SerialArmDescription Read() => SerialArmReader.Read(System.IO.File.ReadAllText(File), File, new DiagnosticBag())!;

    private static TaughtArm Taught(Job job, ulong seed)
    {
        var chance = RandomStream.For(seed, "desk", "teaching");
        var body = ArmBody.Read(Read(), Read().Body!, System.IO.File.ReadAllText(Repository.PathOf("sim/robots/so101.urdf")), "so101.urdf", new DiagnosticBag())!;
        return new(body, TaughtPlaces.Of([.. SceneSampler.Sample(job.Scene, seed).Objects.Select(placed => new TaughtObject(placed.Object.Name, placed.Object.Class, placed.Object.Size,
            placed.Pose with { Position = placed.Pose.Position + new Vec3(Off(), Off(), Off()) }))],
            [.. job.Site.Containers.Select(container => container.Floor.Position.Z)]));

        // A hand that is led by another one stops a little beside the thing.
        double Off() => chance.Uniform(-0.003, 0.003);
    }

    private static void Bring(int seed, bool hot, bool taught = false)
    {
        var folder = Directory.CreateTempSubdirectory("serial").FullName;
        var plan = Path.Combine(folder, "blocks.yaml");
        System.IO.File.WriteAllText(plan, System.IO.File.ReadAllText(Repository.PathOf("sim/tasks/blocks-to-tray.yaml"))
            .Replace("scene: ../scenes/desk.yaml", $"scene: {Repository.PathOf("sim/scenes/desk.yaml")}{(hot ? $"\n  faults: [{Repository.PathOf("sim/faults/servo-hot.yaml")}]" : "")}", StringComparison.Ordinal));
        var job = JobReader.Read(plan, scene: null, new DiagnosticBag())!;

        var result = new EpisodeRun(job, new((ulong)seed, Pace.Virtual, folder, VideoMode.None, []) { SerialArm = Read(), Taught = taught ? Taught(job, (ulong)seed) : null }, _ => new AnswersPerson([], _ => { }), new()).Run();

        Directory.Delete(folder, recursive: true);
        Assert.That(result.Notices, Is.Empty);
        Assert.That((result.Report.Outcome, result.Report.GoalMet), Is.EqualTo((EpisodeOutcome.Succeeded, (bool?)true)), string.Join("\n", result.Report.Recoveries.Select(r => $"{r.Step}: {r.Evidence}")));
        Assert.That(result.Report.Faults.Select(f => f.Code), hot ? Is.EqualTo(["ARM_HOT"]) : Is.Empty);
        if (hot) Assert.That(result.Report.Faults[0].HealedAt, Is.Not.Null, "it cooled down");
    }
}
