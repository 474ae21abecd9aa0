using RobotWorker.Episodes;

namespace RobotWorker.Execution.Core;

/// <summary>
/// The stop that comes before every decision: what runs is cancelled and its end awaited, the robot is watched until it is still (past the
/// deadline the protective stop), faults heal, and only then is looked and decided. Pause, stop, failure, fault, restart and a lost link all go this way.
/// </summary>
internal static class Halting
{
    /// <summary>Stops the robot, if it is not being stopped already, and lists a node whose effect must be settled.</summary>
    public static void Begin(Transition t, int? node = null)
    {
        if (t.Halt is null)
        {
            t.Halt = new(HaltPhase.Cancelling, []);
            BreakOff(t);
        }
        if (node is { } number) t.Halt = t.Halt with { Unsettled = t.Halt.Unsettled.Add(number) };
    }

    /// <summary>Stops the robot because a step was broken off through no fault of its own.</summary>
    public static void BreakOff(Transition t, StepState step)
    {
        Begin(t);
        Interrupt(t, step, step.Code, step.Why);
    }

    /// <summary>From the beginning: the link is back or the process was restarted, and the robot may be anywhere.</summary>
    public static void Again(Transition t)
    {
        var unsettled = t.Halt?.Unsettled ?? [];
        t.TakeBack(t.Halt?.Timer);
        if (t.Halt is { Request: not 0 } halt) Requests.TakeBack(t, halt.Request);
        // A protective stop is a person's to lift, whatever became of the link since, and also where a part of it failed: the rest may hold.
        var protective = t.Halt is { Protective: true };
        t.Halt = new(HaltPhase.Cancelling, unsettled) { Protective = protective, HandBack = t.Halt is { HandBack: true } };
        // What was seen of the goal so far does not count: it is looked at from the beginning.
        t.GoalCheck = t.GoalCheck with { Looks = 0 };
        BreakOff(t);
    }

    /// <summary>Whether it can go on without another event.</summary>
    public static bool CanAdvance(Transition t) => t.Halt is { Phase: HaltPhase.Cancelling } && t.Flights.IsEmpty && !t.LinkDown && t.Mode.IsOurs();

    /// <summary>Goes on as far as it can without another event.</summary>
    public static void Advance(Transition t)
    {
        while (t.Halt is { } halt && t.Ended is null)
        {
            var goesOn = halt.Phase switch
            {
                HaltPhase.Cancelling => ConfirmStill(t, halt),
                HaltPhase.ConfirmingStill or HaltPhase.ProtectiveStop => false,
                    _ when t.Ending is { } ending => Finishing.Finish(t, ending with { Reason = $"{ending.Reason}{Moding.Unseen(t)}" }),
                HaltPhase.Still => Stand(t, halt),
                HaltPhase.Paused => Unpause(t, halt),
                HaltPhase.Healing => Heal(t, halt),
                HaltPhase.Looking or HaltPhase.Planning or HaltPhase.Asking => false,
                _ => throw new InvalidOperationException($"no such phase: {halt.Phase}"),
            };
            if (!goesOn) return;
        }
    }

    public static void StoodStill(Transition t, bool still, string? error)
    {
        if (t.Halt is not { Phase: HaltPhase.ConfirmingStill } halt) return;
        // While the link is down nobody can see it: it is asked anew when the link is back, and no person is called for that.
        if (t.LinkDown && !halt.Protective) t.Halt = halt with { Phase = HaltPhase.Cancelling, Request = 0 };
        else if (still) t.Halt = halt with { Phase = HaltPhase.Still, Request = 0, Since = t.Now };
        else if (!halt.Protective) Escalate(t, halt);
        // What an emergency stop has taken the power of tells nothing of its joints before somebody has given it back: who must come anyway is asked, and then it is watched again.
        else if (t is { Ending: null, LinkDown: false } && Faulting.ForPerson(t) is not null) t.Halt = halt with { Phase = HaltPhase.Healing, Request = 0, Unseen = true };
        else
        {
            var reason = $"the robot was not seen to stand still after the protective stop{(error is null ? "" : $" ({error})")}{(halt.StopError is null ? "" : $"; the protective stop itself failed: {halt.StopError}")}";
            Finishing.Finish(t, new(t.Ending?.Outcome == EpisodeOutcome.Stopped ? EpisodeOutcome.Stopped : EpisodeOutcome.NeedsPerson, reason));
        }
    }

