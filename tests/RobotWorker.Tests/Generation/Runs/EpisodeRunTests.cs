using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Scoring;
using RobotWorker.Generation.Video;
using RobotWorker.Recording.Mcap;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Faults.Hardware;
using RobotWorker.Skills.Profile;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Tests.Generation.Runs;

public sealed class EpisodeRunTests
{
    [OneTimeSetUp]
    public void NeedsMuJoCo() => Simulator.Require();

    [Test]
    public void Run_StoppedWhileItSetsUp_EndsStoppedWithWholeFiles()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var stop = new StopSwitch();
        stop.Press();

        var result = new EpisodeRun(TidyTable, new(1, Pace.Virtual, folder, VideoMode.None, []), _ => new AnswersPerson([], _ => { }), stop).Run();

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Stopped), result.Report.Reason);
        Assert.That(result.Report.Steps.Sum(s => s.Attempts), Is.Zero, "nothing was tried");
        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), Is.EqualTo(["tidy-table-1.json", "tidy-table-1.mcap"]));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Run_TheRobotSaysNothingInTime_IsNotReadyAndSaysWhatIsMissing()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var options = new RunOptions(1, Pace.Virtual, folder, VideoMode.None, []) { ConnectDeadline = TimeSpan.FromMilliseconds(1) };

        Assert.That(() => new EpisodeRun(TidyTable, options, _ => new AnswersPerson([], _ => { }), new()).Run(), Throws.TypeOf<RobotNotReadyException>()
            .With.Message.Contains("within 0.001 s the robot did not publish /").And.Message.Contains("See that").And.Message.Contains("It was not moved."));
        Directory.Delete(folder, recursive: true);
    }

    // The same monitor over the episode's own recording says the same again; and what was heard around the fault is kept.
    [TestCase("LIDAR_SILENT")]
    [TestCase("BASE_DRIVE_FAULT")]
    [TestCase("NAVIGATION_DOWN")]
    public void Recording_OfAnEpisodeWithAFault_ReplaysToTheSameNotes_AndHoldsTheFreezeFrame(string code)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var patrol = JobReader.Read(Repository.PathOf("sim/tasks/patrol.yaml"), scene: null, new DiagnosticBag())!;
        var job = patrol with { Faults = [HardwareFault.Standard(code, FaultTrigger.AtOnce with { After = TimeSpan.FromSeconds(5) }, TimeSpan.FromSeconds(3))] };

        var result = new EpisodeRun(job, new(1000401, Pace.Virtual, folder, VideoMode.None, []), _ => new AnswersPerson([], _ => { }), new()).Run();
        var recording = McapReader.Read(Path.Combine(folder, "patrol-1000401.mcap"));
        var replay = FaultReplay.Of(recording, RosNames.Standard, Porter.Faults);
        Directory.Delete(folder, recursive: true);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(FaultReplay.ArmIn(recording, RosNames.Standard), Is.EqualTo(job.Robot.ArmJointNames), "a recording says by itself which joints there are");
        Assert.That(replay.Recorded.Select(n => (n.Code, n.Stage)), Is.SupersetOf([(code, FaultStage.Confirmed), (code, FaultStage.Cleared)]));
        Assert.That(replay.Replayed, Is.EqualTo(replay.Recorded));
        Assert.That(recording.Attachments.Select(a => a.Name), Has.Some.StartsWith($"freeze-frame-{code}-"));
    }

    private static Job TidyTable => JobReader.Read(Repository.PathOf("sim/tasks/tidy-table.yaml"), scene: null, new DiagnosticBag())!;
}
