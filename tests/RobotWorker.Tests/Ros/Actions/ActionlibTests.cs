using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ActionlibMsgs;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Time;
using static RobotWorker.Ros.Actions.GoalState;
using static RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction;
using Progress = RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction.Feedback;

namespace RobotWorker.Tests.Ros.Actions;

/// <summary>actionlib's client and server over five topics of the in-process graph: against each other, and against the other side's raw messages.</summary>
public class ActionlibTests
{
    private const string Gripper = "/gripper";

    [Test]
    public void Goal_Succeeds_WithFeedback() => OnActionlib(async world =>
    {
        var handler = new Fingers(world.Time, seconds: 2);
        world.Serve(handler);
        await world.Seconds(0.3);    // the status is heard
        var widths = new List<double>();

        var outcome = await world.Client.Send(Id(1), Close(0.02), feedback => widths.Add(feedback.Position)).Completion;

        Assert.That((outcome.State, outcome.Result!.Position), Is.EqualTo((Succeeded, 0.02)));
        Assert.That(widths, Is.EqualTo([0.5]));
    });

    [Test]
    public void Goal_SentBeforeTheServerIsThere_WaitsForItsStatus() => OnActionlib(async world =>
    {
        Assert.That(world.Client.ServerIsThere, Is.False);
        var goal = world.Client.Send(Id(1), Close(0.02));
        await world.Seconds(2);
        Assert.That(goal.State, Is.EqualTo(Sending));

        world.Serve(new Fingers(world.Time, seconds: 1));

        Assert.That((await goal.Completion).State, Is.EqualTo(Succeeded));
    });

    [Test]
    public void Goal_WithoutAnyServer_IsRejected_SinceItWasNeverSent() => OnActionlib(async world =>
    {
        var outcome = await world.Client.Send(Id(1), Close(0.02)).Completion;

        Assert.That(outcome.State, Is.EqualTo(Rejected));
        Assert.That(outcome.Detail, Does.Contain("was not sent"));
    });

    [Test]
    public void TakenUp_StillRuns_ItsResultComes() => OnActionlib(async world =>
    {
        world.Serve(new Fingers(world.Time, seconds: 3));
        await world.Seconds(0.3);
        _ = world.Client.Send(Id(1), Close(0.02));
        await world.Seconds(1);
        var another = world.AnotherClient();
        var taken = another.TakeUp(Id(1));
        await world.Seconds(0.5);

        Assert.That(taken.State, Is.EqualTo(Executing));
        Assert.That((await taken.Completion).State, Is.EqualTo(Succeeded));
    });

    [Test]
    public void TakenUp_NotKnownAnyMore_IsUnknown() => OnActionlib(async world =>
    {
        world.Serve(new Fingers(world.Time, seconds: 3));
        await world.Seconds(0.3);

        var outcome = await world.Client.TakeUp(Id(7)).Completion;

        Assert.That((outcome.State, outcome.Detail), Is.EqualTo((Unknown, "the server of /gripper does not know the goal any more")));
    });

    [Test]
    public void Cancel_IsPreempted_AndAGoalThatTheServerRefusesRejected() => OnActionlib(async world =>
    {
        var handler = new Fingers(world.Time, seconds: 60);
        world.Serve(handler);
        await world.Seconds(0.3);
        var goal = world.Client.Send(Id(1), Close(0.02));
        await world.Seconds(1);
        Assert.That(goal.State, Is.EqualTo(Executing));

        goal.Cancel();
        Assert.That((await goal.Completion).State, Is.EqualTo(Canceled));
        handler.Takes = false;

        Assert.That((await world.Client.Send(Id(2), Close(0.02)).Completion).State, Is.EqualTo(Rejected));
    });

    [Test]
    public void Server_RestartedInMidGoal_IsUnknown_AndNeverSucceeded() => OnActionlib(async world =>
    {
        var server = world.Serve(new Fingers(world.Time, seconds: 60));
        await world.Seconds(0.3);
        var goal = world.Client.Send(Id(1), Close(0.02));
        await world.Seconds(1);

        server.Dispose();
        world.Serve(new Fingers(world.Time, seconds: 1));
        var outcome = await goal.Completion;

        Assert.That(outcome.State, Is.EqualTo(Unknown));
        Assert.That(outcome.Detail, Does.Contain("does not know the goal any more"));
    });

    [Test]
    public void Server_Killed_IsUnknownAfterItsSilence() => OnActionlib(async world =>
    {
        var server = world.Serve(new Fingers(world.Time, seconds: 60));
        await world.Seconds(0.3);
        var goal = world.Client.Send(Id(1), Close(0.02));
        await world.Seconds(1);

        server.Dispose();
        var outcome = await goal.Completion;

        Assert.That(outcome.State, Is.EqualTo(Unknown));
        Assert.That(outcome.Detail, Does.Contain("has told no status for 5 s"));
        Assert.That(world.Client.ServerIsThere, Is.False);
    });

