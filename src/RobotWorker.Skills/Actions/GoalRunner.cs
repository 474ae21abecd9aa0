using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Skills.Actions;

/// <summary>
/// Sends the goals of one attempt, one id after another. A goal's id follows from episode, step, attempt and number, so that the journal knows it
/// before it is sent. Returns only when the goal has ended: cancelling waits for the end, since "cancel accepted" is not "stopped".
/// </summary>
internal sealed class GoalRunner(Attempt attempt, IWorkerInbox inbox, CancellationToken cancel)
{
    private int sent;

    public CancellationToken Cancel => cancel;

    /// <summary>Sends a goal and waits for its end.</summary>
    /// <param name="progressed">Whether a feedback (second) shows progress since the one that last did (first).</param>
    /// <param name="what">For a report: "the arm's trajectory".</param>
    /// <exception cref="OperationCanceledException">The attempt was cancelled, and the goal has ended.</exception>
    /// <exception cref="StepFailedException">It was rejected, or nobody knows how it ended.</exception>
    public async Task<GoalOutcome<TResult>> RunAsync<TGoal, TResult, TFeedback>(
        IActionClient<TGoal, TResult, TFeedback> client, TGoal goal, GoalTimeouts timeouts, Func<TFeedback, TFeedback, bool> progressed, string what)
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage
    {
        cancel.ThrowIfCancellationRequested();
        if (!client.ServerIsThere) throw StepFailedException.Failed("NO_SERVER", $"nobody offers {client.Action}");
        var id = GoalIds.Derive(attempt.Episode, attempt.Path, attempt.Number, sent++);
        Note(id, client.Action, GoalStage.Sent);
        TFeedback? latest = default;
        var handle = client.Send(id, goal, timeouts: timeouts, feedback: now =>
        {
            if (latest is not null && !progressed(latest, now)) return;
            latest = now;
            Note(id, client.Action, GoalStage.Progressed);
        });
        // On ROS 1 nothing says "accepted": the first status that shows the goal shows it running.
        var accepted = false;
        handle.StateChanged += state =>
        {
            if (accepted || state is not (GoalState.Accepted or GoalState.Executing)) return;
            accepted = true;
            Note(id, client.Action, GoalStage.Accepted);
        };
        using var registration = cancel.Register(handle.Cancel);
        var outcome = await handle.Completion;
        Note(id, client.Action, GoalStage.Ended, outcome.State);
        // A cancellation that nobody answered is no cancellation: how the goal ended is not known, whatever was asked.
        if (outcome.State != GoalState.Unknown) cancel.ThrowIfCancellationRequested();
        return outcome.State switch
        {
            GoalState.Succeeded or GoalState.Aborted => outcome,
            GoalState.Rejected => throw StepFailedException.Failed("REJECTED", $"{what} was rejected: {outcome.Detail}"),
            GoalState.Canceled => throw StepFailedException.Failed("PREEMPTED", $"{what} was cancelled by somebody else: {outcome.Detail}"),
            _ => throw StepFailedException.Unknown("GOAL_UNKNOWN", $"how {what} ended is not known: {outcome.Detail}"),
        };
    }

    private void Note(Guid id, string action, GoalStage stage, GoalState? status = null) =>
        inbox.GoalChanged(new(attempt.Path, attempt.Number, id.ToString("D"), action, stage, status?.ToString().ToLowerInvariant()));
}
