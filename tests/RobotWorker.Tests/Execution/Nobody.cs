using RobotWorker.Execution;
using RobotWorker.Plans;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>Whoever is asked does not answer, and whoever plans finds nothing.</summary>
internal sealed class Nobody : IPerson, IPlanner
{
    public static readonly Nobody Is = new();

    public async Task<string?> AskAsync(Question question, CancellationToken cancel)
    {
        await Task.Yield();
        return null;
    }

    public PlanningResult Plan(WorldModel world, Condition goal, PlanningRequest request) => new(null, "there is no planner here");
}
