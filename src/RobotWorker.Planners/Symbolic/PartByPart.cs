using System.Collections.Immutable;

namespace RobotWorker.Planners.Symbolic;

/// <summary>
/// Brings about the parts of the goal one after the other, in their order, each without losing those before: short searches, and the plan follows the order
/// in which a person said things. Where that leads into a dead end, the whole goal is searched for at once.
/// </summary>
internal static class PartByPart
{
    public static ImmutableArray<GroundSkill>? Find(GroundTask task, ForwardSearch search, out bool proven)
    {
        var steps = ImmutableArray.CreateBuilder<GroundSkill>();
        var state = task.Start;
        for (var k = 1; k <= task.Goal.Length; k++)
        {
            var part = search.Find(state, new GroundCondition.All(task.Goal[..k]), out _);
            if (part is null) return search.Find(task.Start, task.WholeGoal, out proven);
            steps.AddRange(part.Value);
            foreach (var step in part.Value) state = step.After(state);
        }
        proven = false;
        return steps.ToImmutable();
    }
}
