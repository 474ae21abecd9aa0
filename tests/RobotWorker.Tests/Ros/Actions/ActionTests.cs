using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ActionMsgs;
using RobotWorker.Ros.Messages.ControlMsgs;
using static RobotWorker.Ros.Actions.GoalState;
using static RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction;

namespace RobotWorker.Tests.Ros.Actions;

/// <summary>Client and server of an action over the in-process graph, whole.</summary>
public class ActionTests
{
    private const string Gripper = "/gripper_controller/gripper_cmd";

    [TestCase(false)]
    [TestCase(true)]
    public void Goal_Succeeds_WithFeedbackAndEveryStateInOrder(bool throughCdr) => OnLoop.Run(async world =>
    {
        var client = Serve(world, new Fingers { Seconds = 2 });
        var widths = new List<double>();

        var goal = client.Send(Id(1), Close(0.04), feedback => widths.Add(feedback.Position));
        var states = Watch(goal);
        var outcome = await goal.Completion;

        Assert.That(states, Is.EqualTo([Accepted, Executing, Succeeded]));
        Assert.That(outcome, Is.EqualTo(new GoalOutcome<Result>(Succeeded, new() { Position = 0.04, ReachedGoal = true }, "")));
        Assert.That(widths, Is.EqualTo([0.085, 0.04]));
    }, throughCdr);

    [Test]
    public void Rejection_IsDataNotAnException() => OnLoop.Run(async world =>
    {
        var client = Serve(world, new Fingers { Takes = false });

        var outcome = await client.Send(Id(1), Close(0.04)).Completion;

        Assert.That((outcome.State, outcome.Result), Is.EqualTo((Rejected, (Result?)null)));
    });

