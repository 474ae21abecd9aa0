using RobotWorker.World;

namespace RobotWorker.Plans;

/// <summary>Finds a plan from the world as it is believed to a goal. RobotWorker.Planners implements it; repair and sentences use it.</summary>
public interface IPlanner
{
    /// <returns>A plan that the checker may still refuse, or why there is none.</returns>
    PlanningResult Plan(WorldModel world, Condition goal, PlanningRequest request);
}

/// <param name="Id">The new plan's id.</param>
/// <param name="Objects">The objects and places that may be used, with their types.</param>
/// <param name="Limits">Taken over into the plan.</param>
public sealed record PlanningRequest(string Id, System.Collections.Immutable.ImmutableArray<PlanObject> Objects, PlanLimits Limits);

/// <summary>Exactly one of the two is given.</summary>
public sealed record PlanningResult(Plan? Plan, string? WhyNot);