    public static void ProtectiveStopped(Transition t, string? error)
    {
        if (t.Halt is not { Phase: HaltPhase.ProtectiveStop } halt) return;
        t.Halt = halt with { Phase = HaltPhase.ConfirmingStill, Protective = true, StopError = error, Request = Requests.StandStill(t, t.Options.StillDeadline) };
    }

    /// <summary>Cancelled attempts have not ended in time: their fate is unknown, and the robot is stopped harder.</summary>
    public static void CancelOverdue(Transition t)
    {
        if (t.LinkDown || t.Flights.IsEmpty) return;
        Begin(t);
        if (t.Halt is not { Phase: HaltPhase.Cancelling } halt) return;
        foreach (var (number, _) in t.Flights)
        {
            var step = Steps.Land(t, t.Step(number));
            t.Put(step with { Reported = Outcome.Unknown, Observed = Outcome.Unknown, Code = step.Code ?? "CANCEL_TIMEOUT" });
        }
        // Whoever drives it by hand sees it; a protective stop would take it away from them.
        if (t.Mode.IsOurs()) Escalate(t, halt);
    }

    /// <summary>A dropped step's cancelled attempt must end, too.</summary>
    public static void AwaitCancel(Transition t, StepState step) => t.In(CancelTime(t, step), TimerKind.Cancel, step.Number);

    /// <summary>A node is settled, or wanted no longer.</summary>
    public static void Forget(Transition t, int number)
    {
        if (t.Halt is { } halt && halt.Unsettled.Contains(number)) t.Halt = halt with { Unsettled = halt.Unsettled.Remove(number) };
        if (t.Halt is { Phase: HaltPhase.Looking or HaltPhase.Planning or HaltPhase.Asking, Request: not 0 } busy && busy.Subject == number)
        {
            Requests.TakeBack(t, busy.Request);
            GoOn(t);
        }
    }

    /// <summary>Back to where the next unsettled node is taken up.</summary>
    public static void GoOn(Transition t) => t.Halt = t.Halt! with { Phase = HaltPhase.Healing, Request = 0, Acknowledged = false };

    private static void BreakOff(Transition t)
    {
        var longest = TimeSpan.Zero;
        foreach (var (number, attempt) in t.Flights)
        {
            var step = t.Step(number);
            t.Do(new Command.CancelAttempt(number, attempt));
            if (CancelTime(t, step) is var time && time > longest) longest = time;
            if (step.Phase == StepPhase.Running) Interrupt(t, step);
        }
        if (longest > TimeSpan.Zero) t.Halt = t.Halt! with { Timer = t.In(longest, TimerKind.Cancel, NodeState.Root) };
        foreach (var number in t.Active)
        {
            BackToQueue(t, number);
            Turning.Hold(t, number);
        }
    }

    private static void BackToQueue(Transition t, int number)
    {
        switch (t.Nodes[number])
        {
            case ControlState { Request: not 0 } control:
                Requests.TakeBack(t, control.Request);
                t.Put(control with { Request = 0, Looks = control.Looks - 1 });
                break;
            case StepState { Phase: StepPhase.Queued, Released: true } step:
                t.Put(step with { Released = false });
                break;
            case StepState { Phase: StepPhase.Preparing or StepPhase.Releasing } step:
                Requests.TakeBack(t, step.Request);
                Steps.Queue(t, number);
                break;
            case StepState { Phase: StepPhase.Checking } step:
                Requests.TakeBack(t, step.Request);
                Interrupt(t, step with { Request = 0 });
                break;
        }
    }

