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
        var job = JobReader.Read(Repository.PathOf("sim/tasks/tidy-table.yaml"), scene: null, new DiagnosticBag())!;
        var stop = new StopSwitch();
        stop.Press();

        var result = new EpisodeRun(job, new(1, Pace.Virtual, folder, VideoMode.None, []), _ => new AnswersPerson([], _ => { }), stop).Run();

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Stopped), result.Report.Reason);
        Assert.That(result.Report.Steps.Sum(s => s.Attempts), Is.Zero, "nothing was tried");
        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), Is.EqualTo(["tidy-table-1.json", "tidy-table-1.mcap"]));
        Directory.Delete(folder, recursive: true);
    }
}
