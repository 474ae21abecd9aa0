namespace RobotWorker.Recovery;

/// <summary>What follows a failed attempt.</summary>
public enum Decision
{
    Skip,
    Retry,
    Repair,
    Resume,

    /// <summary>Look once more, from elsewhere, then decide again.</summary>
    Look,
    Ask,
    Stop,
}
