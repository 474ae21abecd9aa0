namespace RobotWorker.Plans;

/// <summary>What a plan means where it says nothing.</summary>
public static class PlanDefaults
{
    /// <summary>Most turns of a <c>while</c>: a loop without an end is a mistake.</summary>
    public const int MostTurns = 1000;
}