    [Test]
    public void Cancel_WhileExecuting_StopsTheHandler() => OnLoop.Run(async world =>
    {
        var client = Serve(world, new Fingers { Seconds = 60 });
        var goal = client.Send(Id(1), Close(0));
        var states = Watch(goal);
        await world.Seconds(1);

        goal.Cancel();
        goal.Cancel();
        var outcome = await goal.Completion;
        goal.Cancel();

        Assert.That(states, Is.EqualTo([Accepted, Executing, Canceling, Canceled]));
        Assert.That(outcome.State, Is.EqualTo(Canceled));
        Assert.That(world.Loop.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(1)));
    });

    [Test]
    public void Cancel_BeforeTheAnswer_IsKeptUntilTheGoalIsAccepted() => OnLoop.Run(async world =>
    {
        var client = Serve(world, new Fingers { Seconds = 60 });
        var goal = client.Send(Id(1), Close(0));
        var states = Watch(goal);
        goal.Cancel();
        Assert.That(goal.State, Is.EqualTo(Sending));

        var outcome = await goal.Completion;

        Assert.That(outcome.State, Is.EqualTo(Canceled));
        Assert.That(states, Is.EqualTo([Accepted, Canceling, Canceled]));
    });

    [Test]
    public void Cancel_GrantedButTheGoalSucceedsStill_IsSucceeded() => OnLoop.Run(async world =>
    {
        var client = Serve(world, new Fingers { Seconds = 2, Deaf = true });
        var goal = client.Send(Id(1), Close(0));
        await world.Seconds(1);
        goal.Cancel();

        Assert.That((await goal.Completion).State, Is.EqualTo(Succeeded));
        Assert.That(world.Loop.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)));
    });

    [Test]
    public void Cancel_Refused_TheGoalGoesOnAndMayBeAskedAgain() => OnLoop.Run(async world =>
    {
        var fingers = new Fingers { Seconds = 10, Cancellable = false };
        var client = Serve(world, fingers);
        var goal = client.Send(Id(1), Close(0));
        var states = Watch(goal);
        await world.Seconds(1);
        goal.Cancel();
        await world.Seconds(1);
        Assert.That(goal.State, Is.EqualTo(Executing));
        fingers.Cancellable = true;
        goal.Cancel();

        Assert.That((await goal.Completion).State, Is.EqualTo(Canceled));
        Assert.That(states, Is.EqualTo([Accepted, Executing, Canceling, Executing, Canceling, Canceled]));
    });

    [Test]
    public void Cancel_NotEndedInTime_IsUnknownAndTheLateResultGoesNowhere() => OnLoop.Run(async world =>
    {
        var client = Serve(world, new Fingers { Seconds = 30, Deaf = true });
        var goal = client.Send(Id(1), Close(0), timeouts: new(TimeSpan.FromSeconds(1), Cancel: TimeSpan.FromSeconds(3)));
        await world.Seconds(1);
        goal.Cancel();
        var outcome = await goal.Completion;

        Assert.That(outcome.State, Is.EqualTo(Unknown));
        Assert.That(outcome.Detail, Is.EqualTo("not ended within 3 s after the wish to cancel; it may be running"));
        Assert.That(world.Loop.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(4)));
        var next = client.Send(Id(2), Close(0.01));
        await world.Seconds(27);    // the first one's result comes now
        Assert.That((goal.State, next.State), Is.EqualTo((Unknown, Executing)));
        Assert.That((await next.Completion).Result!.Position, Is.EqualTo(0.01));
    });

    [Test]
    public void Accept_NobodyAnswers_TheGoalIsCancelledAndThenUnknown() => OnLoop.Run(async world =>
    {
        var client = world.Graph.Connect("worker").ActionClient(GripperCommandAction.Type, Gripper);
        Assert.That(client.ServerIsThere, Is.False);
        var goal = client.Send(Id(1), Close(0), timeouts: new(Accept: TimeSpan.FromSeconds(2), Cancel: TimeSpan.FromSeconds(3)));
        var states = Watch(goal);

        var outcome = await goal.Completion;

        Assert.That(states, Is.EqualTo([Canceling, Unknown]));
        Assert.That(outcome.Detail, Does.StartWith("not answered within 2 s; not ended within 3 s"));
        Assert.That(world.Loop.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(5)));
    });

    [Test]
    public void Server_Dies_OpenGoalsAreUnknownAndTheNextServerNeverSeesThem() => OnLoop.Run(async world =>
    {
        using var robot = world.Graph.Connect("robot");
        using var worker = world.Graph.Connect("worker");
        var first = new Fingers { Seconds = 10, World = world };
        var server = robot.AdvertiseAction(Gripper, first);
        var client = worker.ActionClient(GripperCommandAction.Type, Gripper);
        var goal = client.Send(Id(1), Close(0));
        await world.Seconds(1);

        server.Dispose();
        robot.AdvertiseAction(Gripper, new Fingers { Seconds = 1, World = world });
        var next = client.Send(Id(2), Close(0.02));

        Assert.That((await goal.Completion).State, Is.EqualTo(Unknown));
        Assert.That((await goal.Completion).Detail, Does.Contain("the server of /gripper_controller/gripper_cmd went away"));
        Assert.That((await next.Completion).State, Is.EqualTo(Succeeded));
        Assert.That(first.WasStopped);
    });

    [Test]
    public void Progress_Stalls_TheGoalIsCancelled() => OnLoop.Run(async world =>
    {
        var client = Serve(world, new Fingers { Seconds = 60, FeedbackEvery = 1 });
        var goal = client.Send(
            Id(1), Close(0), timeouts: GoalTimeouts.Default with { Progress = TimeSpan.FromSeconds(5) },
            progressed: (before, now) => Math.Abs(now.Position - before.Position) > 0.001);

        var outcome = await goal.Completion;

        Assert.That(outcome.State, Is.EqualTo(Canceled));
        Assert.That(outcome.Detail, Is.EqualTo("no progress for 5 s"));
        Assert.That(world.Loop.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(5)), "the feedback says the same width all the time");
    });

    [Test]
    public void Progress_IsMade_TheGoalIsLeftAlone() => OnLoop.Run(async world =>
    {
        var client = Serve(world, new Fingers { Seconds = 20, FeedbackEvery = 1 });
        var goal = client.Send(Id(1), Close(0), timeouts: GoalTimeouts.Default with { Progress = TimeSpan.FromSeconds(5) });

        Assert.That((await goal.Completion).State, Is.EqualTo(Succeeded));
    });

    [Test]
    public void GoalId_UsedBefore_IsRefusedByTheClientAndByTheServer() => OnLoop.Run(async world =>
    {
        var client = Serve(world, new Fingers { Seconds = 2 });
        var other = world.Graph.Connect("other").ActionClient(GripperCommandAction.Type, Gripper);
        var goal = client.Send(Id(1), Close(0));
        var stolen = other.Send(Id(1), Close(0));

        Assert.That(() => client.Send(Id(1), Close(0)), Throws.ArgumentException.With.Message.Contains("was used before"));
        Assert.That((await stolen.Completion).State, Is.EqualTo(Rejected));
        Assert.That((await goal.Completion).State, Is.EqualTo(Succeeded));
    });

    [Test]
    public void Server_MayPreemptItsOldGoalForANewOne() => OnLoop.Run(async world =>
    {
        var client = Serve(world, new Fingers { Seconds = 5, OneAtATime = true });
        var old = client.Send(Id(1), Close(0));
        await world.Seconds(1);
        var next = client.Send(Id(2), Close(0.03));

        Assert.That((await old.Completion).State, Is.EqualTo(Aborted));
        Assert.That((await next.Completion).Result!.Position, Is.EqualTo(0.03));
    });

    [Test]
    public void Client_Disposed_ItsOpenGoalsEndAsUnknown() => OnLoop.Run(async world =>
    {
        var client = Serve(world, new Fingers { Seconds = 60 });
        var goal = client.Send(Id(1), Close(0));
        await world.Seconds(1);
        client.Dispose();

        Assert.That((await goal.Completion).State, Is.EqualTo(Unknown));
        Assert.That(() => client.Send(Id(2), Close(0)), Throws.TypeOf<ObjectDisposedException>());
    });

    [Test]
    public void CancelService_ZeroIdAndStamp_CancelsEveryGoal() => OnLoop.Run(async world =>
    {
        var client = Serve(world, new Fingers { Seconds = 60 });
        var one = client.Send(Id(1), Close(0));
        var two = client.Send(Id(2), Close(0));
        await world.Seconds(1);

        var answer = await world.Graph.Connect("stop").CallServiceAsync(
            CancelGoal.Type, Gripper + "/_action/cancel_goal", new(), TimeSpan.FromSeconds(1));

        Assert.That(answer.ReturnCode, Is.EqualTo(CancelGoal.Response.ERROR_NONE));
        Assert.That(answer.GoalsCanceling.Select(info => info.GoalId.ToGuid()), Is.EqualTo([Id(1), Id(2)]));
        Assert.That(((await one.Completion).State, (await two.Completion).State), Is.EqualTo((Canceled, Canceled)));
    });

    [Test]
    public void Tap_SeesGoalFeedbackStatusAndResult() => OnLoop.Run(async world =>
    {
        var tap = new Recorder();
        var watcher = world.Graph.Connect("recorder");
        watcher.Tap(tap);
        var client = Serve(world, new Fingers { Seconds = 1 });
        await client.Send(Id(7), Close(0.04)).Completion;
        await world.Settle();

        Assert.That(tap.Seen, Is.EqualTo([
            "goal control_msgs/action/GripperCommand_SendGoal_Request",
            "status action_msgs/msg/GoalStatusArray",      // accepted
            "status action_msgs/msg/GoalStatusArray",      // executing
            "feedback control_msgs/action/GripperCommand_FeedbackMessage",
            "feedback control_msgs/action/GripperCommand_FeedbackMessage",
            "result control_msgs/action/GripperCommand_GoalResult",
            "status action_msgs/msg/GoalStatusArray",      // succeeded
        ]));
        GoalStatusArray? latest = null;
        watcher.Subscribe<GoalStatusArray>(Gripper + "/_action/status", status => latest = status, Qos.Latched);
        await world.Settle();
        Assert.That(latest!.StatusList.Select(goal => (goal.GoalInfo.GoalId.ToGuid(), goal.Status)), Is.EqualTo([(Id(7), GoalStatus.STATUS_SUCCEEDED)]));
    });

    [Test]
    public void Handler_Throws_TheRunEndsWithIt() =>
        Assert.That(
            () => OnLoop.Run(async world =>
            {
                var client = Serve(world, new Fingers { Breaks = true });
                await client.Send(Id(1), Close(0)).Completion;
            }),
            Throws.TypeOf<ActionHandlerException>().With.Message.Contains(Gripper).And.Message.Contains("motor table is empty"));

    [Test]
    public void Action_OfAnotherType_IsRefused() => OnLoop.Run(world =>
    {
        Serve(world, new Fingers());
        Assert.That(
            () => world.Graph.Connect("cook").ActionClient(PointHead.Type, Gripper),
            Throws.TypeOf<RosGraphException>().With.Message.Contains("cannot use it as control_msgs/action/PointHead"));
        return Task.CompletedTask;
    });

    private static IActionClient<Goal, Result, Feedback> Serve(OnLoop world, Fingers fingers)
    {
        fingers.World = world;
        world.Graph.Connect("robot").AdvertiseAction(Gripper, fingers);
        return world.Graph.Connect("worker").ActionClient(GripperCommandAction.Type, Gripper);
    }

    private static List<GoalState> Watch(IGoalHandle<Result> goal)
    {
        var states = new List<GoalState>();
        goal.StateChanged += states.Add;
        return states;
    }

    private static Goal Close(double width) => new() { Command = new() { Position = width, MaxEffort = 40 } };

    private static Guid Id(byte number) => new([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number]);

    /// <summary>A gripper that takes its time.</summary>
    private sealed class Fingers : IActionServerHandler<Goal, Result, Feedback>, IDisposable
    {
        private CancellationTokenSource current = new();

        public OnLoop? World { get; set; }

        public double Seconds { get; init; }

        public double FeedbackEvery { get; init; }

        public bool Takes { get; init; } = true;

        public bool Cancellable { get; set; } = true;

        public bool Deaf { get; init; }

        public bool OneAtATime { get; init; }

        public bool Breaks { get; init; }

        public bool WasStopped { get; private set; }

        public bool Accept(Guid goalId, Goal goal)
        {
            if (OneAtATime) current.Cancel();
            current = new();
            return Takes;
        }

        public bool AcceptCancel(Guid goalId) => Cancellable;

        public void Dispose() => current.Dispose();

        public async Task<GoalEnd<Result>> Execute(ServerGoal<Goal, Feedback> goal, CancellationToken canceled)
        {
            if (Breaks) throw new NotSupportedException("motor table is empty");
            var replaced = current.Token;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(canceled, replaced);
            goal.Publish(new() { Position = 0.085 });
            try
            {
                for (var left = Seconds; left > 0; left -= FeedbackEvery == 0 ? Seconds : FeedbackEvery)
                {
                    await Task.Delay(TimeSpan.FromSeconds(FeedbackEvery == 0 ? Seconds : FeedbackEvery), World!.Time, Deaf ? default : stop.Token);
                    if (FeedbackEvery != 0) goal.Publish(new() { Position = 0.085 });
                }
            }
            catch (OperationCanceledException) when (replaced.IsCancellationRequested)
            {
                return GoalEnd.Aborted(new Result());
            }
            catch (OperationCanceledException)
            {
                WasStopped = true;
                throw;
            }

            goal.Publish(new() { Position = goal.Goal.Command.Position });
            return GoalEnd.Succeeded(new Result { Position = goal.Goal.Command.Position, ReachedGoal = true });
        }
    }

    private sealed class Recorder : IMessageTap
    {
        public List<string> Seen { get; } = [];

        public void Saw(in TappedMessage message)
        {
            Assert.That(Cdr.Serialize(message.Message), Has.Length.GreaterThan(4));
            Seen.Add($"{message.Topic.Name.Split('/')[^1]} {message.Message.TypeName}");
        }
    }
}
