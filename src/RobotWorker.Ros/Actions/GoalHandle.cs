namespace RobotWorker.Ros.Actions;

/// <summary>
/// Runs one goal's life cycle: <see cref="GoalLifeCycle"/> says what follows an event, this does what each state needs (its one timer, the
/// cancel message, the completion).
/// </summary>
internal sealed class GoalHandle<TResult, TFeedback> : IGoalHandle<TResult>
{
    private readonly TaskCompletionSource<GoalOutcome<TResult>> completion = new();
    private readonly GoalTimeouts timeouts;
    private readonly TimeProvider time;
    private readonly Action<TFeedback>? feedback;
    private readonly Func<TFeedback, TFeedback, bool>? progressed;
    private readonly Action sendCancel;
    private readonly Action ended;
    private readonly ITimer timer;
    private TFeedback? latestProgress;
    private bool hasProgressed;
    private long progressAt;
    private bool cancelWanted;
    private string why = "";

    public GoalHandle(
        Guid id, GoalTimeouts timeouts, TimeProvider time,
        Action<TFeedback>? feedback, Func<TFeedback, TFeedback, bool>? progressed, Action sendCancel, Action ended)
    {
        Id = id;
        this.timeouts = timeouts;
        this.time = time;
        this.feedback = feedback;
        this.progressed = progressed;
        this.sendCancel = sendCancel;
        this.ended = ended;
        timer = time.CreateTimer(
            static goal => ((GoalHandle<TResult, TFeedback>)goal!).TimeIsUp(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public event Action<GoalState>? StateChanged;

    public Guid Id { get; }

    public GoalState State { get; private set; } = GoalState.Created;

    public Task<GoalOutcome<TResult>> Completion => completion.Task;

    public void Cancel()
    {
        if (State.IsEnd() || cancelWanted) return;
        cancelWanted = true;
        Apply(GoalEvent.CancelAsked);
    }

    public void Progressed() => progressAt = time.GetTimestamp();

    public void Receive(TFeedback message)
    {
        if (State is GoalState.Sending or GoalState.Accepted) Apply(GoalEvent.Started);
        if (progressed is null || !hasProgressed || progressed(latestProgress!, message))
        {
            hasProgressed = true;
            latestProgress = message;
            Progressed();
        }

        feedback?.Invoke(message);
    }

    public void Apply(GoalEvent happened, string detail = "", TResult? result = default)
    {
        var before = State;
        var next = GoalLifeCycle.Next(before, happened);
        if (happened == GoalEvent.CancelRefused) cancelWanted = false;    // it may be asked again
        if (detail.Length > 0) why = why.Length == 0 ? detail : $"{why}; {detail}";
        if (next != before) Enter(next, result);
        if (cancelWanted && State is GoalState.Accepted or GoalState.Executing) Apply(GoalEvent.CancelAsked);
    }

    private void Enter(GoalState next, TResult? result)
    {
        var before = State;
        State = next;
        switch (next)
        {
            case GoalState.Sending:
                Arm(timeouts.Accept);
                break;
            case GoalState.Accepted or GoalState.Executing:
                if (before == GoalState.Accepted) break;    // its progress is watched already
                Progressed();
                Arm(timeouts.Progress ?? Timeout.InfiniteTimeSpan);
                break;
            case GoalState.Canceling:
                cancelWanted = true;
                Arm(timeouts.Cancel);
                sendCancel();
                break;
            default:
                timer.Dispose();
                ended();
                break;
        }

        StateChanged?.Invoke(next);
        if (next.IsEnd()) completion.SetResult(new(next, result, why));
    }

    private void TimeIsUp()
    {
        switch (State)
        {
            case GoalState.Sending:
                Apply(GoalEvent.AcceptTimedOut, $"not answered within {timeouts.Accept.TotalSeconds:0.###} s");
                break;
            case GoalState.Accepted or GoalState.Executing when timeouts.Progress is { } most:
                var left = most - time.GetElapsedTime(progressAt);
                if (left > TimeSpan.Zero) Arm(left);
                else Apply(GoalEvent.ProgressStalled, $"no progress for {most.TotalSeconds:0.###} s");
                break;
            case GoalState.Canceling:
                Apply(GoalEvent.CancelTimedOut, $"not ended within {timeouts.Cancel.TotalSeconds:0.###} s after the wish to cancel; it may be running");
                break;
        }
    }

    private void Arm(TimeSpan due) => timer.Change(due, Timeout.InfiniteTimeSpan);
}
