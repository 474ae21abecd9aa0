using RobotWorker.Episodes;
using RobotWorker.Generation.Runs;
using RobotWorker.Integration.Runs;
using RobotWorker.Ros.Codecs;
using RobotWorker.Sim.Sensors;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Lines;

/// <summary>The main job over a wire goes as it goes in process: nothing above the connection can tell whether there is one.</summary>
[TestFixture]
public sealed class ParityTests
{
    private const string Fault = "sim/faults/gripper-force-loss-lifted.yaml";

    private static readonly Lazy<Job> Main = new(() => WiredRun.Read(Repository.PathOf(Story.Task), Fault));

    [TestCase(RosDialect.Ros2)]
    [CancelAfter(180_000)]
    public void TidyTable_OverRosbridge_GoesAsInProcess(RosDialect dialect) => Compare(1, dialect);

    [Test]
    [Category("Slow")]
    [CancelAfter(1_800_000)]
    public void TidyTable_TenSeedsOverRosbridge_GoesAsInProcess([Range(1, 10)] int seed) => Compare((ulong)seed, RosDialect.Ros2);

    [TestCase(2)]
    [CancelAfter(180_000)]
    public void TidyTable_OverRosbridgeWithNoise_MeetsItsGoalInTruth(int seed) => Meet((ulong)seed);

    [Test]
    [Category("Slow")]
    [CancelAfter(1_800_000)]
    public void TidyTable_TenSeedsOverRosbridgeWithNoise_MeetsItsGoalInTruth([Range(1, 10)] int seed) => Meet((ulong)seed);

    private static void Compare(ulong seed, RosDialect dialect)
    {
        var folder = Path.Combine(Story.Folder, "parity", $"{dialect}-{seed}");
        var inProcess = WiredRun.InProcess(Main.Value, seed, Path.Combine(folder, "in-process"), DetectorNoise.None);
        var (wired, met) = Wired(seed, Path.Combine(folder, "wired"), DetectorNoise.None, dialect);

        Assert.That(WiredRun.Decisions(inProcess), Does.Contain("pick_blue"), "the fault strikes, and is decided on");
        Assert.That(WiredRun.Outcomes(wired), Is.EqualTo(WiredRun.Outcomes(inProcess)), () => WiredRun.Story(wired));
        Assert.That(WiredRun.Decisions(wired), Is.EqualTo(WiredRun.Decisions(inProcess)), () => WiredRun.Story(wired));
        Assert.That(met, Is.True);
        Assert.That(wired.Report.GoalMet, Is.Null, "a worker behind a wire has no truth to ask");
    }

    private static void Meet(ulong seed, RosDialect dialect = RosDialect.Ros2)
    {
        var (wired, met) = Wired(seed, Path.Combine(Story.Folder, "noisy", $"{seed}"), DetectorNoise.Default, dialect);

        Assert.That(wired.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), () => WiredRun.Story(wired));
        Assert.That(met, Is.True);
    }

    private static (RunResult Run, bool? Met) Wired(ulong seed, string folder, DetectorNoise noise, RosDialect dialect)
    {
        var pacer = new Pacer(loops: 2);
        using var robot = new ServedRobot(
            new(Main.Value.Scene, Main.Value.Robot), new(seed, pacer.Clock()) { Dialect = dialect, Detector = noise, Faults = Main.Value.Faults });
        var wired = WiredRun.OverRosbridge(
            Main.Value, seed, folder, robot.Endpoint.Port, pacer.Clock(), dialect, begins: run => pacer.IsCaughtUp = () => run.Now >= robot.Now);
        pacer.IsCaughtUp = () => true;
        return (wired, robot.Holds(Main.Value.Plan.Goal!));
    }
}
