using RobotWorker.Diagnostics;
using RobotWorker.Plans.Checks;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Plans;

/// <summary>
/// Checks what a plan's words mean before anything moves: names, types, units and ranges, variables, calls, conditions, limits, and orders of steps
/// that cannot go well. A plan without errors may run; warnings are for its author.
/// </summary>
public static class PlanChecker
{
    /// <param name="known">The objects and places of the scene or map with their types; empty where none is known, and only the plan's own count.</param>
    public static void Check(Plan plan, SkillCatalogue catalogue, IReadOnlyList<PlanObject> known, DiagnosticBag bag)
    {
        var context = new CheckContext(plan, catalogue, new NameTable(plan, catalogue, known, bag), bag);
        var conditions = new ConditionChecker(context);
        if (plan.Goal is not null) conditions.Check(plan.Goal, Scope.Empty);
        foreach (var zone in plan.Limits.Zones) context.Names.Expect(zone, "place", plan.Limits.ZonesPlace, Scope.Empty, bag);
        var steps = new StepChecker(context, conditions);
        steps.CheckRoot(plan.Root, []);
        foreach (var sub in plan.Plans.Values) steps.CheckRoot(sub.Root, sub.Parameters);
        var callsEnd = CallGraph.Check(plan, bag);
        HazardChecker.Check(context);
        DeadEndChecker.Check(context);
        if (!callsEnd) return;
        ReachChecker.Check(context);
        StarveChecker.Check(context);
        StrandChecker.Check(context);
    }
}
