using System.Text;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Skills.Actions;

/// <summary>
/// Sends the goals of one attempt, one id after another. A goal's id follows from episode, step, attempt and number, so that the journal knows it
/// before it is sent. Returns only when the goal has ended: cancelling waits for the end, since "cancel accepted" is not "stopped".
/// </summary>
/// <param name="sending">Hears of each goal's id before it is sent.</param>
/// <param name="sense">Hears that goals run, and that their servers tell of them.</param>
internal sealed class GoalRunner(Attempt attempt, IWorkerInbox inbox, CancellationToken cancel, Action<Guid>? sending = null, GoalSense? sense = null)
{
    private int sent;

    public CancellationToken Cancel => cancel;

    /// <summary>Sends a goal and waits for its end. The first goal of an attempt that takes one up is not sent: it is the one that may be running.</summary>
    /// <param name="progressed">Whether a feedback (second) shows progress since the one that last did (first).</param>
    /// <param name="what">For a report: "the arm's trajectory".</param>
    /// <param name="actuator">The resource that the action moves; null where that is not known.</param>
    /// <exception cref="OperationCanceledException">The attempt was cancelled, and the goal has ended.</exception>
    /// <exception cref="StepFailedException">It was rejected, or nobody knows how it ended.</exception>
    public async Task<GoalOutcome<TResult>> RunAsync<TGoal, TResult, TFeedback>(
        IActionClient<TGoal, TResult, TFeedback> client, TGoal goal, GoalTimeouts timeouts, Func<TFeedback, TFeedback, bool> progressed, string what,
        string? actuator = null)
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage
    {
        var takeUp = attempt.Goal is not null && sent == 0;
        // What may be running is taken up even to be cancelled: its end is watched.
        if (!takeUp) cancel.ThrowIfCancellationRequested();
        if (!client.ServerIsThere)
            throw takeUp ? StepFailedException.Unknown(AttemptReport.ProcessRestarted, $"nobody offers {client.Action} any more") : StepFailedException.Failed("NO_SERVER", $"nobody offers {client.Action}");
        var id = takeUp ? Guid.Parse(attempt.Goal!) : GoalIds.Derive(attempt.Episode, attempt.Path, attempt.Number, sent);
        sent++;
        sending?.Invoke(id);
        if (!takeUp) Note(GoalStage.Sent, message: Encoding.UTF8.GetString(RosJson.Serialize(goal, RosDialect.Ros2)));
        TFeedback? latest = default;
        if (actuator is not null) sense?.Running(actuator, isRunning: true);
        var handle = takeUp ? client.TakeUp(id, Heard, timeouts) : client.Send(id, goal, Heard, timeouts);
        // On ROS 1 nothing says "accepted": the first status that shows the goal shows it running.
        var accepted = false;
        handle.StateChanged += state =>
        {
            if (accepted || state is not (GoalState.Accepted or GoalState.Executing)) return;
            accepted = true;
            Note(GoalStage.Accepted);
        };
        using var registration = cancel.Register(handle.Cancel);
        var outcome = await handle.Completion;
        if (actuator is not null) sense?.Running(actuator, isRunning: false);
        Note(GoalStage.Ended, outcome.State);
        // A cancellation that nobody answered is no cancellation: how the goal ended is not known, whatever was asked.
        if (outcome.State != GoalState.Unknown) cancel.ThrowIfCancellationRequested();
        return outcome.State switch
        {
            GoalState.Succeeded or GoalState.Aborted => outcome,
            GoalState.Rejected => throw StepFailedException.Failed("REJECTED", $"{what} was rejected: {outcome.Detail}"),
            GoalState.Canceled => throw StepFailedException.Failed("PREEMPTED", $"{what} was cancelled by somebody else: {outcome.Detail}"),
            _ when takeUp => throw StepFailedException.Unknown(AttemptReport.ProcessRestarted, $"{what} of the process before could not be taken up: {outcome.Detail}"),
            _ => throw StepFailedException.Unknown("GOAL_UNKNOWN", $"how {what} ended is not known: {outcome.Detail}"),
        };

        void Heard(TFeedback now)
        {
            if (actuator is not null) sense?.Feedback(actuator);
            if (latest is not null && !progressed(latest, now)) return;
            latest = now;
            Note(GoalStage.Progressed);
        }

        void Note(GoalStage stage, GoalState? status = null, string? message = null) =>
            inbox.GoalChanged(new(attempt.Path, attempt.Number, id.ToString("D"), client.Action, stage, status?.ToString().ToLowerInvariant(), actuator, message));
    }
}
