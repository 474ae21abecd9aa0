using System.Text.Json.Nodes;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Ros1;

/// <summary>The simulated robot on a real ROS 1 graph: rospy's own actionlib client drives it, and what it leaves behind is nothing.</summary>
[TestFixture]
public sealed class ServedRobotTests
{
    [Test]
    public void ServedRobot_IsDrivenByRospysActionlib()
    {
        Simulator.Require();
        using var master = RosMaster.Start();
        using var served = LiveCommand.Start(
            "sim", "serve", Repository.PathOf("sim/scenes/kitchen.yaml"), "--ros1", master.Uri.ToString(), "--rate", "2", "--noise", "off");
        served.WaitFor("serving", "ROS 1 as node /robot");

        using var driver = LivePeer.Python(master, "drive.py");
        driver.WaitFor("server True");
        driver.Say("goal 0.3");
        driver.WaitFor("ended SUCCEEDED");
        driver.Say("start -0.3");
        driver.WaitFor("under way");
        driver.Say("cancel");
        driver.WaitFor("ended PREEMPTED");

        served.Send("INT");
        var end = served.End();
        Assert.That(end.ExitCode, Is.EqualTo(130), end.Output + end.Errors);
        Assert.That(end.Output, Does.Contain("does    /move_base"));
    }

    [Test]
    public void Plan_OnARos1Graph_RunsWithoutARecovery()
    {
        Simulator.Require();
        using var master = RosMaster.Start();
        using var served = LiveCommand.Start(
            "sim", "serve", Repository.PathOf("sim/scenes/kitchen.yaml"), "--ros1", master.Uri.ToString(), "--noise", "off");
        served.WaitFor("serving", "ROS 1 as node /robot");
        var folder = Directory.CreateTempSubdirectory("ros1 plan ").FullName;
        var plan = Path.Combine(folder, "there-and-back.yaml");
        // Each way takes longer than the 5 s in which a goal must be accepted, on the clock of the loop.
        File.WriteAllText(plan, $$$"""
            plan: robotworker/v1
            id: there-and-back
            limits: {deadline: 300s}
            simulation: {scene: {{{Repository.PathOf("sim/scenes/kitchen.yaml")}}}}
            root:
              sequence:
              - {id: there, skill: navigate_to, args: {place: shelf_side}}
              - {id: back, skill: navigate_to, args: {place: table_side}}
              - {id: pick, skill: pick, args: {object: cup_red}}

            """);

        var result = RobotWorkerCommand.Run(["run", plan, "--robot", $"ros1://127.0.0.1:{master.Port}", "--plain", "--output", folder]);

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "there-and-back-1.json")))!;
        Assert.That(report["steps"]!.AsArray().Select(step => $"{step!["id"]} {step["state"]} {step["observed"]}"), Is.EqualTo(new[]
        {
            "root/there finished succeeded", "root/back finished succeeded", "root/pick finished succeeded",
        }));
        Assert.That(report["recoveries"]!.AsArray(), Is.Empty, () => report["recoveries"]!.ToJsonString());
        served.Send("INT");
        Assert.That(served.End().ExitCode, Is.EqualTo(130));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Commands_ThatVisitTheGraph_LeaveNothingOnTheMaster()
    {
        Simulator.Require();
        using var master = RosMaster.Start();
        using var served = LiveCommand.Start("sim", "serve", Repository.PathOf("sim/scenes/kitchen.yaml"), "--ros1", master.Uri.ToString(), "--noise", "off");
        served.WaitFor("serving", "ROS 1 as node /robot");
        var robot = $"ros1://127.0.0.1:{master.Port}";

        var echo = RobotWorkerCommand.Run(["ros", "echo", "/odom", "--count", "1", "--robot", robot]);
        var goal = RobotWorkerCommand.Run(["ros", "send-goal", "/move_base", """{"target_pose": {"header": {"frame_id": "nope"}, "pose": {"orientation": {"w": 1}}}}""", "--robot", robot]);
        using var cut = LiveCommand.Start("ros", "echo", "/odom", "--rate", "--robot", robot);
        cut.WaitFor("messages a second");
        cut.Send("TERM");

        Assert.That(echo.ExitCode, Is.Zero, echo.Errors);
        Assert.That(cut.End().ExitCode, Is.EqualTo(130));
        Assert.That(master.Ask("m.getSystemState()"), Does.Contain("/robot").And.Not.Contain("/robotworker_"));
        // MoveBase's result is empty: the reason stands in the goal's status.
        Assert.That(goal.ExitCode, Is.EqualTo(1), goal.Errors);
        Assert.That(goal.Output, Does.Contain("aborted: the pose is given in frame 'nope'"));
    }

    [Test]
    public void Serve_MasterIsRestarted_TimeIsStillCalledSimulated()
    {
        Simulator.Require();
        using var master = RosMaster.Start();
        using var served = LiveCommand.Start("sim", "serve", Repository.PathOf("sim/scenes/kitchen.yaml"), "--ros1", master.Uri.ToString(), "--noise", "off");
        served.WaitFor("serving", "ROS 1 as node /robot");
        Assert.That(master.Ask("m.getParam('/use_sim_time')"), Is.EqualTo("True"));

        master.Restart();

        for (var since = System.Diagnostics.Stopwatch.StartNew(); master.Ask("m.hasParam('/use_sim_time')") != "True"; Thread.Sleep(200))
            Assert.That(since.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)), "it was never set again");
        Assert.That(master.Ask("m.getParam('/use_sim_time')"), Is.EqualTo("True"));
    }

    [Test]
    public void Serve_NoMaster_SaysSoAndStartsNothing()
    {
        Simulator.Require();
        var result = RobotWorkerCommand.Run(["sim", "serve", Repository.PathOf("sim/scenes/kitchen.yaml"), "--ros1", "http://127.0.0.1:9"]);

        Assert.That(result.ExitCode, Is.EqualTo(69), result.Output);
        Assert.That(result.Errors, Does.Contain("cannot join the ROS 1 graph of http://127.0.0.1:9").And.Contain("Nothing was started."));
    }
}
