using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages.MoveBaseMsgs;
using RobotWorker.Ros.Ros1;

namespace RobotWorker.Integration.Ros1;

/// <summary>actionlib between a node of ours and rospy's: as client and as server.</summary>
[TestFixture]
public sealed class ActionTests
{
    private static readonly GoalTimeouts Patient = new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20));

    private RosMaster master = null!;
    private int goals;

    [OneTimeSetUp]
    public void StartMaster() => master = RosMaster.Start();

    [OneTimeTearDown]
    public void StopMaster() => master?.Dispose();

    // Sent before the client is connected: it must wait, or it would be lost.
    [Test]
    public void Goal_SentAtOnce_Succeeds() => Ros1Bench.Run(master, async bench =>
    {
        using var server = await bench.Peer("move_base.py");
        var client = Client(await bench.Node("robot"));
        var feedbacks = new List<double>();

        var handle = client.Send(NextId(), Target(1), feedback => feedbacks.Add(feedback.BasePosition.Pose.Position.X), Patient);
        var states = States(handle);
        var outcome = await handle.Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Succeeded), outcome.Detail);
        Assert.That(feedbacks, Is.EqualTo([0, 1, 2]));
        Assert.That(states, Is.EqualTo([GoalState.Executing, GoalState.Succeeded]));
        Assert.That(server.Lines, Does.Contain("started 1 in map"));
        Assert.That(client.ServerIsThere);
    });

    [Test]
    public void Goal_ServerGivesUp_IsAborted() => Ros1Bench.Run(master, async bench =>
    {
        using var server = await bench.Peer("move_base.py");
        var client = Client(await bench.Node("robot"));

        var outcome = await client.Send(NextId(), Target(2), timeouts: Patient).Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Aborted), outcome.Detail);
    });

    [Test]
    public void Goal_Cancelled_EndsAsCanceled() => Ros1Bench.Run(master, async bench =>
    {
        using var server = await bench.Peer("move_base.py");
        var client = Client(await bench.Node("robot"));
        var handle = client.Send(NextId(), Target(3), timeouts: Patient);
        await bench.Until(() => handle.State == GoalState.Executing, () => server.Output);

        handle.Cancel();
        var outcome = await handle.Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Canceled), outcome.Detail);
        Assert.That(server.Count("preempted 3"), Is.EqualTo(1));
    });

    [Test]
    public void Goal_DisplacedByANewOne_EndsAndTheNewOneRuns() => Ros1Bench.Run(master, async bench =>
    {
        using var server = await bench.Peer("move_base.py");
        var client = Client(await bench.Node("robot"));
        var first = client.Send(NextId(), Target(3), timeouts: Patient);
        await bench.Until(() => first.State == GoalState.Executing);

        var second = client.Send(NextId(), Target(1), timeouts: Patient);

        Assert.That((await second.Completion).State, Is.EqualTo(GoalState.Succeeded));
        Assert.That((await first.Completion).State, Is.EqualTo(GoalState.Canceled));
    });

    // actionlib's simple server ends a goal whose stamp is older than the one before, at once.
    [Test]
    public void Goal_OfALaterRunWhoseClockBeganAnew_IsCarriedOut()
    {
        using var server = LivePeer.Python(master, "move_base.py");
        foreach (var wait in new[] { 3.0, 0.0 })
        {
            Ros1Bench.Run(master, async bench =>
            {
                await bench.Until(() => server.Count("ready") > 0, () => server.Output);
                var client = Client(await bench.Node("robot"));
                await bench.Seconds(wait);

                var outcome = await client.Send(NextId(), Target(1), timeouts: Patient).Completion;

                Assert.That(outcome.State, Is.EqualTo(GoalState.Succeeded), outcome.Detail);
            });
        }
    }

    [Test]
    public void Goal_ServerKilledInMidGoal_IsUnknown() => Ros1Bench.Run(master, async bench =>
    {
        using var server = await bench.Peer("move_base.py");
        var client = Client(await bench.Node("robot"));
        var handle = client.Send(NextId(), Target(3), timeouts: Patient);
        await bench.Until(() => handle.State == GoalState.Executing);

        server.Kill();
        var outcome = await handle.Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Unknown));
        Assert.That(outcome.Detail, Does.Contain("/move_base"));
        Assert.That(client.ServerIsThere, Is.False);
    });

    [Test]
    public void Goal_ServerRestartedInMidGoal_IsUnknownAndNotCarriedOutAgain() => Ros1Bench.Run(master, async bench =>
    {
        var client = Client(await bench.Node("robot"));
        IGoalHandle<MoveBase.Result> handle;
        using (var server = await bench.Peer("move_base.py"))
        {
            handle = client.Send(NextId(), Target(3), timeouts: Patient);
            await bench.Until(() => handle.State == GoalState.Executing);
            server.Kill();
        }

        using var again = await bench.Peer("move_base.py");
        var outcome = await handle.Completion;
        await bench.Until(() => client.ServerIsThere);
        var next = await client.Send(NextId(), Target(1), timeouts: Patient).Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Unknown));
        Assert.That(next.State, Is.EqualTo(GoalState.Succeeded));
        Assert.That(again.Lines.Where(line => line.StartsWith("started", StringComparison.Ordinal)), Is.EqualTo(["started 1 in map"]));
    });

    [Test]
    public void Goal_NoServer_IsRejectedWhenItsTimeIsUp() => Ros1Bench.Run(master, async bench =>
    {
        var client = Client(await bench.Node("robot"));

        var outcome = await client.Send(NextId(), Target(1), timeouts: new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1))).Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Rejected), "it was never sent");
        Assert.That(client.ServerIsThere, Is.False);
    });

    [Test]
    public void Server_RospyClient_SucceedsAbortsAndCancels() => Ros1Bench.Run(master, async bench =>
    {
        var robot = await bench.Node("robot");
        var base_ = new Base(bench);
        robot.AdvertiseAction(MoveBase.Type, "/move_base", base_);
        using var driver = await bench.Peer("drive.py");
        await bench.Until(() => driver.Says("server "), () => driver.Output);

        driver.Say("goal 1");
        await bench.Until(() => driver.Says("ended SUCCEEDED with"), () => driver.Output);
        Assert.That(driver.Output, Does.Match("ended SUCCEEDED with [123] feedbacks"), "rospy's client drops what comes before its send_goal has returned");
        driver.Say("goal 2");
        await bench.Until(() => driver.Says("ended ABORTED"), () => driver.Output);
        driver.Say("goal 4");
        await bench.Until(() => driver.Says("ended REJECTED"), () => driver.Output);
        driver.Say("start 3");
        await bench.Until(() => driver.Says("under way"), () => driver.Output);
        driver.Say("cancel");
        await bench.Until(() => driver.Says("ended PREEMPTED"), () => driver.Output);

        Assert.That(driver.Lines, Does.Contain("server True"));
        Assert.That(base_.Frames, Is.EqualTo(["map", "map", "map"]));
    });

    private static IActionClient<MoveBase.Goal, MoveBase.Result, MoveBase.Feedback> Client(Ros1Node node) => node.ActionClient(MoveBase.Type, "/move_base");

    private static List<GoalState> States<T>(IGoalHandle<T> handle)
    {
        var states = new List<GoalState>();
        handle.StateChanged += states.Add;
        return states;
    }

    private static MoveBase.Goal Target(double x) => new()
    {
        TargetPose = new()
        {
            Header = new() { FrameId = "map" },
            Pose = new() { Position = new() { X = x }, Orientation = new() { W = 1 } },
        },
    };

    private Guid NextId() => new(++goals, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    private sealed class Base(Ros1Bench bench) : IActionServerHandler<MoveBase.Goal, MoveBase.Result, MoveBase.Feedback>
    {
        public List<string> Frames { get; } = [];

        public bool Accept(Guid goalId, MoveBase.Goal goal) => goal.TargetPose.Pose.Position.X < 4;

        public async Task<GoalEnd<MoveBase.Result>> Execute(ServerGoal<MoveBase.Goal, MoveBase.Feedback> goal, CancellationToken canceled)
        {
            var x = goal.Goal.TargetPose.Pose.Position.X;
            Frames.Add(goal.Goal.TargetPose.Header.FrameId);
            for (var i = 0; i < (x < 3 ? 3 : 1000); i++)
            {
                goal.Publish(new() { BasePosition = new() { Pose = new() { Position = new() { X = i } } } });
                await Task.Delay(TimeSpan.FromMilliseconds(50), bench.Loop.Time, canceled);
            }

            return x < 2 ? GoalEnd.Succeeded(MoveBase.Result.Default) : GoalEnd.Aborted(MoveBase.Result.Default);
        }
    }
}
