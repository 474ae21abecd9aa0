using RobotWorker.Plans;

namespace RobotWorker.Execution.Core;

/// <summary>
/// A newer revision of a running plan, after VDA 5050's order update: what was begun (the base) must be in it as it was and goes on; what was not reached yet
/// (the horizon) is exchanged, and so are goal, limits and objects.
/// </summary>
public static class Revising
{
    /// <summary>Why a plan cannot replace the one that is being run, or null.</summary>
    public static string? WhyNot(PlanState state, Plan plan)
    {
        if (state.Ended is not null) return "the episode has ended";
        if (state.Ending is not null || state.Parking is not null) return "the episode is ending";
        if (plan.Id != state.Plan.Id) return $"it is plan {plan.Id}, and plan {state.Plan.Id} is being run";
        if (plan.Revision <= state.Plan.Revision) return $"it is revision {plan.Revision}, and revision {state.Plan.Revision} is being run: give it a higher one";
        return Match(state, plan).WhyNot;
    }

    /// <summary>Exchanges what was not reached yet. Whether that can be done was asked before; if it cannot, nothing changes.</summary>
    internal static void Replace(Transition t, Plan plan)
    {
        if (WhyNot(t.Before, plan) is not null) return;
        var (nodes, _) = Match(t.Before, plan);
        t.Plan = plan;
        foreach (var (number, node) in nodes)
        {
            if (t.Nodes[number] is not ControlState control || control.Verdict != Verdict.Running) continue;
            // A loop over objects has bound them already.
            t.Put(control with { Node = node, Total = node is ForeachNode ? control.Total : Tree.Total(t, node) });
            t.Agenda.Enqueue(number);
        }
        foreach (var timer in t.Timers)
            if (timer.Kind == TimerKind.PlanDeadline) t.TakeBack(timer);
        t.In(plan.Limits.Deadline - t.At, TimerKind.PlanDeadline, NodeState.Root);
        // A goal that is being looked at is another one now.
        t.GoalCheck = t.GoalCheck with { Looks = 0 };
    }

    /// <summary>The nodes that were opened from the plan, each with what stands in its place in the new one.</summary>
    private static (List<(int Number, PlanNode Node)> Nodes, string? WhyNot) Match(PlanState state, Plan plan)
    {
        var places = new Dictionary<int, PlanNode>();
        var children = new Dictionary<int, int>();
        var matched = new List<(int, PlanNode)>();
        foreach (var node in state.Nodes)
        {
            PlanNode? place;
            if (node.Parent == NodeState.Root) place = plan.Root;
            // What repairs, parks or undoes is not of the plan.
            else if (!places.TryGetValue(node.Parent, out var parent)) continue;
            else place = Child(parent, (ControlState)state.Nodes[node.Parent], plan, children[node.Parent] = children.GetValueOrDefault(node.Parent, -1) + 1);
            var known = node is ControlState control ? control.Node : ((StepState)node).Node;
            if (place is null || !IsSame(known, place)) return (matched, $"{node.Path} was begun already, and the new revision has something else there: what was begun must stay as it was");
            if (RoundsOf(place) is { } rounds && node is ControlState { Opened: var begun } && rounds < begun) return (matched, $"{node.Path} is in its round {begun} already, and the new revision has {rounds}");
            if (node.Verdict != Verdict.Running && PlanWriter.Write(known) != PlanWriter.Write(place)) return (matched, $"{node.Path} has ended already, and the new revision changes it");
            if (place is not SkillNode) places[node.Number] = place;
            matched.Add((node.Number, place));
        }
        return (matched, null);
    }

    private static int? RoundsOf(PlanNode node) => node switch
    {
        RepeatNode n => n.Times,
        WhileNode n => n.Most,
        _ => null,
    };

    private static PlanNode? Child(PlanNode parent, ControlState state, Plan plan, int index) => parent switch
    {
        IfNode n => state.Turn == World.Truth.True ? n.Then : n.Else,
        CallNode n => plan.Plans.TryGetValue(n.Plan, out var called) ? called.Root : null,
        ForeachNode n => n.Do,
        RepeatNode n => n.Do,
        WhileNode n => n.Do,
        _ => index < parent.Inner.Length ? parent.Inner[index] : null,
    };

    // Of a control node only what it was opened with: its children are compared as far as they were opened.
    private static bool IsSame(PlanNode known, PlanNode now) => known.Id == now.Id && (known, now) switch
    {
        (SkillNode a, SkillNode b) => PlanWriter.Write(a) == PlanWriter.Write(b),
        (SequenceNode, SequenceNode) or (FallbackNode, FallbackNode) => true,
        (ParallelNode a, ParallelNode b) => a.Success == b.Success,
        (RepeatNode, RepeatNode) => true,
        (WhileNode a, WhileNode b) => a.Hold == b.Hold,
        (IfNode a, IfNode b) => a.Condition == b.Condition,
        (WaitNode a, WaitNode b) => a.For == b.For && a.Deadline == b.Deadline,
        (ForeachNode a, ForeachNode b) => a.Variable == b.Variable && a.Type == b.Type && a.Where == b.Where,
        (CallNode a, CallNode b) => a.Plan == b.Plan && a.Arguments.SequenceEqual(b.Arguments),
        _ => false,
    };
}
