using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>
/// Opens nodes, passes verdicts upwards and finds what is no longer wanted. A verdict that did not change goes no further, so an event costs
/// at most the depth of the tree; children are counted, never walked.
/// </summary>
internal static class Tree
{
    public static void Open(Transition t, int parent, PlanNode node, Scope scope, string path)
    {
        if (node is SkillNode skill)
        {
            Steps.Open(t, parent, skill, scope, path);
            return;
        }
        var number = t.Nodes.Count;
        var inner = node is CallNode call ? Called(t, call, number, scope) : scope;
        var condition = node switch
        {
            IfNode n => Binding.Condition(t, n.Condition, scope),
            WhileNode n => Binding.Condition(t, n.Hold, scope),
            WaitNode n => Binding.Condition(t, n.For, scope),
            _ => Condition.Always,
        };
        t.Put(new ControlState(number, parent, path, inner, node, Total(t, node), condition));
        t.Agenda.Enqueue(number);
    }

    /// <summary>Judges until nothing changes any more.</summary>
    public static void Work(Transition t)
    {
        while (t.Agenda.TryDequeue(out var number))
        {
            if (t.Nodes[number] is not ControlState { Verdict: Verdict.Running, Request: 0 }) continue;
            if (t.Dropped && !IsWanted(t, number)) continue;
            if (!Turning.Settle(t, number)) continue;
            var node = (ControlState)t.Nodes[number];
            var judgement = Judgements.Judge(node);
            if (judgement.Verdict == Verdict.Running) OpenWanted(t, node, judgement.Wanted);
            else End(t, node, judgement.Verdict, judgement.Why);
        }
    }

    /// <summary>A node has come to its verdict: what still runs below it is dropped, and its parent hears of it.</summary>
    public static void End(Transition t, NodeState node, Verdict verdict, string? why)
    {
        if (node is ControlState control)
        {
            if (control.Open > 0) Drop(t, node.Number);
            t.TakeBack(control.Timer);
            t.Put((ControlState)t.Nodes[node.Number] with { Verdict = verdict, Why = why, Timer = null });
        }
        t.Active = t.Active.Remove(node.Number);
        Tell(t, node, verdict, why);
    }

    /// <summary>Whether someone above can take over when this node fails: a fallback with another child, a parallel that can spare it, a repair's step.</summary>
    public static bool SomeoneTakesOver(Transition t, NodeState node)
    {
        for (var above = node.Parent; above >= 0; above = t.Nodes[above].Parent)
        {
            switch (t.Nodes[above])
            {
                case StepState:
                case ControlState { Node: FallbackNode } fallback when fallback.Failed + 1 < fallback.Total:
                case ControlState { Node: ParallelNode parallel } many when many.Failed + 1 <= many.Total - parallel.Success:
                    return true;
            }
        }
        return false;
    }

    private static void Tell(Transition t, NodeState node, Verdict verdict, string? why)
    {
        switch (node.Parent)
        {
            case NodeState.Root: GoalChecking.TreeEnded(t, verdict, why); return;
            case NodeState.Goal: GoalChecking.RepairEnded(t); return;
            case NodeState.Park: Parking.Ended(t, verdict, why); return;
        }
        switch (t.Nodes[node.Parent])
        {
            case StepState step:
                Steps.ChildEnded(t, step, verdict, why);
                break;
            case ControlState control:
                t.Put(verdict == Verdict.Succeeded
                    ? control with { Succeeded = control.Succeeded + 1 }
                    : control with { Failed = control.Failed + 1, Why = why });
                t.Agenda.Enqueue(control.Number);
                break;
        }
    }

    private static void OpenWanted(Transition t, ControlState node, int wanted)
    {
        for (var child = node.Opened; child < wanted; child++)
        {
            t.Put((ControlState)t.Nodes[node.Number] with { Opened = child + 1 });
            OpenChild(t, node, child);
        }
    }

    private static void OpenChild(Transition t, ControlState c, int child)
    {
        switch (c.Node)
        {
            case SequenceNode n: Open(t, c.Number, n.Children[child], c.Scope, $"{c.Path}/{n.Children[child].Id}"); break;
            case FallbackNode n: Open(t, c.Number, n.Children[child], c.Scope, $"{c.Path}/{n.Children[child].Id}"); break;
            case ParallelNode n: Open(t, c.Number, n.Children[child], c.Scope, $"{c.Path}/{n.Children[child].Id}"); break;
            case IfNode n:
                var branch = c.Turn == Truth.True ? n.Then : n.Else!;
                Open(t, c.Number, branch, c.Scope, $"{c.Path}/{branch.Id}");
                break;
            case ForeachNode n: Open(t, c.Number, n.Do, c.Scope.With(n.Variable, c.Names[child]), $"{c.Path}[{c.Names[child]}]/{n.Do.Id}"); break;
            case RepeatNode n: Open(t, c.Number, n.Do, c.Scope, $"{c.Path}[{child + 1}]/{n.Do.Id}"); break;
            case WhileNode n: Open(t, c.Number, n.Do, c.Scope, $"{c.Path}[{child + 1}]/{n.Do.Id}"); break;
            case CallNode n:
                var called = t.Plan.Plans[n.Plan].Root;
                Open(t, c.Number, called, c.Scope, $"{c.Path}/{called.Id}");
                break;
        }
    }

    public static int Total(Transition t, PlanNode node) => node switch
    {
        SequenceNode n => n.Children.Length,
        FallbackNode n => n.Children.Length,
        ParallelNode n => n.Children.Length,
        RepeatNode n => n.Times,
        WhileNode n => n.Most,
        IfNode => 1,
        CallNode n when !t.Plan.Plans.ContainsKey(n.Plan) => throw new InvalidOperationException($"the plan calls '{n.Plan}', which it does not hold; the checker lets no such plan pass"),
        CallNode => 1,
        _ => 0,
    };

    private static Scope Called(Transition t, CallNode call, int frame, Scope outside)
    {
        var inner = Scope.Outermost with { Frame = frame };
        foreach (var (name, value) in Binding.Arguments(call.Arguments, Binding.Values(t, outside))) inner = inner.With(name, value);
        return inner;
    }

    /// <summary>What is active below a node is wanted no longer.</summary>
    private static void Drop(Transition t, int top)
    {
        t.Dropped = true;
        foreach (var number in t.Active)
        {
            if (number <= top || !IsBelow(t, number, top)) continue;
            if (t.Nodes[number] is StepState step) Steps.Drop(t, step);
            else Turning.Drop(t, number);
            for (var above = t.Nodes[number].Parent; above > top; above = t.Nodes[above].Parent) t.Put(t.Nodes[above] with { Verdict = Verdict.Dropped });
        }
    }

    private static bool IsWanted(Transition t, int number)
    {
        for (var above = t.Nodes[number].Parent; above >= 0; above = t.Nodes[above].Parent)
            if (t.Nodes[above].Verdict != Verdict.Running) return false;
        return true;
    }

    private static bool IsBelow(Transition t, int number, int top)
    {
        // A parent is opened before its children: once below the number, the top was missed.
        for (var above = t.Nodes[number].Parent; above >= top; above = t.Nodes[above].Parent)
            if (above == top) return true;
        return false;
    }
}
