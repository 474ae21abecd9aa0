using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.Recovery;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>The conditions of control nodes: when they are evaluated, and what happens while nobody knows.</summary>
internal static class Turning
{
    /// <summary>Brings a node's condition up to date. False: it waits for an observation and cannot be judged yet.</summary>
    public static bool Settle(Transition t, int number)
    {
        var c = (ControlState)t.Nodes[number];
        return c.Node switch
        {
            IfNode => c.Turn != Truth.Unknown || Once(t, c, t.World.Evaluate(c.Condition, t.Now), c.Condition.Atoms()),
            ForeachNode node => !c.Names.IsDefault || Bind(t, c, node),
            WhileNode => WhileHolds(t, c),
            WaitNode node => Wait(t, c, node),
            _ => true,
        };
    }

    /// <summary>The observation that a node waited for has ended.</summary>
    public static void Looked(Transition t, ControlState c, string? error)
    {
        t.Put(c with { Request = 0, LookError = error });
        t.Agenda.Enqueue(c.Number);
    }

    public static void Drop(Transition t, int number)
    {
        var c = (ControlState)t.Nodes[number];
        if (c.Request != 0) Requests.TakeBack(t, c.Request);
        t.TakeBack(c.Timer);
        t.Put(c with { Verdict = Verdict.Dropped, Request = 0, Timer = null });
        t.Active = t.Active.Remove(number);
        Halting.Forget(t, number);
    }

    /// <summary>A fact grew too old, or the truth of an atom changed.</summary>
    public static void AtomTurned(Transition t, ControlState c, Atom atom)
    {
        if (c.Node is WhileNode or WaitNode && c.Condition.Mentions(atom)) t.Agenda.Enqueue(c.Number);
    }

    public static void TimerDue(Transition t, ControlState c, TimerKind kind)
    {
        t.Put(kind == TimerKind.WaitDeadline ? c with { Timer = null, Failed = 1 } : c with { Timer = null });
        t.Agenda.Enqueue(c.Number);
    }

    /// <summary>While the robot stands still: a <c>while</c> whose condition was lost sight of was looked at. False: look once more from elsewhere.</summary>
    public static bool Seen(Transition t, ControlState c)
    {
        var turn = t.World.Evaluate(c.Condition, t.Now);
        if (turn == Truth.Unknown && c.Looks < 2) return false;
        t.Recoveries = t.Recoveries.Add(new(
            c.Path, Effect.Unknown, turn == Truth.Unknown ? Decision.Stop : Decision.Look, $"lost sight of {c.Condition}; {Evidence.Of(t, c.Condition)}{Evidence.Trouble(t.Halt?.LookError)}", t.Now));
        Halting.Forget(t, c.Number);
        if (turn == Truth.Unknown) Tree.End(t, c, Verdict.Failed, $"nobody could see whether {c.Condition}{Evidence.Trouble(t.Halt?.LookError)}");
        else t.Agenda.Enqueue(c.Number);
        return true;
    }

    /// <summary>The deadline of a <c>wait</c> stands while the robot does: paused, asking or healing.</summary>
    public static void Hold(Transition t, int number)
    {
        if (t.Nodes[number] is not ControlState { Node: WaitNode, Timer: { } timer } c) return;
        t.TakeBack(timer);
        t.Put(c with { Timer = null, TimeLeft = timer.Due - t.At });
    }

    /// <summary>The robot may go on, and so does the time of a <c>wait</c>.</summary>
    public static void GoOn(Transition t, int number)
    {
        if (t.Nodes[number] is ControlState { TimeLeft: { } left } c)
            t.Put(c with { TimeLeft = null, Timer = t.In(left, TimerKind.WaitDeadline, number) });
    }

    private static bool Once(Transition t, ControlState c, Truth turn, ImmutableArray<Atom> atoms)
    {
        if (turn == Truth.Unknown && c.Looks == 0)
        {
            t.Active = t.Active.Add(c.Number);
            t.Put(c with { Looks = 1, Request = Requests.Look(t, c.Number, atoms, default, 0) });
            return false;
        }
        t.Active = t.Active.Remove(c.Number);
        t.Put(c with { Turn = turn });
        return true;
    }

    private static bool Bind(Transition t, ControlState c, ForeachNode node)
    {
        var values = Binding.Values(t, c.Scope);
        var candidates = t.Plan.Objects.Where(o => t.Setup.Skills.IsA(o.Type, node.Type)).Select(o => o.Name)
            .Select(name => (Name: name, Where: node.Where.Substitute(values.SetItem(node.Variable, name)))).ToList();
        var unknown = candidates.Where(o => t.World.Evaluate(o.Where, t.Now) == Truth.Unknown).ToList();
        if (!Once(t, c, unknown.Count > 0 ? Truth.Unknown : Truth.True, [.. unknown.SelectMany(o => o.Where.Atoms()).Distinct()])) return false;
        ImmutableArray<string> names = [.. candidates.Where(o => t.World.Evaluate(o.Where, t.Now) == Truth.True).Select(o => o.Name)];
        // It looked and still nobody knows: it does not run over what it cannot see, and says so.
        foreach (var (name, where) in unknown)
            t.Recoveries = t.Recoveries.Add(new(
                c.Path, Effect.Unknown, Decision.Skip, $"{name} is left out: nobody could see whether {where}; {Evidence.Of(t, where)}{Evidence.Trouble(c.LookError)}", t.Now));
        t.Put((ControlState)t.Nodes[c.Number] with { Names = names, Total = names.Length });
        return true;
    }

    private static bool WhileHolds(Transition t, ControlState c)
    {
        var turn = t.World.Evaluate(c.Condition, t.Now);
        t.Active = t.Active.Add(c.Number);
        if (turn != Truth.Unknown)
        {
            t.TakeBack(c.Timer);
            t.Put(c with { Turn = turn, Looks = 0, Timer = turn == Truth.True ? Ageing.Watch(t, c.Condition, c.Number) : null });
            return true;
        }
        Halting.Begin(t, c.Number);
        return false;
    }

    private static bool Wait(Transition t, ControlState c, WaitNode node)
    {
        if (!t.Active.Contains(c.Number))
        {
            t.Active = t.Active.Add(c.Number);
            c = t.Halt is null ? c with { Timer = t.In(node.Deadline, TimerKind.WaitDeadline, c.Number) } : c with { TimeLeft = node.Deadline };
        }
        t.Put(c with { Turn = t.World.Evaluate(c.Condition, t.Now) });
        return true;
    }
}
