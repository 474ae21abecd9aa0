using RobotWorker.Plans;
using RobotWorker.Recovery;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>A step's own life: it is opened, wants to start, runs, is checked and finishes; what fails goes to <see cref="Halting"/>.</summary>
internal static class Steps
{
    public static void Open(Transition t, int parent, SkillNode node, Scope scope, string path)
    {
        var number = t.Nodes.Count;
        t.Put(new StepState(number, parent, path, scope, node, Binding.Step(t, node, scope)));
        t.Active = t.Active.Add(number);
        Queue(t, number);
    }

    public static void Queue(Transition t, int number)
    {
        t.Put(t.Step(number) with { Phase = StepPhase.Queued, Status = StepStatus.Waiting, Looked = false, Request = 0, Deadline = null });
        t.Queued = t.Queued.Add(number);
        t.TryStart = true;
    }

    /// <summary>The robot's own account of an attempt. One that is not the step's last is late and changes nothing.</summary>
    public static void AttemptEnded(Transition t, int number, int attempt, AttemptReport report)
    {
        if (!t.Flights.TryGetValue(number, out var running) || running != attempt) return;
        var step = Land(t, t.Step(number));
        var known = step with { Reported = report.Reported, Observed = Outcome.Unknown };
        // Why it failed was known before it was cancelled: its own last word (mostly CANCELED) does not hide it.
        t.Put(step.Phase == StepPhase.Running ? known with { Code = report.Code, Why = report.Reason } : known);
        if (step.Verdict == Verdict.Running && step.Phase == StepPhase.Running)
        {
            if (report.Reported == Outcome.Succeeded) Succeeded(t, t.Step(number), report);
            // It was to be taken up, and nobody knows what became of it: that is no failure of its own.
            else if (report.Code == AttemptReport.ProcessRestarted) Halting.BreakOff(t, t.Step(number));
            else Fail(t, number, report.Code ?? "UNKNOWN", report.Reason ?? "its end is not known");
        }
    }

    /// <summary>An attempt failed, or could not begin. What follows is decided once the robot stands still and was looked at.</summary>
    public static void Fail(Transition t, int number, string code, string why)
    {
        var step = t.Step(number);
        t.Queued = t.Queued.Remove(number);
        t.Put(step with
        {
            Phase = StepPhase.Unsettled, Status = StepStatus.Retriable, Code = code, Why = why, Failures = step.Failures + 1, Interrupted = false,
            Request = 0, Released = false,
        });
        Halting.Begin(t, number);
    }

    /// <summary>An observation that a step waited for has ended.</summary>
    public static void Looked(Transition t, int number, string? error)
    {
        var step = t.Step(number) with { LookError = error };
        if (step.Phase == StepPhase.Preparing)
        {
            t.Put(step with { Phase = StepPhase.Queued, Status = StepStatus.Waiting, Request = 0 });
            t.Queued = t.Queued.Add(number);
            t.TryStart = true;
        }
        else if (step.Phase == StepPhase.Checking) Check(t, step with { Request = 0 });
    }

    /// <summary>Facts have come: does the post-condition hold?</summary>
    private static void Check(Transition t, StepState step)
    {
        var truth = t.World.Evaluate(step.Bound.Post, t.Now, step.Since);
        var observed = ToOutcome(truth);
        t.Put(step with { Observed = observed });
        if (truth == Truth.True) Finish(t, step.Number);
        else if (truth == Truth.False) Fail(t, step.Number, "POST_FALSE", $"it reported {Word(step.Reported)}, but not {step.Bound.Post}{Evidence.Trouble(step.LookError)}");
        else Fail(t, step.Number, "POST_UNKNOWN", $"it reported {Word(step.Reported)}, but nobody could see whether {step.Bound.Post}{Evidence.Trouble(step.LookError)}");
    }

    /// <summary>Done, and seen to be done.</summary>
    public static void Finish(Transition t, int number)
    {
        var step = t.Step(number) with { Phase = StepPhase.Ended, Status = StepStatus.Finished, Verdict = Verdict.Succeeded };
        t.Put(step);
        Tree.End(t, step, Verdict.Succeeded, null);
    }

    /// <summary>Given up: whoever is above takes over.</summary>
    public static void GiveUp(Transition t, int number)
    {
        var step = t.Step(number);
        var status = step is { Effect: Effect.Unknown, Attempts: > 0, Observed: not Outcome.Failed } ? StepStatus.Unknown : StepStatus.Failed;
        var ended = step with { Phase = StepPhase.Ended, Status = status, Verdict = Verdict.Failed };
        t.Put(ended);
        t.Queued = t.Queued.Remove(number);
        Tree.End(t, ended, Verdict.Failed, $"{step.Path}: {step.Code}: {step.Why}");
    }

