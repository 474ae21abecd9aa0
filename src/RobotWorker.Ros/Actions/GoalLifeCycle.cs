using static RobotWorker.Ros.Actions.GoalEvent;

namespace RobotWorker.Ros.Actions;

/// <summary>The life of a goal in its client's eyes: which event leads from which state to which, and nothing else.</summary>
public static class GoalLifeCycle
{
    /// <summary>Whether nothing follows the state.</summary>
    public static bool IsEnd(this GoalState state) => state >= GoalState.Succeeded;

    /// <summary>The state after an event. Pure.</summary>
    /// <exception cref="IllegalGoalTransitionException">The event cannot happen in the state.</exception>
    public static GoalState Next(GoalState state, GoalEvent happened) => (state, happened) switch
    {
        (GoalState.Created, Sent) => GoalState.Sending,

        (GoalState.Sending, Accepted) => GoalState.Accepted,
        (GoalState.Sending, Rejected) => GoalState.Rejected,
        (GoalState.Sending, Started) => GoalState.Executing,         // the status overtook the answer
        (GoalState.Sending, CancelAsked) => GoalState.Sending,       // the wish waits for the answer
        (GoalState.Sending, AcceptTimedOut) => GoalState.Canceling,  // it may run: it is cancelled by its id

        (GoalState.Accepted, Accepted) => GoalState.Accepted,        // status tells it again and again, and a wire may double it
        (GoalState.Accepted, Started) => GoalState.Executing,
        (GoalState.Executing, Accepted or Started) => GoalState.Executing,
        (GoalState.Accepted or GoalState.Executing, CancelAsked or ProgressStalled) => GoalState.Canceling,

        (GoalState.Canceling, Accepted or Started or CancelGranted or CancelTooLate) => GoalState.Canceling,
        (GoalState.Canceling, CancelRefused) => GoalState.Executing,
        (GoalState.Canceling, Rejected) => GoalState.Rejected,       // the late answer proves that it never ran
        (GoalState.Canceling, GoalNotKnown or CancelTimedOut) => GoalState.Unknown,

        (GoalState.Sending or GoalState.Accepted or GoalState.Executing or GoalState.Canceling, Succeeded) => GoalState.Succeeded,
        (GoalState.Sending or GoalState.Accepted or GoalState.Executing or GoalState.Canceling, Canceled) => GoalState.Canceled,
        (GoalState.Sending or GoalState.Accepted or GoalState.Executing or GoalState.Canceling, Aborted) => GoalState.Aborted,
        (GoalState.Sending or GoalState.Accepted or GoalState.Executing or GoalState.Canceling, ServerLost) => GoalState.Unknown,

        _ => throw new IllegalGoalTransitionException(state, happened),
    };
}

/// <summary>An event that cannot happen to a goal in its state: the server, or the client, breaks the protocol of actions.</summary>
public sealed class IllegalGoalTransitionException(GoalState state, GoalEvent happened)
    : InvalidOperationException($"{happened} cannot happen to a goal that is {state}")
{
    /// <summary>The state.</summary>
    public GoalState State { get; } = state;

    /// <summary>The event.</summary>
    public GoalEvent Happened { get; } = happened;
}
