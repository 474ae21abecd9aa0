using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Actions;

/// <summary>Keeps the open goals of one client and hands each what concerns it. What concerns none, an old goal's late result, is dropped.</summary>
internal sealed class ActionClient<TGoal, TResult, TFeedback>(string action, TimeProvider time, IActionLink<TGoal> link)
    : Resource, IActionClient<TGoal, TResult, TFeedback>, IActionReplies<TResult, TFeedback>
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    private readonly Dictionary<Guid, GoalHandle<TResult, TFeedback>> open = [];
    private readonly HashSet<Guid> used = [];

    public string Action => action;

    public bool ServerIsThere => link.ServerIsThere;

    public IGoalHandle<TResult> Send(
        Guid goalId, TGoal goal, Action<TFeedback>? feedback, GoalTimeouts? timeouts, Func<TFeedback, TFeedback, bool>? progressed)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        ArgumentNullException.ThrowIfNull(goal);
        var handle = Open(goalId, feedback, timeouts, progressed);
        link.SendGoal(goalId, goal);
        return handle;
    }

    public IGoalHandle<TResult> TakeUp(
        Guid goalId, Action<TFeedback>? feedback, GoalTimeouts? timeouts, Func<TFeedback, TFeedback, bool>? progressed)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        var handle = Open(goalId, feedback, timeouts, progressed);
        link.TakeUpGoal(goalId);
        return handle;
    }

    private GoalHandle<TResult, TFeedback> Open(
        Guid goalId, Action<TFeedback>? feedback, GoalTimeouts? timeouts, Func<TFeedback, TFeedback, bool>? progressed)
    {
        if (!used.Add(goalId)) throw new ArgumentException($"the goal id {goalId} was used before on {action}; a retry needs its own", nameof(goalId));
        var handle = new GoalHandle<TResult, TFeedback>(
            goalId, timeouts ?? GoalTimeouts.Default, time, feedback, progressed, () => link.CancelGoal(goalId), () => open.Remove(goalId));
        open.Add(goalId, handle);    // before it is sent: no answer can come too early
        handle.Apply(GoalEvent.Sent);
        return handle;
    }

    public void Happened(Guid id, GoalEvent happened, string detail = "")
    {
        if (!open.TryGetValue(id, out var handle)) return;
        if (happened == GoalEvent.ServerLost && detail.Length == 0) detail = $"the server of {action} went away; the goal may have run";
        handle.Apply(happened, detail);
    }

    public void Feedback(Guid id, TFeedback feedback)
    {
        if (open.TryGetValue(id, out var handle)) handle.Receive(feedback);
    }

    public void Ended(Guid id, GoalEvent end, TResult result, string detail = "")
    {
        if (open.TryGetValue(id, out var handle)) handle.Apply(end, detail, result);
    }

    /// <summary>Its open goals end as Unknown: they go on at the server, and nobody listens.</summary>
    protected override void Release() => link.Later(() =>
    {
        foreach (var handle in open.Values.OrderBy(handle => handle.Id).ToList())
            handle.Apply(GoalEvent.ServerLost, $"the client of {action} was disposed; the goal may be running");
    });
}
