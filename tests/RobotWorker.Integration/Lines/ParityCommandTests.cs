using System.Text.Json.Nodes;
using RobotWorker.Integration.Runs;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary><c>robotworker parity</c>, as people call it.</summary>
[TestFixture]
public sealed class ParityCommandTests
{
    private const string Stretch = """
        - {id: stretch, skill: move_arm, args: {posture: home}}
        - {id: fold, skill: move_arm, args: {posture: carry}}
        """;

    [Test]
    [CancelAfter(120_000)]
    public void TheSimulatedRobotInProcessAndBehindRosbridge_AreCompared_AndTheirRecordingsOnceMore()
    {
        var folder = Path.Combine(Story.Folder, "parity-command");
        var plan = PlanFile.Write(folder, "stretch", Stretch);
        var job = WiredRun.Read(plan);
        using var robot = new ServedRobot(new(job.Scene, job.Robot), new(1, WallClock.Real));

        var result = RobotWorkerCommand.Run(["parity", plan, "--a", "sim", "--b", robot.Address, "--output", folder]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors + result.Output);
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "parity.json")))!;
        Assert.That(((string?)report["a"]!["backend"], (string?)report["b"]!["backend"]), Is.EqualTo(("mujoco", "rosbridge")));
        Assert.That(((string?)report["a"]!["outcome"], (string?)report["b"]!["outcome"]), Is.EqualTo(("succeeded", "succeeded")), result.Output);
        Assert.That((double?)report["rmse_metres"], Is.GreaterThan(0).And.LessThan(0.2), result.Output);
        Assert.That(report["latencies"]!.AsArray().Select(l => (int)l!["b"]!["count"]!), Is.All.GreaterThan(0), result.Output);
        Assert.That(File.ReadAllText(Path.Combine(folder, "parity.html")), Does.Contain("Goal sent to accepted"));

        var again = RobotWorkerCommand.Run(["parity", "--a", Path.Combine(folder, "a"), "--b", Path.Combine(folder, "b"), "--output", Path.Combine(folder, "again"), "--json", Path.Combine(folder, "copy.json")]);

        Assert.That(again.ExitCode, Is.Zero, again.Errors + again.Output);
        Assert.That(ReportIn("copy.json"), Is.EqualTo(ReportIn("parity.json")), "what was recorded says all of it");

        // But what the sides were called.
        string[] ReportIn(string name) => [.. File.ReadLines(Path.Combine(folder, name)).Where(line => !line.TrimStart().StartsWith("\"source\"", StringComparison.Ordinal))];
    }

    [Test]
    [CancelAfter(120_000)]
    public void APlanThatFailsOnOneSide_IsComparedAllTheSame()
    {
        var folder = Path.Combine(Story.Folder, "parity-fails");
        var plan = PlanFile.Write(folder, "stretch", Stretch);

        var result = RobotWorkerCommand.Run(["parity", plan, "--a", "sim", "--b", "sim", "--vary-b", "joint_damping=20", "--output", folder]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors + result.Output);
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "parity.json")))!;
        Assert.That((string?)report["a"]!["outcome"], Is.EqualTo("succeeded"), result.Output);
        Assert.That((string?)report["b"]!["outcome"], Is.Not.EqualTo("succeeded"), result.Output);
        Assert.That(report["phases"]!.AsArray().Select(p => p!["b"] is null), Does.Contain(true), "it did not come to the last step");
    }

    [Test]
    [CancelAfter(60_000)]
    public void AnAddressAtWhichThereIsNobody_IsNotReady()
    {
        var folder = Path.Combine(Story.Folder, "parity-nobody");
        var plan = PlanFile.Write(folder, "stretch", Stretch);

        var result = RobotWorkerCommand.Run(["parity", plan, "--a", "ws://127.0.0.1:1", "--b", "sim", "--output", folder]);

        Assert.That(result.ExitCode, Is.EqualTo(69), result.Errors + result.Output);
        Assert.That(result.Errors, Does.Contain("RW0504").And.Contain("ws://127.0.0.1:1"));
    }

    [Test]
    [CancelAfter(60_000)]
    public void CtrlC_StopsTheFirstRobot_AndDoesNotBeginWithTheSecond()
    {
        var folder = Path.Combine(Story.Folder, "parity-stopped");
        var plan = PlanFile.Write(folder, "stretch", Stretch);
        var job = WiredRun.Read(plan);
        using var robot = new ServedRobot(new(job.Scene, job.Robot), new(1, WallClock.Real));
        using var command = LiveCommand.Start("parity", plan, "--a", robot.Address, "--b", "sim", "--output", folder);
        for (var waited = 0; waited < 300 && !File.Exists(Path.Combine(folder, "a", "stretch-1.mcap.partial")); waited++) Thread.Sleep(100);

        command.Send("INT");
        var result = command.End();

        Assert.That(result.ExitCode, Is.EqualTo(130), result.Errors + result.Output);
        Assert.That(result.Errors, Does.Contain("Stopping: the robot first."));
        Assert.That((File.Exists(Path.Combine(folder, "a", "stretch-1.mcap")), Directory.Exists(Path.Combine(folder, "b"))), Is.EqualTo((true, false)), "the episode is closed");
    }
}
