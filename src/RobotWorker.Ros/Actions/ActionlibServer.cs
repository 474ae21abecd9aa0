using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ActionlibMsgs;
using Ros2Array = RobotWorker.Ros.Messages.ActionMsgs.GoalStatusArray;
using Ros2Status = RobotWorker.Ros.Messages.ActionMsgs.GoalStatus;
using Time = RobotWorker.Ros.Messages.BuiltinInterfaces.Time;

namespace RobotWorker.Ros.Actions;

/// <summary>Serves an action by actionlib, ROS 1's five topics, to clients whose goal ids are any texts.</summary>
internal sealed class ActionlibServer<TGoal, TResult, TFeedback> : IActionServerLink<TResult, TFeedback>, IDisposable
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    // As actionlib's own servers: the status goes out five times a second and shows an end for 5 s.
    private static readonly TimeSpan StatusPeriod = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ShownAfterEnd = TimeSpan.FromSeconds(5);

    // Cancels that came before their goals; more than a handful are somebody's mistake.
    private const int RememberedCancels = 64;

    private readonly List<Entry> entries = [];
    private readonly Queue<string> earlyCancels = new();
    private readonly List<IDisposable> held = [];
    private readonly IRosConnection connection;
    private readonly Action<Action> later;
    private readonly ActionType<TGoal, TResult, TFeedback> type;
    private readonly ActionServer<TGoal, TResult, TFeedback> server;
    private readonly IPublisher<GoalStatusArray> statuses;
    private readonly IPublisher<Ros1ActionFeedback<TFeedback>> feedbacks;
    private readonly IPublisher<Ros1ActionResult<TResult>> results;
    private long cancelledUntil;
    private int unnamed;

    /// <param name="connection">What carries the topics.</param>
    /// <param name="later">Does something on the connection's loop, after what is under way.</param>
    /// <param name="type">The action's type.</param>
    /// <param name="action">Its name.</param>
    /// <param name="handler">What it does with goals.</param>
    public ActionlibServer(
        IRosConnection connection, Action<Action> later, ActionType<TGoal, TResult, TFeedback> type, string action,
        IActionServerHandler<TGoal, TResult, TFeedback> handler)
    {
        this.connection = connection;
        this.later = later;
        this.type = type;
        server = new(action, type.Result, handler, this);
        held.Add(statuses = connection.Advertise(MessageType.Of<GoalStatusArray>(), action + "/status"));
        held.Add(feedbacks = connection.Advertise(Ros1ActionFeedback.TypeOf(type.Feedback), action + "/feedback"));
        held.Add(results = connection.Advertise(Ros1ActionResult.TypeOf(type.Result), action + "/result"));
        held.Add(connection.Subscribe(Ros1ActionGoal.TypeOf(type.Goal), action + "/goal", TakeGoal));
        held.Add(connection.Subscribe(MessageType.Of<GoalID>(), action + "/cancel", TakeCancel));
        held.Add(Time.CreateTimer(_ => ShowStatus(), null, StatusPeriod, StatusPeriod));
    }

    public TimeProvider Time => connection.Time;

    private Time Now => Messages.BuiltinInterfaces.Time.From(Time.GetUtcNow() - DateTimeOffset.UnixEpoch);

    private Messages.StdMsgs.Header Stamped => new() { Stamp = Now };

    public void Later(Action work) => later(work);

    public void Reply(Guid id, GoalEvent happened)
    {
        if (happened == GoalEvent.Rejected && Find(id) is { } entry) Finish(entry, GoalStatus.REJECTED, type.Result.Default);
    }

    public void ReplyFeedback(Guid id, TFeedback feedback)
    {
        if (Find(id) is { } entry) feedbacks.Publish(new(Stamped, entry.Shown, feedback));
    }

    public void ReplyEnd(Guid id, GoalEvent end, TResult result, string text)
    {
        if (Find(id) is not { } entry) return;
        Finish(entry, end switch
        {
            GoalEvent.Succeeded => GoalStatus.SUCCEEDED,
            GoalEvent.Canceled => GoalStatus.PREEMPTED,
            _ => GoalStatus.ABORTED,
        }, result, text);
    }

    public void PublishStatus(Ros2Array status)
    {
        foreach (var told in status.StatusList)
        {
            if (Find(told.GoalInfo.GoalId.ToGuid()) is not { EndedAt: null } entry) continue;
            entry.Status = told.Status switch
            {
                Ros2Status.STATUS_EXECUTING => GoalStatus.ACTIVE,
                Ros2Status.STATUS_CANCELING => GoalStatus.PREEMPTING,
                _ => entry.Status,
            };
        }

        ShowStatus();
    }

    public void Dispose()
    {
        foreach (var one in held) one.Dispose();
        later(server.Leave);
    }

    private Entry? Find(Guid id) => entries.FindLast(entry => entry.Id == id);

    private void TakeGoal(Ros1ActionGoal<TGoal> message)
    {
        var stamp = message.GoalId.Stamp.Nanoseconds;
        var text = message.GoalId.Id.Length > 0 ? message.GoalId.Id : $"{connection.Node}-{++unnamed}-{Now.Nanoseconds}";
        var entry = new Entry(TextGoalIds.Of(text), new() { Id = text, Stamp = stamp == 0 ? Now : message.GoalId.Stamp });
        if (server.HasSeen(entry.Id) || Find(entry.Id) is not null) return;    // the same goal came twice
        entries.Add(entry);
        if (earlyCancels.Contains(text) || (stamp != 0 && stamp <= cancelledUntil)) Finish(entry, GoalStatus.RECALLED, type.Result.Default);
        else server.ReceiveGoal(entry.Id, message.Goal);
    }

    // actionlib: an id means that goal, a stamp all up to then, both mean both, neither all.
    private void TakeCancel(GoalID wish)
    {
        var until = wish.Stamp.Nanoseconds;
        var all = until == 0 && wish.Id.Length == 0;
        cancelledUntil = Math.Max(cancelledUntil, until);
        foreach (var entry in entries.Where(entry => entry.EndedAt is null).ToList())
            if (all || entry.Goal.Id == wish.Id || (until != 0 && entry.Goal.Stamp.Nanoseconds <= until)) server.ReceiveCancel(entry.Id);
        if (wish.Id.Length == 0 || Find(TextGoalIds.Of(wish.Id)) is not null) return;
        if (earlyCancels.Count == RememberedCancels) earlyCancels.Dequeue();
        earlyCancels.Enqueue(wish.Id);
    }

    private void Finish(Entry entry, byte status, TResult result, string text = "")
    {
        (entry.Status, entry.Text) = (status, text);
        entry.EndedAt = Time.GetTimestamp();
        results.Publish(new(Stamped, entry.Shown, result));
        ShowStatus();
    }

    private void ShowStatus()
    {
        entries.RemoveAll(entry => entry.EndedAt is { } at && Time.GetElapsedTime(at) > ShownAfterEnd);
        statuses.Publish(new() { Header = Stamped, StatusList = [.. entries.Select(entry => entry.Shown)] });
    }

    private sealed class Entry(Guid id, GoalID goal)
    {
        public Guid Id => id;

        public GoalID Goal => goal;

        public byte Status { get; set; } = GoalStatus.PENDING;

        /// <summary>Why it ended so, for people: MoveBase's result, for one, cannot say.</summary>
        public string Text { get; set; } = "";

        public long? EndedAt { get; set; }

        public GoalStatus Shown => new() { GoalId = goal, Status = Status, Text = Text };
    }
}
