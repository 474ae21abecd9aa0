namespace RobotWorker.Ros.Actions;

/// <summary>What can happen to a goal, as its client learns it.</summary>
public enum GoalEvent
{
    /// <summary>The client sent it.</summary>
    Sent,

    /// <summary>The server accepted it.</summary>
    Accepted,

    /// <summary>The server refused it.</summary>
    Rejected,

    /// <summary>The server shows it executing.</summary>
    Started,

    /// <summary>The client wants it to stop.</summary>
    CancelAsked,

    /// <summary>The server grants the wish: it is stopping, not stopped.</summary>
    CancelGranted,

    /// <summary>The server does not grant it: the goal goes on.</summary>
    CancelRefused,

    /// <summary>The server says that the goal had ended already: its result is on the way.</summary>
    CancelTooLate,

    /// <summary>The server, asked to cancel, does not know the goal (it may still be on the way there).</summary>
    GoalNotKnown,

    /// <summary>No answer to the goal in time.</summary>
    AcceptTimedOut,

    /// <summary>No progress in time.</summary>
    ProgressStalled,

    /// <summary>Not ended in time after the wish to cancel.</summary>
    CancelTimedOut,

    /// <summary>The result came: done.</summary>
    Succeeded,

    /// <summary>The result came: stopped on request.</summary>
    Canceled,

    /// <summary>The result came: the server gave up.</summary>
    Aborted,

    /// <summary>The server, or the way to it, went away.</summary>
    ServerLost,
}
