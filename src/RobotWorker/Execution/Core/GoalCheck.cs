namespace RobotWorker.Execution.Core;

/// <summary>The plan ran to its end: does its goal hold?</summary>
/// <param name="Looks">Observations made since the tree (or a repair) ended.</param>
public sealed record GoalCheck(int Looks, int Repairs)
{
    public static readonly GoalCheck None = new(0, 0);
}
