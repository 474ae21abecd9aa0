namespace RobotWorker.World;

/// <summary>Kleene's three values: unknown is neither true nor false.</summary>
public enum Truth
{
    Unknown,
    False,
    True,
}
