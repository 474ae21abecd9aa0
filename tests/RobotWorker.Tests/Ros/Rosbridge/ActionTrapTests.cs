using System.Text.Json.Nodes;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Ros.Rosbridge;
using static RobotWorker.Ros.Actions.GoalState;
using static RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction;
using static RobotWorker.Ros.Rosbridge.RosbridgeProblemCode;
using RosString = RobotWorker.Ros.Messages.StdMsgs.String;
using Progress = RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction.Feedback;

namespace RobotWorker.Tests.Ros.Rosbridge;

/// <summary>The traps of rosbridge's action ops and of its connection as a whole.</summary>
public sealed partial class TrapTests
{
    private static readonly GoalTimeouts Short = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(600));

    [Test]
    public void Trap10_CancelThatIsReadOnlyAfterTheGoal_FallsBackToTheActionsOwnCancelServiceOnAnotherSocket() => OnRosbridge.Run(async world =>
    {
        var canceled = 0;
        MisbehavingServer.Peer? blocked = null;
        JsonObject? goalOp = null;
        world.Server.On("send_action_goal", (peer, op) =>
        {
            (blocked, goalOp) = (peer, op);
            peer.Send(Feedback(op, 0.05));
            peer.IsStuck = true;    // the next op, a cancel, is read when the goal has ended
            return true;
        });
        world.Server.On("call_service", (peer, op) =>
        {
            if ((string)op["service"]! != Gripper + "/_action/cancel_goal") return false;
            canceled++;
            peer.Answer(op, new JsonObject { ["return_code"] = 0, ["goals_canceling"] = new JsonArray() });
            blocked!.Send(Result(goalOp!, 5, 0.02));
            return true;
        });
        var robot = await world.ConnectAsync();
        var goal = robot.ActionClient<Goal, Result, Progress>(Gripper).Send(Id(1), Close());
        await world.Until(() => goal.State == Executing, "it executes");

        goal.Cancel();
        var outcome = await goal.Completion;

        Assert.That((outcome.State, outcome.Result!.Position, canceled), Is.EqualTo((Canceled, 0.02, 1)));
        Assert.That(world.Has(CancelNotHeeded, Gripper));
        Assert.That(world.Server.Ops("cancel_action_goal"), Is.Empty, "ours was never read");
        var args = world.Server.Received.Last(op => (string?)op["op"] == "call_service")["args"]!["goal_info"]!;
        Assert.That(args["goal_id"]!["uuid"]!.ToJsonString(), Is.EqualTo("\"AAAAAAAAAAAAAAAAAAAAAA==\""), "a zero id and stamp mean all goals");
    });

    [Test]
    public void Trap10_CancelThatNothingHeeds_IsUnknownByItsDeadline() => OnRosbridge.Run(async world =>
    {
        world.Server.On("send_action_goal", (peer, op) =>
        {
            peer.Send(Feedback(op, 0.05));
            return true;
        });
        var robot = await world.ConnectAsync();
        var goal = robot.ActionClient<Goal, Result, Progress>(Gripper).Send(Id(1), Close(), timeouts: Short);
        await world.Until(() => goal.State == Executing, "it executes");

        goal.Cancel();
        var outcome = await goal.Completion;

        Assert.That(outcome.State, Is.EqualTo(Unknown));
        Assert.That(outcome.Detail, Does.Contain("it may be running"));
    });

    [Test]
    public void Trap11_GoalThatIsNeverAnswered_IsCancelledAndUnknownByItsDeadline() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        var goal = robot.ActionClient<Goal, Result, Progress>(Gripper).Send(Id(1), Close(), timeouts: Short);

        goal.Cancel();    // too early: the server would lose it, so it waits
        await world.Pause(0.1);
        Assert.That(world.Server.Ops("cancel_action_goal"), Is.Empty);
        var outcome = await goal.Completion;

        Assert.That(outcome.State, Is.EqualTo(Unknown));
        Assert.That(outcome.Detail, Does.Contain("not answered within 0.2 s"));
        Assert.That(world.Server.Ops("cancel_action_goal").Select(op => (string?)op["id"]), Is.EqualTo([Id(1).ToString()]));
    });

    [Test]
    public void Trap11_AcceptingHasNoMessage_SoTheActionsStatusTopicCounts() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        var client = robot.ActionClient<Goal, Result, Progress>(Gripper);
        await world.Until(() => world.Server.Ops("subscribe").Count == 1, "its status is subscribed");
        world.Server.Publish(Gripper + "/_action/status", Status(7, 2));    // somebody else's goal, before
        await world.Pause(0.05);
        var goal = client.Send(Id(1), Close());
        world.Server.Publish(Gripper + "/_action/status", Status(7, 2));
        await world.Pause(0.05);
        Assert.That(goal.State, Is.EqualTo(Sending));

        world.Server.Publish(Gripper + "/_action/status", Status(8, 2));
        await world.Until(() => goal.State == Executing, "the new one is ours");
        world.Server.Send(Result(world.Server.Ops("send_action_goal")[0], 4, 0.01));

        Assert.That((await goal.Completion).State, Is.EqualTo(Succeeded));
    });

    [TestCase("the goal was rejected", Rejected)]
    [TestCase("action server is not there", Unknown)]
    public void Trap11_ResultFalse_IsNeverASuccess(string words, GoalState end) => OnRosbridge.Run(async world =>
    {
        world.Server.On("send_action_goal", (peer, op) =>
        {
            peer.Send(new JsonObject { ["op"] = "action_result", ["id"] = (string)op["id"]!, ["action"] = Gripper, ["values"] = words, ["status"] = 0, ["result"] = false }.ToJsonString());
            return true;
        });
        var robot = await world.ConnectAsync();

        var outcome = await robot.ActionClient<Goal, Result, Progress>(Gripper).Send(Id(1), Close()).Completion;

        Assert.That(outcome.State, Is.EqualTo(end));
        Assert.That(outcome.Detail, Does.Contain(words));
    });

    [Test]
    public void Trap12_GoalIds_AreTheCallersUniqueOnesAndNeverUsedTwice() => OnRosbridge.Run(async world =>
    {
        var (one, two) = (await world.ConnectAsync(), await world.ConnectAsync());
        var client = one.ActionClient<Goal, Result, Progress>(Gripper);

        client.Send(Id(1), Close());
        two.ActionClient<Goal, Result, Progress>(Gripper).Send(Id(2), Close());
        await world.Until(() => world.Server.Ops("send_action_goal").Count == 2, "both are sent");

        Assert.That(world.Server.Ops("send_action_goal").Select(op => (string)op["id"]!), Is.EquivalentTo([Id(1).ToString(), Id(2).ToString()]));
        Assert.That(() => client.Send(Id(1), Close()), Throws.ArgumentException);
    });

    [Test]
    public void Trap13_AfterALoss_EverythingIsSaidAgain_AndGoalsAndCallsInFlightAreUnknownAndGone() => OnRosbridge.Run(async world =>
    {
        world.Server.On("send_action_goal", (peer, op) =>
        {
            peer.Send(Feedback(op, 0.05));
            return true;
        });
        var robot = await world.ConnectAsync();
        var velocity = robot.Advertise<Twist>("/cmd_vel");
        var map = robot.Advertise<RosString>("/map", Qos.Latched);
        robot.Subscribe<RosString>("/chatter", _ => { });
        robot.AdvertiseService<Trigger.Request, Trigger.Response>("/mine", (_, _) => Task.FromResult(new Trigger.Response()));
        map.Publish(new() { Data = "kitchen" });
        var call = robot.CallServiceAsync<Trigger.Request, Trigger.Response>("/slow", new(), TimeSpan.FromSeconds(30));
        var goal = robot.ActionClient<Goal, Result, Progress>(Gripper).Send(Id(1), Close());
        await world.Until(() => goal.State == Executing, "it executes");
        var before = world.Server.Received.Count;
        var states = new List<LinkState>();
        robot.LinkChanged += states.Add;

        world.Server.DropAll();
        var outcome = await goal.Completion;
        var failure = await Failure(call);
        velocity.Publish(new() { Linear = new() { X = 0.3 } });    // there is no link: it must not arrive later
        await world.Until(() => robot.Link == LinkState.Up && world.Server.Received.Count >= before + 6, "all is said again");
        await world.Pause(0.05);

        Assert.That(outcome.State, Is.EqualTo(Unknown));
        Assert.That(outcome.Detail, Does.Contain("was lost"));
        Assert.That(failure.Failure, Is.EqualTo(ServiceFailure.ServerGone));
        Assert.That(states, Is.EqualTo([LinkState.Connecting, LinkState.Up]));
        var again = world.Server.Received.Skip(before).Select(op => $"{op["op"]} {op["topic"] ?? op["service"]}").ToList();
        Assert.That(again, Is.EqualTo([
            "advertise /cmd_vel", "advertise /map", "publish /map", "subscribe /chatter", "advertise_service /mine", $"subscribe {Gripper}/_action/status",
        ]));
        Assert.That(robot.Counts.DroppedWhileDown, Is.EqualTo(1));
        Assert.That(world.Has(LinkLost));
    });

    [Test]
    public void Trap14_ASlowReaderIsHeldByBackPressure_AndNothingIsLost() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync(OnRosbridge.Quick with { MostWaitingMessages = 50 });
        var heard = 0;
        var gate = true;
        robot.Subscribe<RosString>("/chatter", _ =>
        {
            heard++;
            // The loop is held for longer than the whole burst takes to arrive.
            if (gate) Thread.Sleep(300);
            gate = false;
        });
        await world.Until(() => world.Server.Ops("subscribe").Count == 1, "it is subscribed");
        var text = new string('x', 1000);

        _ = Task.Run(() =>
        {
            for (var i = 0; i < 3000; i++) world.Server.Publish("/chatter", $$"""{"data":"{{text}}"}""");
        });
        await world.Until(() => heard == 3000, "everything came");

        Assert.That(robot.Link, Is.EqualTo(LinkState.Up), "its own rest is not the server's silence");
        Assert.That(world.Problems, Is.Empty);
    });

    [Test]
    public void Trap14_ALargeMessage_LeavesInFragments() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync(OnRosbridge.Quick with { FragmentBytes = 100_000 });
        var publisher = robot.Advertise<RosString>("/large");
        var text = string.Concat(Enumerable.Repeat("größer ", 150_000));

        publisher.Publish(new() { Data = text });
        await world.Until(() => world.Server.Ops("fragment").Count > 0 && world.Server.Ops("fragment").Count == (int)world.Server.Ops("fragment")[0]["total"]!, "all pieces came");

        var whole = string.Concat(world.Server.Ops("fragment").OrderBy(piece => (int)piece["num"]!).Select(piece => (string)piece["data"]!));
        Assert.That((string)JsonNode.Parse(whole)!["msg"]!["data"]!, Is.EqualTo(text));
    });

    private static Guid Id(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private static Goal Close() => new() { Command = new() { Position = 0.01, MaxEffort = 20 } };

    private static string Feedback(JsonObject goal, double position) => new JsonObject
    {
        ["op"] = "action_feedback", ["id"] = (string)goal["id"]!, ["action"] = Gripper, ["values"] = new JsonObject { ["position"] = position },
    }.ToJsonString();

    private static string Result(JsonObject goal, int status, double position) => new JsonObject
    {
        ["op"] = "action_result", ["id"] = (string)goal["id"]!, ["action"] = Gripper, ["status"] = status, ["result"] = true,
        ["values"] = new JsonObject { ["position"] = position, ["distro_specific"] = "a field that ours does not have" },
    }.ToJsonString();

    private static string Status(byte last, int status) =>
        $$$"""{"status_list":[{"goal_info":{"goal_id":{"uuid":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,{{{last}}}]},"stamp":{"sec":1,"nanosec":0}},"status":{{{status}}}}]}""";
}
