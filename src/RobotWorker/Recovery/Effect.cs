namespace RobotWorker.Recovery;

/// <summary>What a failed attempt has done to the world, as freshly observed.</summary>
public enum Effect
{
    Done,
    NotStarted,
    Partial,
    Unknown,
}
