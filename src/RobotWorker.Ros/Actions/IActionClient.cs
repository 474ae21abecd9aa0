using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Actions;

/// <summary>Sends goals to one action.</summary>
public interface IActionClient<TGoal, TResult, TFeedback> : IDisposable
    where TGoal : IRosMessage
    where TResult : IRosMessage
    where TFeedback : IRosMessage
{
    /// <summary>The action's name, <c>/navigate_to_pose</c>.</summary>
    string Action { get; }

    /// <summary>Whether a server is there now. A goal sent to nobody is not answered, as on a real graph.</summary>
    bool ServerIsThere { get; }

    /// <summary>Sends a goal.</summary>
    /// <param name="goalId">Chosen, and journalled, by the caller; never used before on this action.</param>
    /// <param name="goal">The goal.</param>
    /// <param name="feedback">Called with each feedback while the goal is open.</param>
    /// <param name="timeouts">How long to wait; <see cref="GoalTimeouts.Default"/> when null.</param>
    /// <param name="progressed">Whether a feedback (second) shows progress since the one that last did (first); without it any feedback counts.</param>
    IGoalHandle<TResult> Send(
        Guid goalId, TGoal goal, Action<TFeedback>? feedback = null, GoalTimeouts? timeouts = null, Func<TFeedback, TFeedback, bool>? progressed = null);

    /// <summary>
    /// Takes up a goal that was sent before, by another process, and may be running: nothing is sent. Where the wire does not carry our ids, or the server does not know the goal
    /// as running any more, it ends as Unknown.
    /// </summary>
    /// <param name="goalId">The id that it was sent with.</param>
    IGoalHandle<TResult> TakeUp(
        Guid goalId, Action<TFeedback>? feedback = null, GoalTimeouts? timeouts = null, Func<TFeedback, TFeedback, bool>? progressed = null);
}

/// <summary>One goal that was sent, as its client knows it.</summary>
public interface IGoalHandle<TResult>
{
    /// <summary>The goal's id.</summary>
    Guid Id { get; }

    /// <summary>Where it stands.</summary>
    GoalState State { get; }

    /// <summary>Ends with the goal's end. It never fails: rejection, cancellation and silence are data.</summary>
    Task<GoalOutcome<TResult>> Completion { get; }

    /// <summary>Raised after each change of <see cref="State"/>, with the new one.</summary>
    event Action<GoalState>? StateChanged;

    /// <summary>Asks to cancel. Before the goal is accepted the wish is kept; asked twice it is one wish; after the end it is none.</summary>
    void Cancel();

    /// <summary>Says that the goal progresses, by evidence outside its feedback (joints that move).</summary>
    void Progressed();
}
