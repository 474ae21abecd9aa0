using System.Collections.Immutable;
using RobotWorker.Recovery;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>Observe, classify, decide: for each unsettled node, while the robot stands still.</summary>
internal static class Settling
{
    public static void Look(Transition t, int number)
    {
        if (number == NodeState.Goal)
        {
            GoalChecking.Look(t);
            return;
        }
        var halt = t.Halt!;
        var node = t.Nodes[number];
        ImmutableArray<Atom> atoms;
        int viewpoint;
        if (node is ControlState control)
        {
            t.Put(control with { Looks = control.Looks + 1 });
            (atoms, viewpoint) = (control.Condition.Atoms(), control.Looks);
        }
        else
        {
            var step = (StepState)node;
            (atoms, viewpoint) = (AtomsOf(step), step.LookedAgain ? 1 : 0);
        }
        if (atoms.IsEmpty)
        {
            // There is nothing in the world to tell it by.
            t.Halt = halt with { Phase = HaltPhase.Looking };
            Looked(t, number, null);
            return;
        }
        var request = Requests.Look(t, number, atoms, halt.Since, viewpoint, RequestKind.Settle);
        t.Halt = halt with { Phase = HaltPhase.Looking, Request = request, Subject = number };
    }

    /// <summary>The look has ended; its facts are in the world.</summary>
    public static void Looked(Transition t, int number, string? error)
    {
        if (t.Halt is not { Phase: HaltPhase.Looking }) return;
        if (t.LinkDown)
        {
            // It ended because the link did, and shows nothing: when the link is back, everything is looked at anew.
            if (number != NodeState.Goal && t.Nodes[number] is ControlState looking) t.Put(looking with { Looks = looking.Looks - 1 });
            return;
        }
        Halting.GoOn(t);
        t.Halt = t.Halt! with { LookError = error };
        // A fault that came up while it looked: what was seen may be wrong, so it looks again once that has healed.
        if (Faulting.Blocking(t) is not null)
        {
            if (number == NodeState.Goal) t.GoalCheck = t.GoalCheck with { Looks = 0 };
            return;
        }
        if (number == NodeState.Goal) GoalChecking.Seen(t);
        else if (t.Nodes[number] is ControlState control) Turning.Seen(t, control);
        else Decide(t, t.Step(number));
    }

    private static void Decide(Transition t, StepState step)
    {
        var bound = step.Bound;
        var entry = step.Bound.Pre.And(bound.Hold);
        var seen = Classification.Of(
            t.World, t.Now, t.Halt!.Since, bound.HasPost ? bound.Post : null, bound.NotStarted, bound.Partial, entry, bound.Stages);
        if (!step.Ran && seen.Effect != Effect.Done)
        {
            // Nothing was sent since: what was known of the effect before still is all that there is.
            seen = seen with { Effect = step.Attempts == 0 ? Effect.NotStarted : step.Effect };
        }
        step = step with { Ran = false, Effect = seen.Effect, Observed = Steps.ToOutcome(seen.Done) };
        t.Put(step);
        var budget = Budgets.Of(t, step);
        var decision = RecoveryTable.Decide(seen.Effect, bound.Skill?.EffectClass ?? EffectClass.Irreversible, seen.Ready, step.LookedAgain, budget);
        Budgets.Charge(t, step);
        Deciding.CarryOut(t, step, decision, seen, budget, EvidenceFor(t, step, budget));
    }

    /// <summary>Everything that may tell what the step has done.</summary>
    private static ImmutableArray<Atom> AtomsOf(StepState step) =>
    [
        .. step.Bound.Post.Walk().Concat(step.Bound.NotStarted.Walk()).Concat(step.Bound.Partial.Walk())
            .Concat(step.Bound.Pre.Walk()).Concat(step.Bound.Hold.Walk()).Concat(step.Bound.Stages.SelectMany(s => s.Entry.Walk())).Distinct(),
    ];

    private static string EvidenceFor(Transition t, StepState step, Budget budget)
    {
        var spent = budget.IsSpent ? $"; {budget.SpentOn} spent" : "";
        var facts = Evidence.Since(t, t.Halt!.Since, AtomsOf(step));
        return $"{step.Code}: {step.Why}{(facts.Length > 0 ? "; " : "")}{facts}{Evidence.Faults(t, t.Halt.Since - TimeSpan.FromSeconds(1))}{Evidence.Trouble(t.Halt.LookError)}{spent}";
    }
}
