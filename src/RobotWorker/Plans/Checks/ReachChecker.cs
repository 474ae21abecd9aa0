using RobotWorker.Diagnostics;
using RobotWorker.World;

namespace RobotWorker.Plans.Checks;

/// <summary>
/// Refuses steps that are never reached, whatever the world is like: those after one that cannot succeed, and the alternatives after one that cannot fail.
/// What another scene or another caller would reach is only warned of.
/// </summary>
internal sealed class ReachChecker
{
    private readonly CheckContext context;
    private readonly Dictionary<string, Ends> plans = new(StringComparer.Ordinal);

    private ReachChecker(CheckContext context) => this.context = context;

    /// <summary>How a step may end.</summary>
    private readonly record struct Ends(bool CanSucceed, bool CanFail)
    {
        public static readonly Ends Either = new(true, true);
    }

    public static void Check(CheckContext context)
    {
        var checker = new ReachChecker(context);
        checker.Of(context.Plan.Root);
        var called = CallGraph.Reach(context.Plan.Root, context.Plan).OfType<CallNode>().Select(c => c.Plan).ToHashSet(StringComparer.Ordinal);
        // Where a call names no plan, any of those that nobody calls may be meant.
        var isMeant = called.Any(name => !context.Plan.Plans.ContainsKey(name));
        foreach (var sub in context.Plan.Plans.Values)
        {
            checker.OfPlan(sub.Name);
            if (!isMeant && !called.Contains(sub.Name) && !PlanFiles.IsOfAnotherFile(sub.Name))
                context.Bag.Warn(Codes.Unreachable, sub.Place, $"nothing calls the plan '{sub.Name}'", "call it, or remove it");
        }
    }

    private Ends Of(PlanNode node)
    {
        var inner = node.Inner.Select(Of).ToList();
        switch (node)
        {
            case SequenceNode n:
                Stops(n.Children, inner.FindIndex(e => !e.CanSucceed), "never succeeds");
                return new(inner.TrueForAll(e => e.CanSucceed), inner.Exists(e => e.CanFail));
            case FallbackNode n:
                Stops(n.Children, inner.FindIndex(e => !e.CanFail), "cannot fail");
                return new(inner.Exists(e => e.CanSucceed), inner.TrueForAll(e => e.CanFail));
            case ParallelNode n:
                return new(inner.Count(e => e.CanSucceed) >= n.Success, inner.Count(e => !e.CanFail) < n.Success);
            case IfNode n when Certain.Of(n.Condition) is var certain and not Truth.Unknown:
                if ((certain == Truth.True ? n.Else : n.Then) is { } never) Refuse(never, $"the condition of '{n.Id}' is always {(certain == Truth.True ? "true" : "false")}");
                return certain == Truth.True ? inner[0] : inner.Count > 1 ? inner[1] : new(true, false);
            case IfNode n:
                return new(n.Else is null || inner.Exists(e => e.CanSucceed), true);
            case WhileNode n when Certain.Of(n.Hold) == Truth.False:
                Refuse(n.Do, $"the condition of '{n.Id}' is never true");
                return new(true, false);
            case WhileNode n:
                return new(Certain.Of(n.Hold) != Truth.True, true);
            case RepeatNode:
                return inner[0];
            case ForeachNode n:
                if (!context.Names.SceneIsKnown || context.Names.HasOfType(n.Type)) return new(true, inner[0].CanFail);
                context.Bag.Warn(Codes.Unreachable, n.PlaceOf("foreach.each"), $"nothing here is of type '{n.Type}': the loop has no round", "use a scene that has such objects, or another type");
                return new(true, false);
            case WaitNode n:
                return new(Certain.Of(n.For) != Truth.False, Certain.Of(n.For) != Truth.True);
            case CallNode n:
                return OfPlan(n.Plan);
            default:
                return Ends.Either;
        }
    }

    private Ends OfPlan(string name)
    {
        if (plans.TryGetValue(name, out var known)) return known;
        return plans[name] = context.Plan.Plans.TryGetValue(name, out var plan) ? Of(plan.Root) : Ends.Either;
    }

    private void Stops(IReadOnlyList<PlanNode> children, int last, string why)
    {
        if (last >= 0 && last < children.Count - 1) Refuse(children[last + 1], $"'{children[last].Id}' before it {why}");
    }

    private void Refuse(PlanNode never, string why) => context.Bag.Error(Codes.Unreachable, never.Place, $"'{never.Id}' is never reached: {why}", "remove it, or correct what keeps it from being reached");
}