    [Test]
    public void ResultBeforeAnyStatus_Counts() => OnActionlib(async world =>
    {
        using var other = world.Graph.Connect("other");
        var status = other.Advertise<GoalStatusArray>(Gripper + "/status");
        var results = other.Advertise(Ros1ActionResult.TypeOf(GripperCommandAction.Type.Result), Gripper + "/result");
        other.Subscribe(Ros1ActionGoal.TypeOf(GripperCommandAction.Type.Goal), Gripper + "/goal", message =>
            results.Publish(new(new(), new() { GoalId = message.GoalId, Status = GoalStatus.ABORTED }, new() { Stalled = true })));
        other.Subscribe<GoalID>(Gripper + "/cancel", _ => { });
        status.Publish(new());
        await world.Seconds(0.1);

        var outcome = await world.Client.Send(Id(1), Close(0.02)).Completion;

        Assert.That((outcome.State, outcome.Result!.Stalled), Is.EqualTo((Aborted, true)));
    });

    [Test]
    public void Server_TakesAnyTextAsId_AndAnEarlyCancelRecallsTheGoal() => OnActionlib(async world =>
    {
        world.Serve(new Fingers(world.Time, seconds: 1));
        using var other = world.Graph.Connect("other");
        var goals = other.Advertise(Ros1ActionGoal.TypeOf(GripperCommandAction.Type.Goal), Gripper + "/goal");
        var cancels = other.Advertise<GoalID>(Gripper + "/cancel");
        var ends = new List<(string Id, byte Status)>();
        other.Subscribe(Ros1ActionResult.TypeOf(GripperCommandAction.Type.Result), Gripper + "/result", message => ends.Add((message.Status.GoalId.Id, message.Status.Status)));

        cancels.Publish(new() { Id = "second" });
        goals.Publish(new(new(), new() { Id = "/chat-1-12.3" }, Close(0.02)));
        goals.Publish(new(new(), new() { Id = "second" }, Close(0.02)));
        await world.Seconds(3);

        Assert.That(ends, Is.EqualTo([("second", GoalStatus.RECALLED), ("/chat-1-12.3", GoalStatus.SUCCEEDED)]));
    });

    private static void OnActionlib(Func<World, Task> test) => OnLoop.Run(async loop =>
    {
        using var node = loop.Graph.Connect("worker");
        await test(new(loop, node));
    });

    private static Guid Id(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private static Goal Close(double position) => new() { Command = new() { Position = position } };

    private sealed class World
    {
        private readonly OnLoop loop;

        public World(OnLoop loop, IRosConnection node)
        {
            this.loop = loop;
            Client = ClientOf(node);
        }

        /// <summary>One of another process.</summary>
        public IActionClient<Goal, Result, Progress> AnotherClient() => ClientOf(loop.Graph.Connect("another"));

        private ActionClient<Goal, Result, Progress> ClientOf(IRosConnection node)
        {
            var link = new Forward();
            var client = new ActionClient<Goal, Result, Progress>(Gripper, loop.Time, link);
            link.Goals = new(node, loop.Graph.Later, GripperCommandAction.Type, Gripper, client);
            return client;
        }

        public InProcessGraph Graph => loop.Graph;

        public TimeProvider Time => loop.Time;

        public IActionClient<Goal, Result, Progress> Client { get; }

        public Task Seconds(double seconds) => loop.Seconds(seconds);

        public IDisposable Serve(Fingers handler)
        {
            var node = loop.Graph.Connect("gripper");
            return new ActionlibServer<Goal, Result, Progress>(node, loop.Graph.Later, GripperCommandAction.Type, Gripper, handler);
        }
    }

    // The client wants its link, and the link its client.
    private sealed class Forward : IActionLink<Goal>
    {
        public ActionlibGoals<Goal, Result, Progress>? Goals { get; set; }

        public bool ServerIsThere => Goals!.ServerIsThere;

        public void Later(Action work) => Goals!.Later(work);

        public void SendGoal(Guid id, Goal goal) => Goals!.SendGoal(id, goal);

        public void TakeUpGoal(Guid id) => Goals!.TakeUpGoal(id);

        public void CancelGoal(Guid id) => Goals!.CancelGoal(id);
    }

    private sealed class Fingers(TimeProvider time, double seconds) : IActionServerHandler<Goal, Result, Progress>
    {
        public bool Takes { get; set; } = true;

        public bool Accept(Guid goalId, Goal goal) => Takes;

        public async Task<GoalEnd<Result>> Execute(ServerGoal<Goal, Progress> goal, CancellationToken canceled)
        {
            goal.Publish(new() { Position = 0.5 });
            await Task.Delay(TimeSpan.FromSeconds(seconds), time, canceled);
            return GoalEnd.Succeeded(new Result { Position = goal.Goal.Command.Position });
        }
    }
}
