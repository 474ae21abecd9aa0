using System.Text.Json;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControlMsgs;
using Goal = RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction.Goal;
using Result = RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction.Result;
using Told = RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction.Feedback;

namespace RobotWorker.Tests.Ros.Rosbridge.Server;

/// <summary>The action operations of ROS 2: a client that sends goals, and one that carries them out.</summary>
public sealed class ActionOpTests
{
    private const string Send = """{"op":"send_action_goal","id":"g1","action":"/grip","action_type":"control_msgs/action/GripperCommand","args":{"command":{"position":0.04}},"feedback":true}""";

    [TestCase(GoalState.Succeeded, 4)]
    [TestCase(GoalState.Aborted, 6)]
    public void Goal_RunsWithFeedbackToItsEnd(GoalState end, int status)
    {
        using var served = new ServedGraph();
        var gripper = Offer(served);
        var client = served.Connect();

        client.Send(Send);
        served.WaitUntil(() => gripper.Goal is not null, "the goal runs");
        served.Do(() => gripper.Goal!.Publish(new() { Position = 0.02 }));
        served.Do(() => gripper.End.SetResult(new(end, new() { Position = 0.04 })));

        var feedback = client.Next("action_feedback");
        Assert.That(feedback.GetProperty("id").GetString(), Is.EqualTo("g1"));
        Assert.That(feedback.GetProperty("values").GetProperty("position").GetDouble(), Is.EqualTo(0.02));
        AssertEnd(client.Next("action_result"), status, 0.04);
        Assert.That(served.Do(() => gripper.Goal!.Goal.Command.Position), Is.EqualTo(0.04));
    }

    [Test]
    public void Goal_Cancelled_EndsAsCanceled()
    {
        using var served = new ServedGraph();
        var gripper = Offer(served);
        var client = served.Connect();

        client.Send(Send);
        served.WaitUntil(() => gripper.Goal is not null, "the goal runs");
        client.Send("""{"op":"cancel_action_goal","id":"g1","action":"/grip"}""");
        served.WaitUntil(() => gripper.Canceled.IsCancellationRequested, "the goal is cancelled");
        served.Do(() => gripper.End.SetResult(GoalEnd.Canceled(new Result { Position = 0.01 })));

        AssertEnd(client.Next("action_result"), 5, 0.01);
    }

    [TestCase("/girp", "{}", "nobody offers the action '/girp'; did you mean '/grip'?")]
    [TestCase("/grip", """{"command":{"position":"wide"}}""", "command.position")]
    public void Goal_ThatCannotBeSent_FailsToExecute(string action, string args, string why)
    {
        using var served = new ServedGraph();
        Offer(served);
        var client = served.Connect();

        client.Send($$"""{"op":"send_action_goal","id":"g1","action":"{{action}}","action_type":"control_msgs/action/GripperCommand","args":{{args}}}""");

        AssertFailure(client.Next("action_result"), why);
    }

    [Test]
    public void Goal_DoubledByTheWire_RunsOnceAndEndsOnce()
    {
        using var served = new ServedGraph();
        var gripper = Offer(served);
        var client = served.Connect();

        client.Send(Send);
        client.Send(Send);
        client.Settle();
        served.WaitUntil(() => gripper.Goal is not null, "the goal runs");
        served.Do(() => gripper.End.SetResult(GoalEnd.Succeeded(new Result { Position = 0.04 })));

        AssertEnd(client.Next("action_result"), 4, 0.04);
    }

    [Test]
    public void Goal_AnotherUnderTheSameId_FailsToExecute()
    {
        using var served = new ServedGraph();
        Offer(served);
        var client = served.Connect();

        client.Send(Send);
        client.Send(Send.Replace("0.04", "0.05", StringComparison.Ordinal));

        AssertFailure(client.Next("action_result"), "the goal id 'g1' is in use");
    }

    [Test]
    public void Goal_Rejected_FailsToExecute()
    {
        using var served = new ServedGraph();
        Offer(served).Accepts = false;
        var client = served.Connect();

        client.Send(Send);

        AssertFailure(client.Next("action_result"), "rejected");
    }

    [Test]
    public void Goal_ItsClientGoes_ItGoesOn()
    {
        using var served = new ServedGraph();
        var gripper = Offer(served);
        var client = served.Connect();
        client.Send(Send);
        served.WaitUntil(() => gripper.Goal is not null, "the goal runs");

        client.Abort();

        served.WaitUntil(() => served.Server.Clients.Count == 0, "the client goes");
        Assert.That(gripper.Canceled.IsCancellationRequested, Is.False);
        served.Do(() => gripper.End.SetResult(GoalEnd.Succeeded(new Result())));
    }