    private static void Interrupt(Transition t, StepState step, string? code = null, string? why = null)
    {
        t.Put(step with
        {
            Phase = StepPhase.Unsettled, Status = StepStatus.Paused, Interrupted = true, Code = code ?? "INTERRUPTED", Why = why ?? "it was broken off",
        });
        t.Halt = t.Halt! with { Unsettled = t.Halt.Unsettled.Add(step.Number) };
    }

    private static bool ConfirmStill(Transition t, Halt halt)
    {
        if (!t.Flights.IsEmpty || t.LinkDown) return false;
        if (!t.Mode.IsOurs())
        {
            Moding.Wait(t, halt);
            return false;
        }
        t.TakeBack(halt.Timer);
        t.Halt = halt with { Phase = HaltPhase.ConfirmingStill, Timer = null, Request = Requests.StandStill(t, IsTakingOver(t) ? t.Options.TakeOverDeadline : t.Options.StillDeadline) };
        return false;
    }

    private static bool IsTakingOver(Transition t) => t.TakenOver is { } since && t.At - since < t.Options.TakeOverDeadline;

    private static void Escalate(Transition t, Halt halt)
    {
        t.TakeBack(halt.Timer);
        t.Halt = t.Halt! with { Phase = HaltPhase.ProtectiveStop, Timer = null, Request = Requests.ProtectiveStop(t) };
    }

    private static bool Stand(Transition t, Halt halt)
    {
        if (t.PauseAsked) t.Halt = halt with { Phase = HaltPhase.Paused };
        else if (halt.Protective) Asking.AboutProtectiveStop(t);
        else if (halt.HandBack) Asking.AboutHandBack(t);
        else GoOn(t);
        // While it parks nobody is asked again: then the episode has ended.
        return t.Halt is { Phase: HaltPhase.Healing };
    }

    private static bool Unpause(Transition t, Halt halt)
    {
        if (t.PauseAsked) return false;
        // While it was paused anyone may have moved anything: only what is seen from now on counts.
        t.Halt = halt with { Phase = HaltPhase.Still, Since = t.Now };
        return true;
    }

    private static bool Heal(Transition t, Halt halt)
    {
        if (t.LinkDown)
        {
            // Nothing is heard to heal, and no person is called for that: when the link is back it begins anew.
            t.TakeBack(halt.Timer);
            t.Halt = halt with { Phase = HaltPhase.Cancelling, Timer = null };
            return false;
        }
        if (t.PauseAsked && !halt.Unseen)
        {
            t.Halt = halt with { Phase = HaltPhase.Paused };
            return false;
        }
        if (Faulting.Blocking(t) is { } fault)
        {
            var acknowledged = halt.Acknowledged && halt.Fault is { } about && (about.Code, about.Component) == (fault.Code, fault.Component);
            if (!acknowledged && t.Setup.Faults.NeedsPerson(fault)) Asking.AboutFault(t, fault);
            else if (halt.Timer is null) t.Halt = halt with { Timer = t.In(t.Setup.Faults.ByCode.GetValueOrDefault(fault.Code)?.Recovery.HealWithin ?? t.Options.HealDeadline, TimerKind.Heal, NodeState.Root) };
            return false;
        }
        t.TakeBack(halt.Timer);
        t.Halt = halt with { Timer = null };
        if (halt.Unseen)
        {
            t.Halt = t.Halt with { Phase = HaltPhase.Cancelling, Unseen = false };
            return true;
        }
        if (halt.Unsettled.IsEmpty) End(t);
        else Settling.Look(t, halt.Unsettled[0]);
        return t.Halt is { Phase: HaltPhase.Healing };
    }

    /// <summary>Everything is settled: what is wanted may start.</summary>
    private static void End(Transition t)
    {
        t.Halt = null;
        t.TryStart = true;
        foreach (var number in t.Active)
        {
            if (t.Nodes[number] is not ControlState) continue;
            Turning.GoOn(t, number);
            t.Agenda.Enqueue(number);
        }
    }

    private static TimeSpan CancelTime(Transition t, StepState step) =>
        step.Bound.Timeouts.Cancel > TimeSpan.Zero ? step.Bound.Timeouts.Cancel : t.Options.StillDeadline;
}
