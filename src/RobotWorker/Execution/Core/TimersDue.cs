using RobotWorker.Episodes;

namespace RobotWorker.Execution.Core;

/// <summary>What happens when a timer is due, and which one the shell is asked to wait for.</summary>
internal static class TimersDue
{
    public static void Fire(Transition t)
    {
        t.Armed = null;
        while (!t.Timers.IsEmpty && t.Timers[0] is var timer && timer.Due <= t.At && t.Ended is null)
        {
            t.Timers = t.Timers.Remove(timer);
            Fire(t, timer);
        }
    }

    /// <summary>Asks for the earliest wake-up; a later one that was asked for before simply comes too late to matter.</summary>
    public static void Arm(Transition t)
    {
        if (t.Timers.IsEmpty || t.Armed <= t.Timers[0].Due) return;
        t.Armed = t.Timers[0].Due;
        t.Do(new Command.WakeAt(t.Timers[0].Due));
    }

    private static void Fire(Transition t, TimerEntry timer)
    {
        switch (timer.Kind)
        {
            case TimerKind.PlanDeadline when t.Parking is not null:
                Parking.Ended(t, Verdict.Failed, "it took too long");
                break;
            case TimerKind.PlanDeadline:
                var asked = t.Open.Values.Any(o => o.Kind is RequestKind.Ask or RequestKind.Release);
                Finishing.End(t, new(
                    asked ? EpisodeOutcome.NeedsPerson : EpisodeOutcome.Failed,
                    $"the plan's deadline of {t.Plan.Limits.Deadline.TotalSeconds:0.###} s has passed{(asked ? " and nobody had answered" : "")}"));
                break;
            case TimerKind.Cancel when timer.Subject == NodeState.Root || t.Flights.ContainsKey(timer.Subject):
                Halting.CancelOverdue(t);
                break;
            case TimerKind.Cancel:
                break;
            case TimerKind.Request:
                if (t.Open.TryGetValue(timer.Subject, out var open)) Answers.Overdue(t, timer.Subject, open);
                break;
            case TimerKind.Heal:
                Healing(t);
                break;
            default:
                OfNode(t, timer);
                break;
        }
    }

    private static void Healing(Transition t)
    {
        if (t.Halt is not { Phase: HaltPhase.Healing } halt) return;
        t.Halt = halt with { Timer = null, Acknowledged = false };
        if (Faulting.Blocking(t) is { } fault) Asking.AboutFault(t, fault);
    }

    private static void OfNode(Transition t, TimerEntry timer)
    {
        if (t.Nodes[timer.Subject] is ControlState { Verdict: Verdict.Running } control)
        {
            Turning.TimerDue(t, control, timer.Kind);
            return;
        }
        if (t.Nodes[timer.Subject] is not StepState { Verdict: Verdict.Running } step) return;
        switch (timer.Kind)
        {
            case TimerKind.StepDeadline when step.Phase == StepPhase.Running:
                t.Put(step with { Deadline = null });
                Steps.Fail(t, step.Number, "DEADLINE", $"it took longer than {step.Bound.Deadline.TotalSeconds:0.###} s");
                break;
            case TimerKind.BackOff when step.Phase == StepPhase.BackingOff:
                Steps.Queue(t, step.Number);
                break;
            case TimerKind.Ageing:
                Watching.AgeingDue(t, step);
                break;
            case TimerKind.Accept:
                GoalTimers.AcceptDue(t, step);
                break;
            case TimerKind.Progress:
                GoalTimers.ProgressDue(t, step);
                break;
        }
    }
}
