using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ActionMsgs;
using RobotWorker.Ros.Rosbridge.Server.Ops;

namespace RobotWorker.Ros.Rosbridge.Server.Actions;

/// <summary>An action that a client offers, whatever its type.</summary>
internal abstract class OfferedAction : IDisposable
{
    public abstract void Feedback(ActionFeedback op);

    public abstract void Result(ActionResult op);

    public abstract void Dispose();
}

/// <summary>
/// An action that a client offers: goals go to it as <c>send_action_goal</c>, its feedback and results come back. The protocol lets it neither reject a goal nor
/// refuse a cancel.
/// </summary>
internal sealed class OfferedAction<TGoal, TResult, TFeedback> : OfferedAction, IActionServerHandler<TGoal, TResult, TFeedback>
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    private readonly ClientSession session;
    private readonly ActionType<TGoal, TResult, TFeedback> type;
    private readonly string action;
    private readonly IDisposable registration;
    private readonly Dictionary<OpId, Running> running = [];
    private int goals;

    public OfferedAction(ClientSession session, ActionType<TGoal, TResult, TFeedback> type, string action)
    {
        (this.session, this.type, this.action) = (session, type, action);
        registration = session.Ros.AdvertiseAction(type, ClientSession.OnGraph(action), this);
    }

    public bool Accept(Guid goalId, TGoal goal) => running.Count < session.Server.Options.MostHeld;

    public async Task<GoalEnd<TResult>> Execute(ServerGoal<TGoal, TFeedback> goal, CancellationToken canceled)
    {
        OpId id = $"action_goal:{action}:{++goals}";
        if (Arguments(goal.Goal) is not { } arguments) return GoalEnd.Aborted(type.Result.Default);
        var work = new Running(goal);
        running.Add(id, work);
        session.Send(Frames.SendActionGoal(id, action, session.Server.Types.Told(type.Name), arguments));
        using var stop = canceled.Register(() => session.Send(Frames.CancelActionGoal(id, action)));
        var result = await work.Ended.Task;
        return End(result, canceled.IsCancellationRequested);
    }

    public override void Feedback(ActionFeedback op) =>
        Find(op.Id, "feedback").Goal.Publish(RosJson.Deserialize(type.Feedback, op.Values.Span, session.Dialect));

    public override void Result(ActionResult op)
    {
        var work = Find(op.Id, "a result");
        running.Remove(op.Id);
        work.Ended.TrySetResult(op);
    }

    public override void Dispose() => registration.Dispose();

    private GoalEnd<TResult> End(ActionResult op, bool canceled)
    {
        if (!op.Result)
        {
            // "Failure to execute": there are no values, and the status may be anything.
            return canceled && op.Status == GoalStatus.STATUS_CANCELED ? GoalEnd.Canceled(type.Result.Default) : GoalEnd.Aborted(type.Result.Default);
        }

        try
        {
            var result = RosJson.Deserialize(type.Result, op.Values.Span, session.Dialect);
            switch (op.Status)
            {
                case GoalStatus.STATUS_SUCCEEDED: return GoalEnd.Succeeded(result);
                case GoalStatus.STATUS_CANCELED when canceled: return GoalEnd.Canceled(result);
                case GoalStatus.STATUS_ABORTED: return GoalEnd.Aborted(result);
                case GoalStatus.STATUS_CANCELED:
                    session.Tell(op.Id, "warning", $"action_result: nobody cancelled the goal {op.Id.Text}; it counts as aborted");
                    return GoalEnd.Aborted(result);
                default:
                    session.Tell(op.Id, "error", $"action_result: status must be 4 (succeeded), 5 (canceled) or 6 (aborted), not {op.Status}; it counts as aborted");
                    return GoalEnd.Aborted(result);
            }
        }
        catch (RosCodecException unfit)
        {
            session.Tell(op.Id, "error", $"action_result: {unfit.Message}; the goal counts as aborted");
            return GoalEnd.Aborted(type.Result.Default);
        }
    }

    private Running Find(OpId id, string what) =>
        running.GetValueOrDefault(id) ?? throw new RefusedException($"{what} for '{id.Text}' of {action}: no such goal runs here");

    private byte[]? Arguments(TGoal goal)
    {
        try
        {
            return RosJson.Serialize(goal, session.Dialect);
        }
        catch (RosCodecException unfit)
        {
            session.Tell(OpId.None, "error", $"a goal of {action} cannot be sent: {unfit.Message}; it is aborted");
            return null;
        }
    }

    /// <summary>A goal that the client works on.</summary>
    private sealed record Running(ServerGoal<TGoal, TFeedback> Goal)
    {
        public TaskCompletionSource<ActionResult> Ended { get; } = new();
    }
}
