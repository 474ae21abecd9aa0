using System.Diagnostics;
using System.Text.Json.Nodes;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Ros1;

/// <summary>A plan calls an action of a type that was not compiled in: rospy's, on the graph of the simulated robot.</summary>
[TestFixture]
public sealed class CalledActionTests
{
    private RosMaster master = null!;
    private LiveCommand served = null!;
    private LivePeer peer = null!;
    private string folder = "";

    private string[] Robot => ["--robot", $"ros1://127.0.0.1:{master.Port}"];

    [OneTimeSetUp]
    public void Start()
    {
        Simulator.Require();
        master = RosMaster.Start();
        served = LiveCommand.Start("sim", "serve", Repository.PathOf("sim/scenes/kitchen.yaml"), "--ros1", master.Uri.ToString(), "--noise", "off");
        served.WaitFor("serving", "ROS 1 as node /robot");
        peer = LivePeer.Python(master, "unknown.py");
        folder = Directory.CreateTempSubdirectory("called actions ").FullName;
        var waited = Stopwatch.StartNew();
        while (peer.Count("ready") == 0)
        {
            Assert.That(peer.HasEnded || waited.Elapsed > TimeSpan.FromSeconds(60), Is.False, () => peer.Output);
            Thread.Sleep(20);
        }
    }

    [OneTimeTearDown]
    public void Stop()
    {
        peer?.Dispose();
        served?.Dispose();
        master?.Dispose();
        if (folder.Length > 0) Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Plan_CallsTheAction_AndItsOwnSkillsGoOn()
    {
        var plan = Write("count", """
            - {id: three, skill: call_action, args: {action: /count, goal: '{"goal": 3}'}, deadline: 20s}
            - {id: fold, skill: move_arm, args: {posture: home}}
            - {id: two, skill: call_action, args: {action: /count, type: actionlib/Test, goal: '{"goal": 2}'}, deadline: 20s}
            """);

        var result = RobotWorkerCommand.Run(["run", plan, "--plain", "--output", folder, .. Robot]);

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        Assert.That(Steps("count"), Is.EqualTo(new[] { "root/three finished", "root/fold finished", "root/two finished" }));
        Assert.That(peer.Count("started 3"), Is.EqualTo(1));
        Assert.That(peer.Count("started 2"), Is.EqualTo(1));
    }

    // Whatever the action did: nobody saw it, and nobody may do it again unasked.
    [Test]
    public void Plan_TheActionGivesUp_IsNotRepeatedAndAPersonIsAsked()
    {
        var plan = Write("below", """- {id: below, skill: call_action, args: {action: /count, goal: '{"goal": -5}'}, deadline: 20s, post: [{not: {empty: [gripper]}}], retry: {attempts: 3}}""");
        var answers = Path.Combine(folder, "answers.txt");
        File.WriteAllText(answers, "abort\n");

        var result = RobotWorkerCommand.Run(["run", plan, "--plain", "--output", folder, "--answers", answers, .. Robot]);

        Assert.That(result.ExitCode, Is.Not.Zero, result.Output);
        Assert.That(peer.Count("started -5"), Is.EqualTo(1), result.Output + result.Errors);
        var decision = Report("below")["recoveries"]!.AsArray().Select(r => $"{r!["step"]} {r["effect"]} {r["decision"]}");
        Assert.That(decision, Does.Contain("root/below unknown ask"), result.Output);
        Assert.That(result.Output, Does.Contain("ACTION_ABORTED"));
    }

    [Test]
    [Platform("Linux,MacOSX")]
    public void Plan_CtrlC_CancelsTheGoalFirst()
    {
        var plan = Write("long", """- {id: long, skill: call_action, args: {action: /count, goal: '{"goal": 100002}'}, deadline: 200s}""");
        using var command = LiveCommand.Start(["run", plan, "--plain", "--output", folder, .. Robot]);
        var waited = Stopwatch.StartNew();
        while (peer.Count("started 100002") == 0)
        {
            Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)), () => peer.Output);
            Thread.Sleep(20);
        }
        command.Send("INT");
        var end = command.End();

        Assert.That(end.ExitCode, Is.EqualTo(130), end.Output + end.Errors);
        Assert.That(peer.Count("preempted 100002"), Is.EqualTo(1));
        Assert.That(Report("long")["outcome"]!.ToString(), Is.EqualTo("stopped"));
    }

    [Test]
    public void Plan_TheGoalDoesNotFitTheTypeThere_IsNotSent()
    {
        var plan = Write("misfit", """- {id: misfit, skill: call_action, args: {action: /count, goal: '{"target": 3}'}, deadline: 20s}""");
        var before = peer.Lines.Count;

        var result = RobotWorkerCommand.Run(["run", plan, "--plain", "--output", folder, .. Robot]);

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Output, Does.Contain("GOAL_DOES_NOT_FIT").And.Contain("target"));
        Assert.That(peer.Lines, Has.Count.EqualTo(before));
    }

    private string Write(string id, string steps) => Runs.PlanFile.Write(folder, id, steps);

    private JsonNode Report(string id) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, $"{id}-1.json")))!;

    private IEnumerable<string> Steps(string id) => Report(id)["steps"]!.AsArray().Select(step => $"{step!["id"]} {step["state"]}");
}
