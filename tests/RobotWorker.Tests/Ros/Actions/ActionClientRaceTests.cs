using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages.ControlMsgs;
using static RobotWorker.Ros.Actions.GoalState;

namespace RobotWorker.Tests.Ros.Actions;

/// <summary>The client against a wire that answers late, twice, out of order or not at all.</summary>
public class ActionClientRaceTests
{
    private static readonly Guid Goal = new("00000000-0000-0000-0000-000000000001");

    [Test]
    public void Send_TheHandleIsKnownBeforeTheGoalLeaves() => OnLoop.Run(async world =>
    {
        var wire = new Wire();
        var client = Client(world, wire);
        wire.OnGoal = id => client.Happened(id, GoalEvent.Accepted);    // within the very call

        var goal = client.Send(Goal, new(), null, null, null);

        Assert.That(goal.State, Is.EqualTo(Accepted));
        await world.Settle();
    });

    [Test]
    public void Result_BeforeTheAnswer_Counts() => OnLoop.Run(async world =>
    {
        var wire = new Wire();
        var client = Client(world, wire);
        var goal = client.Send(Goal, new(), null, null, null);

        client.Ended(Goal, GoalEvent.Succeeded, new() { Position = 1 });
        client.Happened(Goal, GoalEvent.Accepted);    // too late to matter

        Assert.That((await goal.Completion).Result!.Position, Is.EqualTo(1));
    });

    [Test]
    public void Answer_AfterTheAcceptTimeout_DoesNotUndoTheCancel() => OnLoop.Run(async world =>
    {
        var wire = new Wire();
        var client = Client(world, wire);
        var goal = client.Send(Goal, new(), null, Timeouts, null);
        await world.Seconds(1.5);
        client.Happened(Goal, GoalEvent.Accepted);
        client.Happened(Goal, GoalEvent.Started);

        Assert.That(goal.State, Is.EqualTo(Canceling));
        Assert.That(wire.Cancels, Is.EqualTo([Goal]));
        client.Ended(Goal, GoalEvent.Canceled, new());
        Assert.That((await goal.Completion).State, Is.EqualTo(Canceled));
    });

    [Test]
    public void Rejection_AfterTheAcceptTimeout_ProvesThatItNeverRan() => OnLoop.Run(async world =>
    {
        var client = Client(world, new Wire());
        var goal = client.Send(Goal, new(), null, Timeouts, null);
        await world.Seconds(1.5);
        client.Happened(Goal, GoalEvent.Rejected);

        Assert.That((await goal.Completion).State, Is.EqualTo(Rejected));
    });

    [Test]
    public void CancelAnsweredNotKnown_AfterTheAcceptTimeout_IsUnknown() => OnLoop.Run(async world =>
    {
        var client = Client(world, new Wire());
        var goal = client.Send(Goal, new(), null, Timeouts, null);
        await world.Seconds(1.5);
        client.Happened(Goal, GoalEvent.GoalNotKnown);    // the goal itself may still be on its way

        Assert.That((await goal.Completion).State, Is.EqualTo(Unknown));
    });

    [Test]
    public void CancelTooLate_WaitsForTheResultThatIsOnItsWay() => OnLoop.Run(async world =>
    {
        var client = Client(world, new Wire());
        var goal = client.Send(Goal, new(), null, Timeouts, null);
        client.Happened(Goal, GoalEvent.Accepted);
        goal.Cancel();
        client.Happened(Goal, GoalEvent.CancelTooLate);
        await world.Seconds(0.5);
        Assert.That(goal.State, Is.EqualTo(Canceling));
        client.Ended(Goal, GoalEvent.Succeeded, new() { Position = 2 });

        Assert.That((await goal.Completion).Result!.Position, Is.EqualTo(2));
    });

    [Test]
    public void Feedback_BeforeTheAnswer_ShowsItExecutingAndNoneComesAfterTheEnd() => OnLoop.Run(async world =>
    {
        var client = Client(world, new Wire());
        var heard = 0;
        var goal = client.Send(Goal, new(), _ => heard++, null, null);
        client.Feedback(Goal, new());
        Assert.That(goal.State, Is.EqualTo(Executing));
        client.Happened(Goal, GoalEvent.Accepted);
        client.Ended(Goal, GoalEvent.Aborted, new());
        client.Feedback(Goal, new());

        Assert.That((await goal.Completion).State, Is.EqualTo(Aborted));
        Assert.That(heard, Is.EqualTo(1));
    });

    [Test]
    public void Acceptance_ToldTwice_IsToldOnce_AndARefusalAfterItIsANamedError() => OnLoop.Run(async world =>
    {
        var client = Client(world, new Wire());
        var goal = client.Send(Goal, new(), null, null, null);
        client.Happened(Goal, GoalEvent.Accepted);
        client.Happened(Goal, GoalEvent.Accepted);
        Assert.That(goal.State, Is.EqualTo(Accepted));

        Assert.That(() => client.Happened(Goal, GoalEvent.Rejected), Throws.TypeOf<IllegalGoalTransitionException>());
        await world.Settle();
    });

    private static GoalTimeouts Timeouts => new(Accept: TimeSpan.FromSeconds(1), Cancel: TimeSpan.FromSeconds(1));

    private static ActionClient<GripperCommandAction.Goal, GripperCommandAction.Result, GripperCommandAction.Feedback> Client(OnLoop world, Wire wire) =>
        new("/gripper", world.Time, wire);

    private sealed class Wire : IActionLink<GripperCommandAction.Goal>
    {
        public Action<Guid>? OnGoal { get; set; }

        public List<Guid> Cancels { get; } = [];

        public bool ServerIsThere => true;

        public void Later(Action work) => work();

        public void SendGoal(Guid id, GripperCommandAction.Goal goal) => OnGoal?.Invoke(id);

        public void TakeUpGoal(Guid id)
        {
        }

        public void CancelGoal(Guid id) => Cancels.Add(id);
    }
}
