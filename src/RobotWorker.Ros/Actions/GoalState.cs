namespace RobotWorker.Ros.Actions;

/// <summary>Where a goal stands in its client's knowledge (architecture.md, "The action goal lifecycle").</summary>
public enum GoalState
{
    /// <summary>Made, not sent.</summary>
    Created,

    /// <summary>Sent, not answered.</summary>
    Sending,

    /// <summary>Accepted, not seen executing.</summary>
    Accepted,

    /// <summary>Executing.</summary>
    Executing,

    /// <summary>Its cancellation was asked for; it may still succeed.</summary>
    Canceling,

    /// <summary>It ended well, says the server.</summary>
    Succeeded,

    /// <summary>It was stopped on request.</summary>
    Canceled,

    /// <summary>The server gave up.</summary>
    Aborted,

    /// <summary>The server refused it: it never ran.</summary>
    Rejected,

    /// <summary>Nobody can say: it may have run, it may still be running.</summary>
    Unknown,
}
