using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Video;
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

    private static Job TidyTable => JobReader.Read(Repository.PathOf("sim/tasks/tidy-table.yaml"), scene: null, new DiagnosticBag())!;
}
