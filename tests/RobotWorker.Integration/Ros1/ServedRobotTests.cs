using System.Diagnostics;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Ros1;

/// <summary>The simulated robot on a real ROS 1 graph: rospy's own actionlib client drives it, and what it leaves behind is nothing.</summary>
[TestFixture]
public sealed class ServedRobotTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Test]
    public void ServedRobot_IsDrivenByRospysActionlib()
    {
        Simulator.Require();
        using var master = RosMaster.Start();
        using var served = LiveCommand.Start(
            "sim", "serve", Repository.PathOf("sim/scenes/kitchen.yaml"), "--ros1", master.Uri.ToString(), "--rate", "2", "--noise", "off");
        served.WaitFor("serving", "ROS 1 as node /robot");

        using var driver = LivePeer.Python(master, "drive.py");
        Until(() => driver.Says("server True"), driver);
        driver.Say("goal 0.3");
        Until(() => driver.Says("ended SUCCEEDED"), driver);
        driver.Say("start -0.3");
        Until(() => driver.Says("under way"), driver);
        driver.Say("cancel");
        Until(() => driver.Says("ended PREEMPTED"), driver);

        served.Send("INT");
        var end = served.End();
        Assert.That(end.ExitCode, Is.EqualTo(130), end.Output + end.Errors);
        Assert.That(end.Output, Does.Contain("does    /move_base"));
    }

    [Test]
    public void Serve_NoMaster_SaysSoAndStartsNothing()
    {
        Simulator.Require();
        var result = RobotWorkerCommand.Run(["sim", "serve", Repository.PathOf("sim/scenes/kitchen.yaml"), "--ros1", "http://127.0.0.1:9"]);

        Assert.That(result.ExitCode, Is.EqualTo(69), result.Output);
        Assert.That(result.Errors, Does.Contain("cannot join the ROS 1 graph of http://127.0.0.1:9").And.Contain("Nothing was started."));
    }

    private static void Until(Func<bool> said, LivePeer peer)
    {
        var since = Stopwatch.StartNew();
        while (!said())
        {
            Assert.That(since.Elapsed, Is.LessThan(Limit), peer.Output);
            Thread.Sleep(20);
        }
    }
}
