using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.MoveBaseMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Ros.Ros1;
using String = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Integration.Ros1;

/// <summary>A node of the in-process graph that stands on a real ROS 1 graph, as the simulated robot does.</summary>
[TestFixture]
public sealed class GatewayTests
{
    private RosMaster master = null!;

    [OneTimeSetUp]
    public void StartMaster() => master = RosMaster.Start();

    [OneTimeTearDown]
    public void StopMaster() => master?.Dispose();

    [Test]
    public void Node_OnBothGraphs_IsDrivenByRospyAndHeardInProcess() => Ros1Bench.Run(master, async bench =>
    {
        var graph = new InProcessGraph(bench.Loop.Time);
        using var robot = graph.Connect("robot");
        var heard = new List<string>();
        var said = robot.Advertise<String>("/chat", Qos.Latched);
        said.Publish(new() { Data = "here" });
        robot.Subscribe<String>("/answer", message => heard.Add(message.Data));
        robot.AdvertiseService(SetBool.Type, "/cs/set_bool", (request, _) => Task.FromResult(new SetBool.Response { Success = request.Data, Message = "inside" }));
        using var offered = robot.AdvertiseAction(MoveBase.Type, "/move_base", new Steps(bench));
        var outside = await bench.Node("robot");
        using var gateway = new Ros1Gateway(graph, "robot", outside);

        using var chat = await bench.Peer("chat.py");
        using var services = await bench.Peer("services.py");
        using var driver = await bench.Peer("drive.py");
        await bench.Until(() => chat.Says("heard \"here\"") && outside.PublisherCount("/answer") == 1, () => chat.Output);
        said.Publish(new() { Data = "there" });    // the answer to what was latched may have come before we were connected
        await bench.Until(() => heard.Contains("echo there"), () => chat.Output);
        services.Say("call /cs/set_bool true");
        await bench.Until(() => services.Says("answer True inside"), () => services.Output);
        driver.Say("goal 1");
        await bench.Until(() => driver.Says("ended SUCCEEDED with"), () => driver.Output);
        Assert.That(driver.Output, Does.Match("ended SUCCEEDED with [123] feedbacks"), "rospy's client drops what comes before its send_goal has returned");
        driver.Say("goal -1");    // refused by the node inside: it never was active
        await bench.Until(() => driver.Says("ended REJECTED with 0 feedbacks"), () => driver.Output);
        driver.Say("start 3");
        await bench.Until(() => driver.Says("under way"), () => driver.Output);
        driver.Say("cancel");
        await bench.Until(() => driver.Says("ended PREEMPTED"), () => driver.Output);

        Assert.That(driver.Output, Does.Not.Contain("Invalid transition"));
        Assert.That(bench.Problems, Is.Empty);
    });

    [Test]
    public void Topic_ThatTheNodeBothPublishesAndHears_GoesRoundOnce() => Ros1Bench.Run(master, async bench =>
    {
        var graph = new InProcessGraph(bench.Loop.Time);
        using var robot = graph.Connect("robot");
        var heard = new List<string>();
        var said = robot.Advertise<String>("/round");
        robot.Subscribe<String>("/round", message => heard.Add(message.Data));
        var outside = await bench.Node("robot");
        var other = await bench.Node("other");
        var heardOutside = new List<string>();
        other.Subscribe<String>("/round", message => heardOutside.Add(message.Data));
        var saidOutside = other.Advertise<String>("/round");
        using var gateway = new Ros1Gateway(graph, "robot", outside);
        await bench.Until(() => outside.PublisherCount("/round") == 1 && other.PublisherCount("/round") == 2);

        said.Publish(new() { Data = "from inside" });
        saidOutside.Publish(new() { Data = "from outside" });
        await bench.Until(() => heard.Count >= 2 && heardOutside.Count >= 2);
        await bench.Seconds(0.3);

        Assert.That(heard, Is.EquivalentTo(new[] { "from inside", "from outside" }));
        Assert.That(heardOutside, Is.EquivalentTo(new[] { "from inside", "from outside" }));
        Assert.That(bench.Problems, Is.Empty);
    });

    private sealed class Steps(Ros1Bench bench) : IActionServerHandler<MoveBase.Goal, MoveBase.Result, MoveBase.Feedback>
    {
        public bool Accept(Guid goalId, MoveBase.Goal goal) => goal.TargetPose.Pose.Position.X >= 0;

        public async Task<GoalEnd<MoveBase.Result>> Execute(ServerGoal<MoveBase.Goal, MoveBase.Feedback> goal, CancellationToken canceled)
        {
            for (var i = 0; i < (goal.Goal.TargetPose.Pose.Position.X < 3 ? 3 : 1000); i++)
            {
                goal.Publish(MoveBase.Feedback.Default);
                await Task.Delay(TimeSpan.FromMilliseconds(50), bench.Loop.Time, canceled);
            }

            return GoalEnd.Succeeded(MoveBase.Result.Default);
        }
    }
}