    [TestCase("\"status\":4,\"result\":true", GoalState.Succeeded)]
    [TestCase("\"status\":6,\"result\":true", GoalState.Aborted)]
    [TestCase("\"status\":6,\"result\":false", GoalState.Aborted)]
    [TestCase("\"status\":5,\"result\":true", GoalState.Aborted)]    // nobody cancelled it
    [TestCase("\"status\":9,\"result\":true", GoalState.Aborted)]
    public void Advertised_TheGraphsGoalRunsAtTheClient(string end, GoalState state)
    {
        using var served = new ServedGraph();
        var (client, goal, heard) = SentToAClient(served);

        var id = client.Next("send_action_goal").GetProperty("id").GetString();
        client.Send($$$"""{"op":"action_feedback","id":"{{{id}}}","action":"/grip","values":{"position":0.5}}""");
        client.Send($$"""{"op":"action_result","id":"{{id}}","action":"/grip","values":{"position":0.04},{{end}}}""");

        served.WaitUntil(() => goal.State.IsEnd(), "the goal ends");
        Assert.That(goal.State, Is.EqualTo(state));
        Assert.That(heard, Is.EqualTo([0.5]));
    }

    [Test]
    public void Advertised_ACancelReachesTheClient()
    {
        using var served = new ServedGraph();
        var (client, goal, _) = SentToAClient(served);
        var id = client.Next("send_action_goal").GetProperty("id").GetString();
        served.WaitUntil(() => goal.State == GoalState.Executing, "the goal runs");

        served.Do(goal.Cancel);
        Assert.That(client.Next("cancel_action_goal").GetProperty("id").GetString(), Is.EqualTo(id));
        client.Send($$"""{"op":"action_result","id":"{{id}}","action":"/grip","values":{},"status":5,"result":true}""");

        served.WaitUntil(() => goal.State.IsEnd(), "the goal ends");
        Assert.That(goal.State, Is.EqualTo(GoalState.Canceled));
    }

    [Test]
    public void Advertised_TheClientGoes_ItsGoalIsUnknown()
    {
        using var served = new ServedGraph();
        var (client, goal, _) = SentToAClient(served);
        client.Next("send_action_goal");

        client.Abort();

        served.WaitUntil(() => goal.State.IsEnd(), "the goal ends");
        Assert.That(goal.State, Is.EqualTo(GoalState.Unknown));
    }

    [Test]
    public void Ros1_HasNoSuchOperations()
    {
        using var served = ServedGraph.On(RosDialect.Ros1);
        Offer(served);
        var client = served.Connect();

        client.Send("""{"op":"advertise_action","action":"/x","type":"control_msgs/GripperCommand"}""");
        Assert.That(client.NextStatus(), Does.Contain("on ROS 1 an action is its topics"));
        client.Send(Send);
        AssertFailure(client.Next("action_result"), "on ROS 1 an action is its topics");
    }

    private static Gripper Offer(ServedGraph served)
    {
        var gripper = new Gripper();
        served.Do(() => served.Robot.AdvertiseAction("/grip", gripper));
        return gripper;
    }

    private static (RawClient Client, IGoalHandle<Result> Goal, List<double> Heard) SentToAClient(ServedGraph served)
    {
        var client = served.Connect();
        client.Send("""{"op":"advertise_action","action":"/grip","type":"control_msgs/GripperCommand"}""");
        client.Settle();
        var heard = new List<double>();
        var goal = served.Do(() => served.Robot.ActionClient<Goal, Result, Told>("/grip").Send(
            new Guid("00000000-0000-0000-0000-000000000001"), new() { Command = new() { Position = 0.04 } }, told => heard.Add(told.Position)));
        return (client, goal, heard);
    }

    private static void AssertEnd(JsonElement result, int status, double position)
    {
        Assert.That(result.GetProperty("id").GetString(), Is.EqualTo("g1"));
        Assert.That(result.GetProperty("status").GetInt32(), Is.EqualTo(status));
        Assert.That(result.GetProperty("result").GetBoolean());
        Assert.That(result.GetProperty("values").GetProperty("position").GetDouble(), Is.EqualTo(position));
    }

    private static void AssertFailure(JsonElement result, string why)
    {
        Assert.That(result.GetProperty("result").GetBoolean(), Is.False);
        Assert.That(result.GetProperty("status").GetInt32(), Is.Zero);
        Assert.That(result.GetProperty("values").GetString(), Does.Contain(why));
    }

    private sealed class Gripper : IActionServerHandler<Goal, Result, Told>
    {
        public bool Accepts { get; set; } = true;

        public ServerGoal<Goal, Told>? Goal { get; private set; }

        public CancellationToken Canceled { get; private set; }

        public TaskCompletionSource<GoalEnd<Result>> End { get; } = new();

        public bool Accept(Guid goalId, Goal goal) => Accepts;

        public Task<GoalEnd<Result>> Execute(ServerGoal<Goal, Told> goal, CancellationToken canceled)
        {
            (Goal, Canceled) = (goal, canceled);
            return End.Task;
        }
    }
}
