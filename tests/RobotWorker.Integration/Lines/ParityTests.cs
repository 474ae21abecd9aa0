using System.Collections.Concurrent;
using RobotWorker.Episodes;
using RobotWorker.Generation.Runs;
using RobotWorker.Integration.Ros1;
using RobotWorker.Integration.Runs;
using RobotWorker.Ros.Codecs;
using RobotWorker.Sim.Sensors;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Lines;

/// <summary>The main job over a wire goes as it goes in process: nothing above the connection can tell whether there is one.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Children)]    // a paced run mostly waits for the wire
public sealed class ParityTests
{
    private const string Fault = "sim/faults/gripper-force-loss-lifted.yaml";

    private static readonly Lazy<Job> Main = new(() => WiredRun.Read(Repository.PathOf(Story.Task), Fault));
    private static readonly ConcurrentDictionary<ulong, RunResult> InProcess = new();

    /// <summary>What is between the worker and its robot.</summary>
    public enum Wire
    {
        RosbridgeRos2,
        RosbridgeRos1,
        Ros1,
    }

    // One seed on each of the two wires that the project speaks; all ten of them, the other dialect, which differs in its codec alone, and noise in the Slow category.
    [TestCase(1, Wire.RosbridgeRos2)]
    [TestCase(2, Wire.Ros1)]
    [CancelAfter(300_000)]
    public void TidyTable_OverAWire_GoesAsInProcess(int seed, Wire wire) => Compare((ulong)seed, wire);

    [Test]
    [Category("Slow")]
    [CancelAfter(300_000)]
    public void TidyTable_TenSeedsOverAWire_GoesAsInProcess([Range(1, 10)] int seed, [Values(Wire.RosbridgeRos2, Wire.Ros1)] Wire wire) => Compare((ulong)seed, wire);

    [Test]
    [Category("Slow")]
    [CancelAfter(600_000)]
    public void TidyTable_TenSeedsOverAWireOfTheOtherDialect_GoesAsInProcess([Range(1, 10)] int seed) => Compare((ulong)seed, Wire.RosbridgeRos1);

    [Test]
    [Category("Slow")]
    [CancelAfter(600_000)]
    public void TidyTable_TenSeedsOverAWireWithNoise_MeetsItsGoalInTruth([Range(1, 10)] int seed, [Values] Wire wire) => Meet((ulong)seed, wire);

    private static void Compare(ulong seed, Wire wire)
    {
        var folder = Path.Combine(Story.Folder, "parity", $"{wire}-{seed}");
        var inProcess = InProcess.GetOrAdd(seed, _ => WiredRun.InProcess(Main.Value, seed, Path.Combine(folder, "in-process"), DetectorNoise.None));
        var (wired, met) = Wired(seed, Path.Combine(folder, "wired"), DetectorNoise.None, wire);

        Assert.That(WiredRun.Decisions(inProcess), Does.Contain("pick_blue"), "the fault strikes, and is decided on");
        Assert.That(WiredRun.Outcomes(wired), Is.EqualTo(WiredRun.Outcomes(inProcess)), () => WiredRun.Story(wired));
        Assert.That(WiredRun.Decisions(wired), Is.EqualTo(WiredRun.Decisions(inProcess)), () => WiredRun.Story(wired));
        Assert.That(Invariants.Broken(wired, Main.Value.Plan), Is.Empty, () => WiredRun.Story(wired));
        Assert.That(met, Is.True);
        Assert.That(wired.Report.GoalMet, Is.Null, "a worker behind a wire has no truth to ask");
    }

    private static void Meet(ulong seed, Wire wire)
    {
        var (wired, met) = Wired(seed, Path.Combine(Story.Folder, "noisy", $"{wire}-{seed}"), DetectorNoise.Default, wire);

        Assert.That(wired.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), () => WiredRun.Story(wired));
        Assert.That(Invariants.Broken(wired, Main.Value.Plan), Is.Empty, () => WiredRun.Story(wired));
        Assert.That(met, Is.True);
    }

    private static (RunResult Run, bool? Met) Wired(ulong seed, string folder, DetectorNoise noise, Wire wire)
    {
        using var master = wire == Wire.Ros1 ? RosMaster.Start() : null;
        var dialect = wire == Wire.RosbridgeRos1 ? RosDialect.Ros1 : RosDialect.Ros2;
        var pacer = new Pacer(loops: 2);
        using var robot = new ServedRobot(
            new(Main.Value.Scene, Main.Value.Robot),
            new(seed, pacer.Clock()) { Dialect = dialect, Master = master?.Uri, Detector = noise, Faults = Main.Value.Faults });
        var wired = WiredRun.Over(
            robot.Address, Main.Value, seed, folder, pacer.Clock(), dialect, begins: run => pacer.IsCaughtUp = () => run.Now >= robot.Now);
        pacer.IsCaughtUp = () => true;
        return (wired, robot.Holds(Main.Value.Plan.Goal!));
    }
}
