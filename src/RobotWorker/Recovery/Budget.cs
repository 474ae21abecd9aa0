namespace RobotWorker.Recovery;

/// <summary>What may still be tried: of the step, of the fault's code and of the episode.</summary>
/// <param name="SpentOn">Which of them is spent, in words, or null.</param>
public sealed record Budget(string? SpentOn)
{
    public static readonly Budget Left = new((string?)null);

    public bool IsSpent => SpentOn is not null;
}
