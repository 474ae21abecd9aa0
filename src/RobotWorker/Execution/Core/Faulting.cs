using RobotWorker.Faults;

namespace RobotWorker.Execution.Core;

/// <summary>What confirmed faults do to what runs and to what wants to run.</summary>
internal static class Faulting
{
    public static void Confirmed(Transition t, Fault fault)
    {
        var key = Key(fault);
        if (t.Faults.ContainsKey(key)) return;
        t.Faults = t.Faults.Add(key, fault);
        t.FaultLog = t.FaultLog.Add(fault);
        // What it forbids stops first, and by its own name: a hold that its doubts would break comes second.
        foreach (var (number, _) in t.Flights)
            if (t.Step(number) is { Phase: StepPhase.Running } step && Touches(t, fault, step)) Steps.Fail(t, number, fault.Code, fault.Evidence);
        ArmInLooks.FaultConfirmed(t, fault);
        if (t.Setup.Faults.NeedsPerson(fault)) Halting.Begin(t);
        Doubts.Of(t, fault.Code);
    }

    public static void Healed(Transition t, Fault fault)
    {
        if (!t.Faults.ContainsKey(Key(fault))) return;
        t.Faults = t.Faults.Remove(Key(fault));
        for (var i = t.FaultLog.Count - 1; i >= 0; i--)
        {
            if (Key(t.FaultLog[i]) != Key(fault)) continue;
            t.FaultLog = t.FaultLog.Set(i, t.FaultLog[i] with { HealedAt = fault.HealedAt ?? t.Now });
            break;
        }
        // What it made doubtful counts only once it is seen again from here on.
        Doubts.Of(t, fault.Code);
        if (t.Halt is { } halt) t.Halt = halt with { Since = t.Now };
        t.TryStart = true;
    }

    /// <summary>The active fault that keeps a step from starting, or null.</summary>
    public static Fault? Forbidding(Transition t, StepState step)
    {
        foreach (var (_, fault) in t.Faults)
            if (Touches(t, fault, step) || t.Setup.Faults.NeedsPerson(fault)) return fault;
        return null;
    }

    /// <summary>The first active fault that must end before anything is looked at or started, or null; one that needs a person goes first.</summary>
    public static Fault? Blocking(Transition t)
    {
        Fault? first = null;
        foreach (var (_, fault) in t.Faults)
        {
            if (t.Setup.Faults.NeedsPerson(fault)) return fault;
            first ??= Blocks(t, fault) ? fault : null;
        }
        return first;
    }

    /// <summary>The first active fault that needs a person, or null.</summary>
    public static Fault? ForPerson(Transition t) => Blocking(t) is { } fault && t.Setup.Faults.NeedsPerson(fault) ? fault : null;

    private static bool Blocks(Transition t, Fault fault)
    {
        if (GoalChecking.MakesDoubtful(t, fault)) return true;
        foreach (var number in t.Active)
        {
            if (t.Nodes[number] is not StepState step) continue;
            if (step.Phase is StepPhase.Queued or StepPhase.Unsettled or StepPhase.BackingOff && (Touches(t, fault, step) || MakesDoubtful(t, fault, step)))
                return true;
        }
        return false;
    }

    private static bool Touches(Transition t, Fault fault, StepState step)
    {
        foreach (var resource in step.Bound.Resources)
            if (t.Setup.Faults.Forbids(fault.Code, resource)) return true;
        return step.Bound.Skill is { } skill && t.Setup.Faults.Forbids(fault.Code, skill.Name);
    }

    private static bool MakesDoubtful(Transition t, Fault fault, StepState step)
    {
        if (step.Phase != StepPhase.Unsettled || !t.Setup.Faults.ByCode.TryGetValue(fault.Code, out var known) || known.Doubts.IsEmpty) return false;
        foreach (var condition in (ReadOnlySpan<World.Condition>)[step.Bound.Post, step.Bound.NotStarted, step.Bound.Partial])
            foreach (var atom in World.ConditionAtoms.Walk(condition))
                if (known.Doubts.Contains(atom.Predicate)) return true;
        return false;
    }

    private static string Key(Fault fault) => $"{fault.Code}/{fault.Component}";
}
