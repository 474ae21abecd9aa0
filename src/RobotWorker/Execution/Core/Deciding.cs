using RobotWorker.Plans;
using RobotWorker.Recovery;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>Carries out what the table decided about a step; every decision leaves an entry with its evidence.</summary>
internal static class Deciding
{
    public static void CarryOut(Transition t, StepState step, Decision decision, Classification seen, Budget budget, string evidence)
    {
        switch (decision)
        {
            case Decision.Skip:
                Enter(t, step, decision, evidence);
                Halting.Forget(t, step.Number);
                Steps.Finish(t, step.Number);
                break;
            case Decision.Retry:
                Enter(t, step, decision, evidence);
                Retry(t, step, null);
                break;
            case Decision.Resume when seen.Stage is { } stage:
                Enter(t, step, decision, $"{evidence}; enters stage {stage}");
                Retry(t, step, stage);
                break;
            case Decision.Resume:
                Repair(t, step, $"{evidence}; no stage can be entered");
                break;
            case Decision.Repair:
                Repair(t, step, evidence);
                break;
            case Decision.Look:
                Enter(t, step, decision, evidence);
                t.Put(step with { LookedAgain = true, Ran = true });
                Settling.Look(t, step.Number);
                break;
            // What cannot be taken back and may have happened is a person's to judge, whatever is spent and whatever other way there is.
            case Decision.Ask when step.Bound.Skill is { EffectClass: EffectClass.Irreversible } && seen.Effect is Effect.Unknown or Effect.Partial:
                Asking.AboutStep(t, step, evidence);
                break;
            // Nobody can tell what became of something that could be resumed: another way comes before a person.
            case Decision.Ask when budget.IsSpent || seen.Effect == Effect.Unknown && step.Bound.Skill?.EffectClass == EffectClass.Resumable:
                GiveUpOrAsk(t, step, evidence);
                break;
            case Decision.Ask or Decision.Stop:
                Asking.AboutStep(t, step, evidence);
                break;
            default:
                throw new InvalidOperationException($"no such decision: {decision}");
        }
    }

    /// <summary>The planner has spoken.</summary>
    public static void RepairPlanned(Transition t, int number, Plan? plan, string? whyNot)
    {
        var step = t.Step(number);
        Halting.GoOn(t);
        if (plan is null)
        {
            GiveUpOrAsk(t, step, $"no repair: {whyNot}");
            return;
        }
        Halting.Forget(t, number);
        var repairs = step.Repairs + 1;
        t.Put(step with { Phase = StepPhase.Repairing, Status = StepStatus.Running, Repairs = repairs });
        Tree.Open(t, number, plan.Root, Scope.Outermost with { Frame = number }, $"{step.Path}/repair[{repairs}]/{plan.Root.Id}");
    }

    public static void Enter(Transition t, StepState step, Decision decision, string evidence) =>
        t.Recoveries = t.Recoveries.Add(new(step.Path, step.Effect, decision, evidence, t.Now));

    /// <summary>Another attempt, another variant of the skill where it has one; at once when it was only broken off.</summary>
    public static void Retry(Transition t, StepState step, string? stage)
    {
        Halting.Forget(t, step.Number);
        var wait = step.Bound.Retry.Backoff;
        if (step.Code is { } code && t.Setup.Faults.RecoveryOf(code).Wait(t.FaultCosts.GetValueOrDefault(code)) is var longer && longer > wait) wait = longer;
        t.Put(step with { Stage = stage, Variant = step.Interrupted ? step.Variant : step.Variant + 1 });
        if (step.Interrupted || wait <= TimeSpan.Zero) Steps.Queue(t, step.Number);
        else t.Put(t.Step(step.Number) with { Phase = StepPhase.BackingOff, Deadline = t.In(wait, TimerKind.BackOff, step.Number) });
    }

    private static void Repair(Transition t, StepState step, string evidence)
    {
        if (Budgets.NoRepair(t, step) is { } why)
        {
            GiveUpOrAsk(t, step, $"{evidence}; {why}");
            return;
        }
        Enter(t, step, Decision.Repair, evidence);
        var goal = step.Bound.HasPost ? step.Bound.Post : step.Bound.Pre;
        var request = Requests.Repair(t, step.Number, $"{t.Plan.Id}-repair", goal);
        t.Halt = t.Halt! with { Phase = HaltPhase.Planning, Request = request, Subject = step.Number };
    }

    /// <summary>Nothing more is tried here: undo what is half done, then whoever is above takes over, else a person is asked.</summary>
    private static void GiveUpOrAsk(Transition t, StepState step, string evidence)
    {
        if (step is { Effect: Effect.Partial, Undone: false, Node.Undo: { } undo })
        {
            Enter(t, step, Decision.Repair, $"{evidence}; undoes what is half done");
            Undoing.Begin(t, step, undo);
        }
        else if (Tree.SomeoneTakesOver(t, step))
        {
            Enter(t, step, Decision.Stop, $"{evidence}; given up, another way is open");
            Halting.Forget(t, step.Number);
            Steps.GiveUp(t, step.Number);
        }
        else Asking.AboutStep(t, step, evidence);
    }
}
