using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ActionlibMsgs;

namespace RobotWorker.Ros.Actions;

/// <summary>
/// A client's goals by actionlib, ROS 1's five topics. What it minds: the first goal is lost when it is sent before the server listens, so that it waits
/// for the server's status; a result may come before the status that accepts; a goal that the status no longer shows is lost (the server was
/// restarted), but one that it does not show yet is not; goals are never latched, since a restarted server would carry them out again.
/// </summary>
internal sealed class ActionlibGoals<TGoal, TResult, TFeedback> : IOpenGoals<TGoal>
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    // Servers tell their status five times a second; actionlib's own client calls 5 s of silence a lost server.
    private static readonly TimeSpan StatusSilence = TimeSpan.FromSeconds(5);

    // The status shows an end for 5 s, and the result travels on another topic: 2 s are long for it.
    private static readonly TimeSpan ResultPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, Entry> open = new(StringComparer.Ordinal);
    private readonly List<IDisposable> held = [];
    private readonly TimeProvider time;
    private readonly Action<Action> later;
    private readonly string action;
    private readonly IActionReplies<TResult, TFeedback> replies;
    private readonly Func<bool>? isAnswered;
    private readonly IPublisher<Ros1ActionGoal<TGoal>> goals;
    private readonly IPublisher<GoalID> cancels;
    private long? statusAt;

    /// <param name="connection">What carries the topics.</param>
    /// <param name="later">Does something on the connection's loop, after what is under way.</param>
    /// <param name="type">The action's type.</param>
    /// <param name="action">Its name.</param>
    /// <param name="replies">Whom to tell.</param>
    /// <param name="isAnswered">Whether the server's answers would arrive, where the connection can say.</param>
    public ActionlibGoals(
        IRosConnection connection, Action<Action> later, ActionType<TGoal, TResult, TFeedback> type, string action, IActionReplies<TResult, TFeedback> replies,
        Func<bool>? isAnswered = null)
    {
        time = connection.Time;
        this.later = later;
        this.action = action;
        this.replies = replies;
        this.isAnswered = isAnswered;
        held.Add(goals = connection.Advertise(Ros1ActionGoal.TypeOf(type.Goal), action + "/goal"));
        held.Add(cancels = connection.Advertise(MessageType.Of<GoalID>(), action + "/cancel"));
        held.Add(connection.Subscribe(MessageType.Of<GoalStatusArray>(), action + "/status", TakeStatus));
        held.Add(connection.Subscribe(Ros1ActionFeedback.TypeOf(type.Feedback), action + "/feedback", TakeFeedback));
        held.Add(connection.Subscribe(Ros1ActionResult.TypeOf(type.Result), action + "/result", TakeResult));
        held.Add(time.CreateTimer(_ => Look(), null, Watch, Watch));
    }

    /// <summary>Both ways: its status is heard, and it listens to goals and cancels.</summary>
    public bool ServerIsThere =>
        statusAt is { } at && time.GetElapsedTime(at) < StatusSilence && goals.SubscriberCount > 0 && cancels.SubscriberCount > 0 && isAnswered?.Invoke() != false;

    public void Later(Action work) => later(work);

    public void SendGoal(Guid id, TGoal goal)
    {
        var entry = new Entry(id, goal);
        open.Add(entry.Text, entry);
        if (ServerIsThere) Publish(entry);
    }

    public void TakeUpGoal(Guid id)
    {
        var entry = new Entry(id, default) { IsSent = true, WasTakenUp = true };
        open.Add(entry.Text, entry);
    }

    public void CancelGoal(Guid id)
    {
        if (!open.TryGetValue(id.ToString(), out var entry)) return;
        if (entry.IsSent) cancels.Publish(new() { Id = entry.Text });    // a zero stamp: this goal and no other
        else later(() => End(entry, () => replies.Happened(id, GoalEvent.Rejected, $"no server of {action} was there; the goal was not sent")));
    }

    public void LinkLost(string why)
    {
        statusAt = null;
        foreach (var entry in open.Values.ToList())
            Lose(entry, entry.IsSent ? $"{why}; the goal may be running" : $"{why}; the goal was not sent");
    }

    public void Dispose()
    {
        foreach (var one in held) one.Dispose();
        open.Clear();
    }

    private void Publish(Entry entry)
    {
        entry.IsSent = true;
        // Without a stamp, for which the server takes its own time: by the stamp it tells which of two goals is the newer one, and ends the older. The clock of
        // our loop begins anew with each run, and may be any other than the server's.
        goals.Publish(new(new(), new() { Id = entry.Text }, entry.Goal!));
    }

    private void TakeStatus(GoalStatusArray message)
    {
        statusAt = time.GetTimestamp();
        SendWaiting();
        foreach (var entry in open.Values.Where(entry => entry.IsSent).ToList())
        {
            if (message.StatusList.FirstOrDefault(shown => shown.GoalId.Id == entry.Text) is { } shown) Take(entry, shown.Status, shown.Text);
            else if (entry is { WasTakenUp: true, IsShown: false }) Lose(entry, $"the server of {action} does not know the goal any more");
            else if (entry.IsShown) entry.GoneAt ??= time.GetTimestamp();
        }
    }

    private void Take(Entry entry, byte status, string text)
    {
        entry.IsShown = true;
        entry.GoneAt = null;
        switch (status)
        {
            case GoalStatus.ACTIVE or GoalStatus.PREEMPTING when !entry.IsStarted:
                entry.IsStarted = true;
                replies.Happened(entry.Id, GoalEvent.Started);
                break;
            case GoalStatus.REJECTED:
                Reject(entry, text);
                break;
            case GoalStatus.LOST:
                Lose(entry, $"the server of {action} calls the goal lost");
                break;
            case GoalStatus.PREEMPTED or GoalStatus.SUCCEEDED or GoalStatus.ABORTED or GoalStatus.RECALLED:
                entry.EndedAt ??= time.GetTimestamp();    // the result says the rest
                break;
        }
    }

    private void TakeFeedback(Ros1ActionFeedback<TFeedback> message)
    {
        if (!open.TryGetValue(message.Status.GoalId.Id, out var entry) || !entry.IsSent) return;
        entry.IsStarted = true;
        replies.Feedback(entry.Id, message.Feedback);
    }

    private void TakeResult(Ros1ActionResult<TResult> message)
    {
        if (!open.TryGetValue(message.Status.GoalId.Id, out var entry) || !entry.IsSent) return;
        switch (message.Status.Status)
        {
            case GoalStatus.SUCCEEDED:
                End(entry, () => replies.Ended(entry.Id, GoalEvent.Succeeded, message.Result, message.Status.Text));
                break;
            case GoalStatus.PREEMPTED or GoalStatus.RECALLED:
                End(entry, () => replies.Ended(entry.Id, GoalEvent.Canceled, message.Result, message.Status.Text));
                break;
            case GoalStatus.ABORTED:
                End(entry, () => replies.Ended(entry.Id, GoalEvent.Aborted, message.Result, message.Status.Text));
                break;
            case GoalStatus.REJECTED:
                Reject(entry, message.Status.Text);
                break;
            default:
                Lose(entry, $"the server of {action} sent a result with the status {message.Status.Status}, which is no end");
                break;
        }
    }

    private void Look()
    {
        SendWaiting();
        var silent = statusAt is { } at && time.GetElapsedTime(at) >= StatusSilence;
        foreach (var entry in open.Values.Where(entry => entry.IsSent).ToList())
        {
            if (silent) Lose(entry, $"the server of {action} has told no status for {StatusSilence.TotalSeconds:0} s; the goal may be running");
            else if (IsOver(entry.GoneAt)) Lose(entry, $"the server of {action} does not know the goal any more: it was restarted; the goal may have run");
            else if (IsOver(entry.EndedAt)) Lose(entry, $"the server of {action} shows the goal as ended, and its result did not come");
        }
    }

    private bool IsOver(long? since) => since is { } at && time.GetElapsedTime(at) >= ResultPatience;

    private void SendWaiting()
    {
        if (!ServerIsThere) return;
        foreach (var entry in open.Values.Where(entry => !entry.IsSent).ToList()) Publish(entry);
    }

    // A goal that ran cannot be rejected: then nobody can say what became of it.
    private void Reject(Entry entry, string why)
    {
        if (entry.IsStarted) Lose(entry, $"the server of {action} rejects the goal after it ran");
        else End(entry, () => replies.Happened(entry.Id, GoalEvent.Rejected, why));
    }

    private void Lose(Entry entry, string why) => End(entry, () => replies.Happened(entry.Id, GoalEvent.ServerLost, why));

    private void End(Entry entry, Action tell)
    {
        if (open.Remove(entry.Text)) tell();
    }

    /// <param name="goal">What was sent; none of a goal that was taken up.</param>
    private sealed class Entry(Guid id, TGoal? goal)
    {
        public Guid Id => id;

        public string Text { get; } = id.ToString();

        public TGoal? Goal => goal;

        public bool WasTakenUp { get; init; }

        public bool IsSent { get; set; }

        public bool IsShown { get; set; }

        public bool IsStarted { get; set; }

        public long? GoneAt { get; set; }

        public long? EndedAt { get; set; }
    }
}
