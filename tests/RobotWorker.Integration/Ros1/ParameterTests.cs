using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.RosgraphMsgs;
using RobotWorker.Ros.Ros1;
using RobotWorker.Ros.Ros1.XmlRpc;

namespace RobotWorker.Integration.Ros1;

/// <summary>The parameter server, shared with rospy, and the clock that a parameter switches on.</summary>
[TestFixture]
public sealed class ParameterTests
{
    private RosMaster master = null!;

    [OneTimeSetUp]
    public void StartMaster() => master = RosMaster.Start();

    [OneTimeTearDown]
    public void StopMaster() => master?.Dispose();

    [Test]
    public void Get_SetByRospy_IsTheSame() => Ros1Bench.Run(master, async bench =>
    {
        using var peer = await bench.Peer("parameters.py");
        var robot = await bench.Node("robot");

        Assert.That(await robot.Parameters.GetAsync("/py"), Is.EqualTo(XmlRpcValue.Map(
            ("whole", 7), ("number", 0.5), ("truth", true), ("text", "grüße"), ("list", XmlRpcValue.List(1, "two", 3.5)),
            ("deep", XmlRpcValue.Map(("er", XmlRpcValue.Map(("still", -1))))))));
        Assert.That(await robot.Parameters.GetAsync("/py/deep/er/still"), Is.EqualTo((XmlRpcValue)(-1)));
        Assert.That(await robot.Parameters.GetAsync("/none"), Is.Null);
        Assert.That(await robot.Parameters.HasAsync("/py/text"));
        Assert.That(await robot.Parameters.NamesAsync(), Does.Contain("/py/deep/er/still"));
    });

    [Test]
    public void Set_ReadByRospy_IsTheSame() => Ros1Bench.Run(master, async bench =>
    {
        using var peer = await bench.Peer("parameters.py");
        var robot = await bench.Node("robot");

        await robot.Parameters.SetAsync("/cs", XmlRpcValue.Map(("a", 1), ("b", XmlRpcValue.List(true, "ß & <x>")), ("c", 2.0)));
        peer.Say("get /cs");

        await bench.Until(() => peer.Says("value "), () => peer.Output);
        Assert.That(peer.Lines, Does.Contain("""value {"a": 1, "b": [true, "ß & <x>"], "c": 2.0}"""));
        Assert.That(await robot.Parameters.SearchAsync("cs"), Is.EqualTo("/cs"));
        Assert.That(await robot.Parameters.DeleteAsync("/cs"));
        Assert.That(await robot.Parameters.DeleteAsync("/cs"), Is.False);
        Assert.That(await robot.Parameters.HasAsync("/cs"), Is.False);
    });

    [Test]
    public void Subscribe_ChangesOfAPartAndOfTheWhole_AreHeard() => Ros1Bench.Run(master, async bench =>
    {
        using var peer = await bench.Peer("parameters.py");
        var robot = await bench.Node("robot");
        var heard = new List<XmlRpcValue?>();
        await robot.Parameters.DeleteAsync("/limits");
        using var watch = robot.Parameters.Subscribe("/limits", heard.Add);
        await bench.Until(() => heard.Count == 1);

        peer.Say("set /limits {\"speed\": 1}");
        await bench.Until(() => heard.Count >= 2);
        peer.Say("set /limits/speed 2");
        await bench.Until(() => heard.Count >= 3);

        Assert.That(heard[0], Is.Null);
        Assert.That(heard[1], Is.EqualTo(XmlRpcValue.Map(("speed", 1))));
        Assert.That(heard[^1], Is.EqualTo(XmlRpcValue.Map(("speed", 2))));
    });

    [Test]
    public void Subscribe_MasterRestarted_IsHeardAgain() => Ros1Bench.Run(master, async bench =>
    {
        var robot = await bench.Node("robot");
        var heard = new List<XmlRpcValue?>();
        robot.Parameters.Subscribe("/mode", heard.Add);
        await bench.Until(() => heard.Count == 1);

        master.Restart();
        await bench.Until(() => heard.Count == 2);
        await robot.Parameters.SetAsync("/mode", "park");

        await bench.Until(() => Equals(heard[^1], (XmlRpcValue)"park"));
        await robot.Parameters.DeleteAsync("/mode");
        await bench.Until(() => heard[^1] is null);
    });

    [Test]
    public void Get_MasterGone_SaysWhichMaster() => Ros1Bench.Run(master, async bench =>
    {
        var robot = await bench.Node("robot");
        master.Stop();
        try
        {
            await Assert.ThatAsync(() => robot.Parameters.GetAsync("/mode"), Throws.TypeOf<Ros1Exception>().With.Message.Contains(master.Uri.ToString()));
        }
        finally
        {
            master.Start(again: true);
        }
    });

    // The clock jumps back and stands: stamps follow it, the loop's own time goes on.
    [Test]
    public void Clock_UseSimTime_FollowsTheTopic() => Ros1Bench.Run(master, async bench =>
    {
        var simulator = await bench.Node("simulator");
        var robot = await bench.Node("robot");
        var clock = simulator.Advertise<Clock>("/clock");
        Assert.That(robot.Clock.IsSimulated, Is.False);
        var before = robot.Clock.Now.Nanoseconds;

        await simulator.Parameters.SetAsync("/use_sim_time", true);
        await bench.Until(() => robot.Clock.IsSimulated && clock.SubscriberCount == 2);
        Assert.That(robot.Clock.Now, Has.Property("Nanoseconds").EqualTo(0));
        clock.Publish(new() { Value = new() { Sec = 100, Nanosec = 5 } });
        await bench.Until(() => robot.Clock.Now.Sec == 100);
        clock.Publish(new() { Value = new() { Sec = 3 } });
        await bench.Until(() => robot.Clock.Now.Sec == 3);
        await simulator.Parameters.DeleteAsync("/use_sim_time");
        await bench.Until(() => !robot.Clock.IsSimulated);

        Assert.That(robot.Clock.Now.Nanoseconds, Is.GreaterThan(before));
    });
}
