using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ActionMsgs;
using RobotWorker.Ros.Rosbridge.Server.Ops;

namespace RobotWorker.Ros.Rosbridge.Server.Actions;

/// <summary>A goal that a client sent and that has not ended.</summary>
/// <param name="Sent">As the client sent it.</param>
/// <param name="Cancel">Asks to cancel it.</param>
/// <param name="Forget">Nobody wants to hear of it any more; it goes on.</param>
internal sealed record OpenGoal(SendActionGoal Sent, Action Cancel, Action Forget);

/// <summary>Sends goals of one client to one action, whatever its type.</summary>
internal abstract class GoalSender
{
    /// <exception cref="RosCodecException">The arguments are no goal.</exception>
    public abstract OpenGoal Send(SendActionGoal op, Guid goalId, Action ended);
}

/// <summary>Sends goals of one client to one action.</summary>
internal sealed class GoalSender<TGoal, TResult, TFeedback>(
    ClientSession session, ActionType<TGoal, TResult, TFeedback> type, IActionClient<TGoal, TResult, TFeedback> client) : GoalSender
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    // How long to wait is the client's decision, not the server's.
    private static readonly GoalTimeouts Forever = new(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public override OpenGoal Send(SendActionGoal op, Guid goalId, Action ended)
    {
        var goal = RosJson.Deserialize(type.Goal, op.Arguments.Span, session.Dialect);
        var listens = true;
        var handle = client.Send(goalId, goal, feedback => { if (listens && op.Feedback) Tell(op, feedback); }, Forever);
        _ = FollowAsync();
        return new(op, handle.Cancel, () => listens = false);

        async Task FollowAsync()
        {
            var outcome = await handle.Completion;
            if (!listens) return;
            ended();
            session.Send(FrameOf(op, outcome), op.FragmentSize);
        }
    }

    private void Tell(SendActionGoal op, TFeedback feedback)
    {
        try
        {
            session.Send(Frames.ActionFeedback(op.Id, op.Action, RosJson.Serialize(feedback, session.Dialect)), op.FragmentSize);
        }
        catch (RosCodecException unfit)
        {
            session.Tell(op.Id, "error", $"feedback of {op.Action} cannot be sent: {unfit.Message}");
        }
    }

    private byte[] FrameOf(SendActionGoal op, GoalOutcome<TResult> outcome)
    {
        try
        {
            return outcome.State switch
            {
                GoalState.Succeeded => Ended(GoalStatus.STATUS_SUCCEEDED),
                GoalState.Canceled => Ended(GoalStatus.STATUS_CANCELED),
                GoalState.Aborted => Ended(GoalStatus.STATUS_ABORTED),
                GoalState.Rejected => Frames.ActionFailure(op.Id, op.Action, $"the server of {op.Action} rejected the goal"),
                _ => Frames.ActionFailure(op.Id, op.Action, outcome.Detail),
            };
        }
        catch (RosCodecException unfit)
        {
            return Frames.ActionFailure(op.Id, op.Action, $"it ended as {outcome.State}, but the result cannot be sent: {unfit.Message}");
        }

        byte[] Ended(sbyte status) => Frames.ActionResult(op.Id, op.Action, status, RosJson.Serialize(outcome.Result!, session.Dialect));
    }
}
