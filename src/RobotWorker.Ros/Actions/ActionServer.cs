using System.Collections.Immutable;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ActionMsgs;
using RobotWorker.Ros.Messages.BuiltinInterfaces;
using RobotWorker.Ros.Messages.UniqueIdentifierMsgs;

namespace RobotWorker.Ros.Actions;

/// <summary>What a server needs of the wire that it stands on.</summary>
internal interface IActionServerLink<TResult, TFeedback>
{
    TimeProvider Time { get; }

    /// <summary>Does something later, after what was published before. What it throws ends the loop's run.</summary>
    void Later(Action work);

    void Reply(Guid id, GoalEvent happened);

    void ReplyFeedback(Guid id, TFeedback feedback);

    void ReplyEnd(Guid id, GoalEvent end, TResult result, string text);

    void PublishStatus(GoalStatusArray status);
}

/// <summary>Runs the goals of one action: asks its handler, keeps their states and tells their clients.</summary>
internal sealed class ActionServer<TGoal, TResult, TFeedback>(
    string action, MessageType<TResult> results, IActionServerHandler<TGoal, TResult, TFeedback> handler, IActionServerLink<TResult, TFeedback> link)
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    /// <summary>How many ended goals the status still shows: enough for a client that joins late, few enough to be cheap.</summary>
    private const int RememberedEnds = 4;

    private readonly List<Entry> entries = [];
    private readonly HashSet<Guid> seen = [];
    private bool gone;

    /// <summary>Whether a goal with this id came before: then another one with it is refused.</summary>
    public bool HasSeen(Guid id) => seen.Contains(id);

    public void ReceiveGoal(Guid id, TGoal goal)
    {
        if (gone) return;
        seen.Add(id);
        if (!handler.Accept(id, goal))
        {
            link.Reply(id, GoalEvent.Rejected);
            return;
        }

        var entry = new Entry(id, Time.From(link.Time.GetUtcNow() - DateTimeOffset.UnixEpoch));
        entry.Status = new() { GoalInfo = entry.Info };
        entry.Goal = new(id, goal, feedback => Publish(entry, feedback), () => Confirm(entry));
        entries.Add(entry);
        if (handler is not IDecidesLater) Admit(entry);
        link.Later(() => Start(entry));
    }

    public GoalEvent ReceiveCancel(Guid id)
    {
        var entry = entries.Find(known => known.Id == id);
        if (entry is null) return seen.Contains(id) ? GoalEvent.CancelTooLate : GoalEvent.GoalNotKnown;
        if (entry.IsEnded) return GoalEvent.CancelTooLate;
        if (entry.IsCanceling) return GoalEvent.CancelGranted;
        if (!handler.AcceptCancel(id)) return GoalEvent.CancelRefused;
        Show(entry, GoalStatus.STATUS_CANCELING);
        link.Later(() =>
        {
            if (!entry.IsEnded) entry.Stop.Cancel();
        });
        return GoalEvent.CancelGranted;
    }

    /// <summary>The answer of the action's own cancel service: a zero id and stamp mean all goals, a stamp those up to then.</summary>
    public CancelGoal.Response ReceiveCancel(GoalInfo wish)
    {
        var id = wish.GoalId.ToGuid();
        var until = wish.Stamp.Nanoseconds;
        var chosen = entries.Where(entry => !entry.IsEnded
            && (entry.Id == id || (id == Guid.Empty && until == 0) || (until != 0 && entry.Accepted.Nanoseconds <= until))).ToList();
        var granted = chosen.Where(entry => ReceiveCancel(entry.Id) == GoalEvent.CancelGranted).Select(entry => entry.Info).ToImmutableArray();
        var named = chosen.Count == 0 && id != Guid.Empty;
        return new()
        {
            GoalsCanceling = granted,
            ReturnCode = granted.Length > 0 ? CancelGoal.Response.ERROR_NONE
                : chosen.Count > 0 ? CancelGoal.Response.ERROR_REJECTED
                : named && seen.Contains(id) ? CancelGoal.Response.ERROR_GOAL_TERMINATED
                : named ? CancelGoal.Response.ERROR_UNKNOWN_GOAL_ID
                : CancelGoal.Response.ERROR_NONE,
        };
    }

    /// <summary>The server goes away: its goals' handlers are told to stop, and nobody hears of them again.</summary>
    public void Leave()
    {
        gone = true;
        foreach (var entry in entries.Where(entry => !entry.IsEnded).ToList()) entry.Stop.Cancel();
    }

    private void Admit(Entry entry)
    {
        entry.IsAdmitted = true;
        link.Reply(entry.Id, GoalEvent.Accepted);
        if (!entry.IsCanceling) Show(entry, GoalStatus.STATUS_ACCEPTED);
    }

    private void Start(Entry entry)
    {
        if (gone) return;
        if (entry.IsAdmitted) ShowStarted(entry);
        _ = RunAsync(entry);
    }

    private void ShowStarted(Entry entry)
    {
        if (!entry.IsCanceling) Show(entry, GoalStatus.STATUS_EXECUTING);
        link.Reply(entry.Id, GoalEvent.Started);
    }

    private void Confirm(Entry entry)
    {
        if (gone || entry.IsAdmitted || entry.IsEnded) return;
        Admit(entry);
        ShowStarted(entry);
    }

    private async Task RunAsync(Entry entry)
    {
        GoalEnd<TResult> end;
        try
        {
            end = await handler.Execute(entry.Goal!, entry.Stop.Token);
        }
        catch (OperationCanceledException) when (entry.Stop.IsCancellationRequested)
        {
            end = GoalEnd.Canceled(results.Default);
        }
        catch (Exception failure)
        {
            link.Later(() => throw new ActionHandlerException(action, entry.Id, failure));
            return;
        }

        link.Later(() => End(entry, end));
    }

    private void End(Entry entry, GoalEnd<TResult> end)
    {
        if (gone) return;
        if (end.State == GoalState.Canceled && !entry.IsCanceling)
            throw new InvalidOperationException($"{action} ended a goal as Canceled that nobody cancelled; a server that gives up says Aborted");
        if (end.State == GoalState.Rejected && !entry.IsAdmitted)
        {
            entries.Remove(entry);
            entry.Stop.Dispose();
            link.Reply(entry.Id, GoalEvent.Rejected);
            return;
        }

        Confirm(entry);    // one that ended was taken, even when that was not said
        var (happened, status) = end.State switch
        {
            GoalState.Succeeded => (GoalEvent.Succeeded, GoalStatus.STATUS_SUCCEEDED),
            GoalState.Canceled => (GoalEvent.Canceled, GoalStatus.STATUS_CANCELED),
            GoalState.Aborted => (GoalEvent.Aborted, GoalStatus.STATUS_ABORTED),
            var other => throw new InvalidOperationException($"{action} ended a goal as {other}; only Succeeded, Canceled and Aborted are ends"),
        };
        entry.Stop.Dispose();
        link.ReplyEnd(entry.Id, happened, end.Result, end.Text);
        Show(entry, status);
        if (entries.Count(known => known.IsEnded) > RememberedEnds) entries.RemoveAt(entries.FindIndex(known => known.IsEnded));
    }

    private void Publish(Entry entry, TFeedback feedback)
    {
        if (!gone && !entry.IsEnded) link.ReplyFeedback(entry.Id, feedback);
    }

    private void Show(Entry entry, sbyte status)
    {
        entry.Status = new() { GoalInfo = entry.Info, Status = status };
        link.PublishStatus(new() { StatusList = [.. entries.Select(known => known.Status)] });
    }

    private sealed class Entry(Guid id, Time accepted)
    {
        public Guid Id { get; } = id;

        public Time Accepted { get; } = accepted;

        public GoalInfo Info { get; } = new() { GoalId = UUID.From(id), Stamp = accepted };

        public CancellationTokenSource Stop { get; } = new();

        public ServerGoal<TGoal, TFeedback>? Goal { get; set; }

        public GoalStatus Status { get; set; } = GoalStatus.Default;

        /// <summary>Whether its client was told that it is accepted.</summary>
        public bool IsAdmitted { get; set; }

        public bool IsCanceling => Status.Status == GoalStatus.STATUS_CANCELING;

        public bool IsEnded => Status.Status >= GoalStatus.STATUS_SUCCEEDED;
    }
}

/// <summary>An action's handler failed: a mistake in the program, not an outcome of the goal.</summary>
public sealed class ActionHandlerException(string action, Guid goal, Exception inner)
    : Exception($"the handler of {action} failed at goal {goal}: {inner.Message}", inner);
