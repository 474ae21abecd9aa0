using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Planners.Symbolic;

/// <summary>
/// Forward search over the catalogue's skills from the world as it is believed to a goal. What is not believed true counts as false, however old the
/// belief: the executor observes before each step. The same world and goal give the same plan.
/// </summary>
/// <param name="mostStates">How many states a search may open before it gives up.</param>
public sealed class SymbolicPlanner(SkillCatalogue catalogue, int mostStates = 3_000) : IPlanner
{
    // The robot's own parts need not be among the request's objects.
    private static readonly ImmutableArray<PlanObject> Constants = [new("robot", "robot"), new("gripper", "gripper")];

    public PlanningResult Plan(WorldModel world, Condition goal, PlanningRequest request)
    {
        ImmutableArray<PlanObject> names = [.. request.Objects, .. Constants.Where(c => request.Objects.All(o => o.Name != c.Name))];
        var flat = Condition.Always.And(goal);
        if (WhyNot.OfGoal(catalogue, names, flat) is { } wrong) return new(null, wrong);

        var task = Grounding.Of(catalogue, names, world, flat);
        var found = PartByPart.Find(task, new(task, mostStates), out var proven);
        if (found is null)
            return new(null, WhyNot.OfTask(task) ?? (proven ? $"no order of steps makes {goal} true" : $"no plan for {goal} was found among the first {mostStates} states"));
        return new(Write(Tidying.Tidy(task, found.Value), goal, request), null);
    }

    private static Plan Write(ImmutableArray<GroundSkill> steps, Condition goal, PlanningRequest request)
    {
        ImmutableArray<PlanNode> nodes = [.. StepNames.Name(steps).Select(s => Node(s.Id, s.Step))];
        var used = steps.SelectMany(s => s.Arguments.Values).Concat(goal.Atoms().SelectMany(a => a.Arguments)).ToImmutableSortedSet(StringComparer.Ordinal);
        return new(request.Id, 0, goal, [.. request.Objects.Where(o => used.Contains(o.Name))], request.Limits, new SequenceNode("root", nodes, default),
            ImmutableSortedDictionary<string, SubPlan>.Empty, default);
    }

    private static SkillNode Node(string id, GroundSkill step)
    {
        var given = step.Definition.Arguments.Where(a => step.Arguments[a.Name] != a.Default).ToImmutableSortedDictionary(a => a.Name, a => step.Arguments[a.Name]);
        return new(id, step.Definition.Name, given, Condition.Always, Condition.Always, Condition.Always, null, null, null, null, null,
            ImmutableSortedDictionary<string, string>.Empty, default);
    }
}