    /// <summary>A person says that it need not be done.</summary>
    public static void Skip(Transition t, int number)
    {
        var step = t.Step(number) with { Phase = StepPhase.Ended, Status = StepStatus.Skipped, Verdict = Verdict.Succeeded };
        t.Put(step);
        Tree.End(t, step, Verdict.Succeeded, null);
    }

    /// <summary>Its repair or undo has ended. Whether that helped is seen, not believed.</summary>
    public static void ChildEnded(Transition t, StepState step, Verdict verdict, string? why)
    {
        if (step.Verdict != Verdict.Running) return;
        if (step.Phase == StepPhase.Undoing) t.Put(step with { Undone = true });
        if (step.Phase == StepPhase.Repairing && verdict == Verdict.Succeeded && step.Bound.HasPost) LookAtPost(t, step);
        else if (step.Phase == StepPhase.Repairing && verdict == Verdict.Succeeded) Queue(t, step.Number);
        else Fail(t, step.Number, step.Phase == StepPhase.Undoing ? "UNDONE" : "REPAIR_FAILED", why ?? "what it had done is undone");
    }

    /// <summary>Nobody wants it any more. What runs is cancelled; its end is awaited by whoever needs its resources.</summary>
    public static void Drop(Transition t, StepState step)
    {
        if (step.Request != 0) Requests.TakeBack(t, step.Request);
        if (t.Flights.TryGetValue(step.Number, out var attempt))
        {
            t.Do(new Command.CancelAttempt(step.Number, attempt));
            Halting.AwaitCancel(t, step);
        }
        step = TakeBackTimers(t, step);
        if (step.Attempts > 0 && step.Phase != StepPhase.Ended)
            t.Recoveries = t.Recoveries.Add(new(step.Path, Effect.Unknown, Decision.Stop, "broken off: what is above it has ended without it", t.Now));
        t.Put(step with
        {
            Verdict = Verdict.Dropped, Phase = StepPhase.Ended, Request = 0,
            Status = step.Attempts > 0 ? StepStatus.Unknown : StepStatus.Skipped,
        });
        t.Active = t.Active.Remove(step.Number);
        t.Queued = t.Queued.Remove(step.Number);
        Halting.Forget(t, step.Number);
    }

    /// <summary>The attempt is over: its resources are free and its timers are off.</summary>
    public static StepState Land(Transition t, StepState step)
    {
        t.Flights = t.Flights.Remove(step.Number);
        foreach (var resource in step.Bound.Resources)
            if (t.Resources.TryGetValue(resource, out var owner) && owner == step.Number) t.Resources = t.Resources.Remove(resource);
        foreach (var pattern in step.Bound.Deletes) Doubts.SeenBefore(t, pattern, t.Now);
        t.TryStart = true;
        return (StepState)t.Put(TakeBackTimers(t, step));
    }

    public static Outcome ToOutcome(Truth truth) => truth switch
    {
        Truth.True => Outcome.Succeeded,
        Truth.False => Outcome.Failed,
        _ => Outcome.Unknown,
    };

    private static void Succeeded(Transition t, StepState step, AttemptReport report)
    {
        foreach (var (output, variable) in step.Node.Out)
            if (report.Outputs.TryGetValue(output, out var value)) t.Outputs = t.Outputs.SetItem(Binding.OutputKey(step.Scope.Frame, variable), value);
        if (step.Bound.HasPost)
        {
            LookAtPost(t, step);
            return;
        }
        // Nothing in the world would show it: the action's word is all there is to see.
        t.Put(step with { Observed = Outcome.Succeeded });
        Finish(t, step.Number);
    }

    private static void LookAtPost(Transition t, StepState step)
    {
        var request = Requests.Look(t, step.Number, step.Bound.Post.Atoms(), t.Now, 0);
        t.Put(step with { Phase = StepPhase.Checking, Status = StepStatus.Running, Since = t.Now, Request = request });
    }

    private static StepState TakeBackTimers(Transition t, StepState step)
    {
        t.TakeBack(step.Deadline);
        t.TakeBack(step.Ageing);
        t.TakeBack(step.GoalTimer);
        return step with { Deadline = null, Ageing = null, GoalTimer = null };
    }

    private static string Word(Outcome outcome) => outcome switch
    {
        Outcome.Succeeded => "success",
        Outcome.Failed => "failure",
        _ => "nothing",
    };
}
