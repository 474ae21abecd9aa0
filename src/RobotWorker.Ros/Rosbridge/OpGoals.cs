using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ActionMsgs;
using RobotWorker.Ros.Rosbridge.Protocol;
using RobotWorker.Ros.Wire;
using CancelService = RobotWorker.Ros.Messages.ActionMsgs.CancelGoal;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>
/// Goals by rosbridge's action ops. They have no answer that accepts a goal and do not tell the id that ROS gives it, so that the first feedback, the
/// result, or a new goal on the action's status topic while just one of ours is unanswered, counts as accepting.
/// </summary>
internal sealed class OpGoals<TGoal, TResult, TFeedback> : IOpenGoals<TGoal>
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    private readonly Dictionary<Guid, OpenGoal> open = [];
    private readonly RosbridgeLink link;
    private readonly RosapiWatch watch;
    private readonly ActionType<TGoal, TResult, TFeedback> type;
    private readonly string action;
    private readonly IActionReplies<TResult, TFeedback> replies;
    private readonly IDisposable status;
    private HashSet<Guid> shown = [];
    private bool statusHeard;
    private bool cancelingAll;

    public OpGoals(
        RosbridgeConnection connection, RosbridgeLink link, RosapiWatch watch, ActionType<TGoal, TResult, TFeedback> type, string action,
        IActionReplies<TResult, TFeedback> replies)
    {
        this.link = link;
        this.watch = watch;
        this.type = type;
        this.action = action;
        this.replies = replies;
        status = connection.Subscribe(MessageType.Of<GoalStatusArray>(), action + "/_action/status", TakeStatus);
    }

    public bool ServerIsThere => statusHeard || watch.ShowsAction(action) != false;

    public void Later(Action work) => link.Later(work);

    public void SendGoal(Guid id, TGoal goal)
    {
        // The server keeps the ids of all its clients in one place: only one that is unique in the world is safe.
        var op = link.Op("send_action_goal").Text("id", id.ToString()).Text("action", action).Text("action_type", link.Spelled(type.Name))
            .Message("args", goal, link.Dialect!.Value).Truth("feedback", true).Take();
        open.Add(id, new(this, id));
        link.Targets.Goals[id.ToString()] = open[id];
        if (!link.Command(op, action)) link.Later(() => End(id, () => replies.Happened(id, GoalEvent.ServerLost, "there was no room to send it: the goal was not sent")));
    }

    public void TakeUpGoal(Guid id) =>
        link.Later(() => replies.Happened(id, GoalEvent.ServerLost, "rosbridge's action ops do not tell the goals' ids: which of them is ours cannot be known"));

    public void CancelGoal(Guid id)
    {
        if (!open.TryGetValue(id, out var goal)) return;
        goal.IsCanceling = true;
        link.Command(link.Op("cancel_action_goal").Text("id", id.ToString()).Text("action", action).Take(), action);
        goal.Heeded = link.Time.CreateTimer(_ => CancelAll(), null, link.Options.CancelHeededWithin, Timeout.InfiniteTimeSpan);
    }

    public void LinkLost(string why)
    {
        statusHeard = false;
        shown = [];
        foreach (var id in open.Keys.ToList()) End(id, () => replies.Happened(id, GoalEvent.ServerLost, $"{why}; the goal may be running"));
    }

    public void Dispose()
    {
        status.Dispose();
        foreach (var id in open.Keys.ToList()) End(id, () => { });
    }

    private void TakeStatus(GoalStatusArray message)
    {
        statusHeard = true;
        var before = shown;
        shown = [.. message.StatusList.Select(entry => entry.GoalInfo.GoalId.ToGuid())];
        foreach (var entry in message.StatusList)
        {
            if (entry.Status is not (GoalStatus.STATUS_ACCEPTED or GoalStatus.STATUS_EXECUTING)) continue;
            var its = entry.GoalInfo.GoalId.ToGuid();
            var goal = open.Values.FirstOrDefault(known => known.RosId == its);
            if (goal is null && !before.Contains(its) && open.Values.Where(known => known is { IsHeard: false, IsCanceling: false }).ToList() is [var only])
                (goal, only.RosId) = (only, its);
            if (goal is null) continue;
            goal.IsHeard = true;
            replies.Happened(goal.Id, entry.Status == GoalStatus.STATUS_ACCEPTED ? GoalEvent.Accepted : GoalEvent.Started);
        }
    }

    private void Take(OpenGoal goal, Answer answer)
    {
        if (!open.ContainsKey(goal.Id)) return;
        switch (answer)
        {
            case { Feedback: { } feedback }:
                goal.IsHeard = true;
                replies.Feedback(goal.Id, feedback);
                break;
            case { Result: { } result, End: { } end }:
                End(goal.Id, () => replies.Ended(goal.Id, end, result));
                break;
            case { Problem: var problem }:
                // "Rejected" is the one failure of which it is sure that the goal never ran; once it was seen running nothing is.
                var rejected = !goal.IsHeard && problem.Contains("reject", StringComparison.OrdinalIgnoreCase);
                End(goal.Id, () => replies.Happened(goal.Id, rejected ? GoalEvent.Rejected : GoalEvent.ServerLost, $"the server says: {problem}"));
                break;
        }
    }

    private void End(Guid id, Action tell)
    {
        if (!open.Remove(id, out var goal)) return;
        goal.Heeded?.Dispose();
        link.Targets.Goals.TryRemove(id.ToString(), out _);
        tell();
    }

    // On a socket of its own: ours may be stuck behind the very goal (the server reads the next op when the goal has ended).
    private void CancelAll()
    {
        if (cancelingAll || open.Count == 0 || link.State != LinkState.Up) return;
        cancelingAll = true;
        var service = action + "/_action/cancel_goal";
        link.Report(new(
            RosbridgeProblemCode.CancelNotHeeded, action, $"a cancelled goal has not ended within {link.Options.CancelHeededWithin.TotalSeconds:0.###} s",
            $"{service} is called for all its goals; set send_action_goals_in_new_thread on the server"));
        var id = link.NextId("cancel");
        var question = link.Op("call_service").Text("id", id).Text("service", service).Text("type", link.Spelled(CancelService.Type.Name))
            .Message("args", CancelService.Request.Default, link.Dialect!.Value).Take();
        _ = AskAsideAsync(question, id);
    }

    private async Task AskAsideAsync(OutFrame question, string id)
    {
        await AsideCall.AskAsync(link, question, id);
        cancelingAll = false;
    }

    private sealed record Answer(TFeedback? Feedback, TResult? Result, GoalEvent? End, string Problem);

    private sealed class OpenGoal(OpGoals<TGoal, TResult, TFeedback> goals, Guid id) : OpTarget
    {
        public Guid Id => id;

        public Guid RosId { get; set; }

        public bool IsHeard { get; set; }

        public bool IsCanceling { get; set; }

        public ITimer? Heeded { get; set; }

        public override object? Decode(in JsonOp op, RosDialect dialect)
        {
            if (op.Is("\"action_feedback\""u8)) return new Answer(RosJson.Deserialize(goals.type.Feedback, op.Values, dialect, UnknownFields.Ignore), default, null, "");
            if (!EnvelopeText.Truth(op.Result, otherwise: true)) return Failed(op.Values.IsEmpty ? "it failed" : System.Text.Encoding.UTF8.GetString(op.Values));
            GoalEvent? end = op.Status.IsEmpty ? null : EnvelopeText.Floor(op.Status, "status") switch
            {
                GoalStatus.STATUS_SUCCEEDED => GoalEvent.Succeeded,
                GoalStatus.STATUS_CANCELED => GoalEvent.Canceled,
                GoalStatus.STATUS_ABORTED => GoalEvent.Aborted,
                _ => null,
            };
            if (end is null) return Failed($"a result with the status {System.Text.Encoding.UTF8.GetString(op.Status)}, which is no end");
            try
            {
                return new Answer(default, op.Values.IsEmpty ? goals.type.Result.Default : RosJson.Deserialize(goals.type.Result, op.Values, dialect, UnknownFields.Ignore), end, "");
            }
            catch (RosCodecException wrong)
            {
                return Failed($"a result that could not be read ({wrong.Message})");    // it ended, and nobody can say how
            }
        }

        public override void Deliver(object? message) => goals.Take(this, (Answer)message!);

        private static Answer Failed(string problem) => new(default, default, null, problem);
    }
}
