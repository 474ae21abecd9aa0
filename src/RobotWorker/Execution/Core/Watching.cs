using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>Facts come in and grow old; the nodes whose conditions they turn hear of it.</summary>
internal static class Watching
{
    public static void FactObserved(Transition t, Fact fact)
    {
        if (Doubts.Doubted(t, fact.Atom.Predicate) || Doubts.IsGroundless(t, fact.Atom.Predicate)) return;
        var before = t.World.Find(fact.Atom, t.Now)?.Value ?? Truth.Unknown;
        t.World = t.World.With(fact);
        var after = t.World.Find(fact.Atom, t.Now)?.Value ?? Truth.Unknown;
        if (before == after) return;
        AtomTurned(t, fact.Atom);
        if (after != Truth.True) Doubts.OfAllThatRestsOn(t, fact.Atom);
    }

    /// <summary>Most facts only say again what is known: the next state without more ado, or null when more must be done.</summary>
    public static PlanState? TurnsNothing(PlanState state, Event.FactObserved e)
    {
        if (!state.Faults.IsEmpty || state.World.Find(e.Fact.Atom, e.Now) is not { } known || known.Value != e.Fact.Value) return null;
        var world = state.World.With(e.Fact);
        return world.Find(e.Fact.Atom, e.Now)?.Value == known.Value ? state with { At = e.At, Now = e.Now, World = world } : null;
    }

    public static void AtomTurned(Transition t, Atom atom)
    {
        foreach (var number in t.Active)
        {
            if (t.Nodes[number] is ControlState control) Turning.AtomTurned(t, control, atom);
            else if (t.Nodes[number] is StepState { Phase: StepPhase.Running } step && step.Bound.Hold.Mentions(atom)) CheckHold(t, step);
        }
    }

    /// <summary>The facts that a running step's hold condition rests on may have grown too old.</summary>
    public static void AgeingDue(Transition t, StepState step)
    {
        t.Put(step with { Ageing = null, HoldUnseen = false });
        if (step.Phase == StepPhase.Running && CheckHold(t, t.Step(step.Number)))
            t.Put(t.Step(step.Number) with { Ageing = Ageing.Watch(t, step.Bound.Hold, step.Number) });
    }

    // Unknown is not false, but motion under a condition that nobody can see is stopped just the same.
    private static bool CheckHold(Transition t, StepState step)
    {
        var truth = t.World.Evaluate(step.Bound.Hold, t.Now);
        if (truth == Truth.True || (truth == Truth.Unknown && step.HoldUnseen)) return true;
        Steps.Fail(
            t, step.Number, truth == Truth.False ? "HOLD_BROKEN" : "HOLD_UNKNOWN",
            $"{step.Bound.Hold} {(truth == Truth.False ? "turned false" : "was lost sight of")}: {Evidence.Of(t, step.Bound.Hold)}");
        return false;
    }
}
