using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ActionMsgs;
using RobotWorker.Ros.Rosbridge.Protocol;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>
/// Serves an action by rosbridge's ops: the server hands us the goals of its ROS clients. Goals that run when the link is lost go on; their
/// ends reach nobody, since the server aborted them by then.
/// </summary>
internal sealed class OpActionServer<TGoal, TResult, TFeedback> : OpTarget, ISpoken, IActionServerLink<TResult, TFeedback>, IDisposable
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    private readonly Dictionary<Guid, string> ids = [];
    private readonly RosbridgeLink link;
    private readonly ActionType<TGoal, TResult, TFeedback> type;
    private readonly string action;
    private readonly ActionServer<TGoal, TResult, TFeedback> server;

    public OpActionServer(
        RosbridgeLink link, ActionType<TGoal, TResult, TFeedback> type, string action, IActionServerHandler<TGoal, TResult, TFeedback> handler)
    {
        this.link = link;
        this.type = type;
        this.action = action;
        server = new(action, type.Result, handler, this);
        link.Targets.Actions[action] = this;
        link.Add(this);
    }

    public TimeProvider Time => link.Time;

    public void Say() => link.Command(link.Op("advertise_action").Text("type", link.Spelled(type.Name)).Text("action", action).Take(), action);

    public void Lost(string why) => ids.Clear();

    public void Dispose()
    {
        link.Targets.Actions.TryRemove(action, out _);
        link.Remove(this);
        link.Command(link.Op("unadvertise_action").Text("action", action).Take(), action);
        link.Later(server.Leave);
    }

    public override object? Decode(in JsonOp op, RosDialect dialect)
    {
        var id = EnvelopeText.Read(op.Id) ?? throw RosCodecException.At("id", 0, "a goal has no id");
        if (op.Is("\"cancel_action_goal\""u8)) return new Wish(id, default, IsCancel: true, "");
        try
        {
            return new Wish(id, op.Args.IsEmpty ? type.Goal.Default : RosJson.Deserialize(type.Goal, op.Args, dialect), IsCancel: false, "");
        }
        catch (RosCodecException wrong)
        {
            return new Wish(id, default, IsCancel: false, wrong.Message);
        }
    }

    public override void Deliver(object? message)
    {
        var wish = (Wish)message!;
        var id = TextGoalIds.Of(wish.Id);
        if (wish.IsCancel)
        {
            server.ReceiveCancel(id);
            return;
        }

        ids[id] = wish.Id;
        if (wish.Problem.Length > 0) Refuse(id, wish.Problem);
        else if (server.HasSeen(id)) Refuse(id, "rejected: its id was used before");
        else server.ReceiveGoal(id, wish.Goal!);
    }

    public void Later(Action work) => link.Later(work);

    public void Reply(Guid id, GoalEvent happened)
    {
        if (happened == GoalEvent.Rejected) Refuse(id, "rejected");
    }

    public void ReplyFeedback(Guid id, TFeedback feedback)
    {
        if (IsAsked(id, out var text))
            link.Command(link.Op("action_feedback").Text("id", text).Text("action", action).Message("values", feedback, link.Dialect!.Value).Take(), action);
    }

    public void ReplyEnd(Guid id, GoalEvent end, TResult result, string text)
    {
        if (!IsAsked(id, out var known)) return;
        ids.Remove(id);
        var status = end switch
        {
            GoalEvent.Succeeded => GoalStatus.STATUS_SUCCEEDED,
            GoalEvent.Canceled => GoalStatus.STATUS_CANCELED,
            _ => GoalStatus.STATUS_ABORTED,
        };
        link.Command(
            link.Op("action_result").Text("id", known).Text("action", action).Message("values", result, link.Dialect!.Value).Number("status", status)
                .Truth("result", true).Take(),
            action);
    }

    /// <summary>The server publishes the status of the goals that it gave us.</summary>
    public void PublishStatus(GoalStatusArray status)
    {
    }

    private bool IsAsked(Guid id, out string text) => ids.TryGetValue(id, out text!) && link.State == Graph.LinkState.Up;

    private void Refuse(Guid id, string why)
    {
        if (!IsAsked(id, out var text)) return;
        ids.Remove(id);
        link.Command(
            link.Op("action_result").Text("id", text).Text("action", action).Text("values", why).Number("status", GoalStatus.STATUS_ABORTED).Truth("result", false).Take(),
            action);
    }

    private sealed record Wish(string Id, TGoal? Goal, bool IsCancel, string Problem);
}
