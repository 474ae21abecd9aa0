using RobotWorker.Diagnostics;

namespace RobotWorker.Plans.Checks;

/// <summary>Which plan calls which. One that can reach itself would never end.</summary>
internal static class CallGraph
{
    /// <summary>Every call in a tree, in the order of the steps.</summary>
    public static IEnumerable<CallNode> Calls(PlanNode node) => node is CallNode call ? [call] : node.Inner.SelectMany(Calls);

    public static void RefuseRecursion(Plan plan, DiagnosticBag bag)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sub in plan.Plans.Values) Visit(sub, [], plan, done, bag);
    }

    private static void Visit(SubPlan sub, IReadOnlyList<string> callers, Plan plan, HashSet<string> done, DiagnosticBag bag)
    {
        if (!done.Add(sub.Name)) return;
        IReadOnlyList<string> path = [.. callers, sub.Name];
        foreach (var call in Calls(sub.Root))
        {
            var first = path.TakeWhile(name => name != call.Plan).Count();
            if (first < path.Count)
                bag.Error(Codes.RecursiveCall, call.PlaceOf("call.plan"), $"the plan '{call.Plan}' calls itself: {string.Join(" → ", path.Skip(first).Append(call.Plan))}", "loop with 'while' or 'repeat'");
            else if (plan.Plans.TryGetValue(call.Plan, out var next))
                Visit(next, path, plan, done, bag);
        }
    }
}
