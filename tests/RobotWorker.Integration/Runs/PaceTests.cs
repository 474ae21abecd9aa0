using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

[TestFixture]
public sealed class PaceTests
{
    private const string Short = """
        - {id: see, skill: look, args: {at: table}}
        - {id: go, skill: navigate_to, args: {place: table_side}}
        - {id: fold, skill: move_arm, args: {posture: carry}}
        """;

    [Test]
    [CancelAfter(60_000)]
    public void Run_AtWallPace_SucceedsAndTakesAsLongAsTheRobotsClockSays()
    {
        var folder = Path.Combine(Story.Folder, "wall");
        var plan = PlanFile.Write(folder, "short", Short);
        var start = TimeProvider.System.GetTimestamp();

        var result = RobotWorkerCommand.Run(["run", plan, "--plain", "--video", "none", "--pace", "wall", "--output", folder]);

        var took = TimeProvider.System.GetElapsedTime(start);
        Assert.That(result.ExitCode, Is.Zero, result.Errors + result.Output);
        var report = new ReportFile(Path.Combine(folder, "short-1.json"));
        Assert.That(report.Steps.Select(s => (string)s["observed"]!), Is.All.EqualTo("succeeded"));
        Assert.That(took.TotalSeconds, Is.GreaterThan(Trace.Of(report.Mcap).End.Seconds * 0.95));
    }
}
