using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.Plans.Checks;

/// <summary>Which plan calls which: one that can reach itself would never end, and calls of calls can multiply beyond all bounds.</summary>
internal sealed class CallGraph
{
    // Far beyond any job; 30 plans that call the next one twice would already be a thousand million steps.
    private const long MostSteps = 1_000_000;

    private readonly Plan plan;
    private readonly DiagnosticBag bag;
    private readonly Dictionary<string, long> sizes = new(StringComparer.Ordinal);
    private bool refused;

    private CallGraph(Plan plan, DiagnosticBag bag)
    {
        this.plan = plan;
        this.bag = bag;
    }

    /// <summary>Every node of a tree, parents first, in the order of the steps; calls are not followed.</summary>
    public static IEnumerable<PlanNode> Nodes(PlanNode node) => node.Inner.SelectMany(Nodes).Prepend(node);

    /// <summary>Every node of a tree and of the plans that it calls, each plan once.</summary>
    public static IEnumerable<PlanNode> Reach(PlanNode root, Plan plan)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var roots = new Queue<PlanNode>([root]);
        while (roots.TryDequeue(out var next))
            foreach (var node in Nodes(next))
            {
                yield return node;
                if (node is CallNode call && plan.Plans.TryGetValue(call.Plan, out var called) && seen.Add(call.Plan)) roots.Enqueue(called.Root);
            }
    }

    /// <summary>Refuses recursion, and a plan that with all its calls has too many steps.</summary>
    /// <returns>Whether every call can be followed to its end.</returns>
    public static bool Check(Plan plan, DiagnosticBag bag)
    {
        var graph = new CallGraph(plan, bag);
        foreach (var sub in plan.Plans.Values) graph.Size(sub, []);
        var size = graph.Size(plan.Root, []);
        if (size > MostSteps)
            bag.Error(Codes.TooLarge, plan.Root.Place, $"with everything that it calls the plan has more than {MostSteps} steps", "loop with 'while' or 'repeat'");
        return size <= MostSteps && !graph.refused;
    }

    private long Size(SubPlan sub, ImmutableList<string> callers)
    {
        if (sizes.TryGetValue(sub.Name, out var known)) return known;
        return sizes[sub.Name] = Size(sub.Root, callers.Add(sub.Name));
    }

    private long Size(PlanNode root, ImmutableList<string> path)
    {
        var size = 0L;
        foreach (var node in Nodes(root).ToList())
        {
            size++;
            if (node is not CallNode call || !plan.Plans.TryGetValue(call.Plan, out var called)) continue;
            if (path.IndexOf(call.Plan) is >= 0 and var first) Refuse(call, path.RemoveRange(0, first));
            else size += Size(called, path);
            if (size > MostSteps) size = MostSteps + 1;
        }
        return size;
    }

    private void Refuse(CallNode call, ImmutableList<string> ring)
    {
        refused = true;
        bag.Error(Codes.RecursiveCall, call.PlaceOf("call.plan"), $"the plan '{call.Plan}' calls itself: {string.Join(" → ", ring.Add(call.Plan))}", "loop with 'while' or 'repeat'");
    }
}
