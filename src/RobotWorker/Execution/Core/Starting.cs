using RobotWorker.Plans;
using RobotWorker.Recovery;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>What is wanted starts when its resources are free, no fault forbids them, and its fresh preconditions hold.</summary>
internal static class Starting
{
    public static void StartWhatCan(Transition t)
    {
        if (!t.TryStart || t.Agenda.Count > 0 || t.Halt is not null || t.Ending is not null || t.Ended is not null || t.LinkDown || !t.Mode.IsOurs()) return;
        t.TryStart = false;
        foreach (var number in t.Queued)
        {
            if (t.Halt is not null) return;
            TryStart(t, t.Step(number));
        }
    }

    /// <summary>What must hold for the step's next attempt to begin: the entry of the stage that it resumes at, else its preconditions.</summary>
    public static Condition Entry(StepState step) =>
        step.Stage is { } stage ? step.Bound.Stages.First(s => s.Name == stage).Entry : step.Bound.Pre;

    private static void TryStart(Transition t, StepState step)
    {
        if (step.Bound.Error is { } error)
        {
            Steps.Fail(t, step.Number, "NOT_RUNNABLE", error);
            return;
        }
        foreach (var resource in step.Bound.Resources)
            if (t.Resources.ContainsKey(resource) || ArmInLooks.Keeps(t, resource)) return;
        if (Breaking.WhyNot(t, step) is { } broken)
        {
            Steps.Fail(t, step.Number, "BREAKER_OPEN", broken);
            return;
        }
        if (Faulting.Forbidding(t, step) is not null)
        {
            Halting.Begin(t);
            return;
        }
        var ready = Both(t.World.Evaluate(Entry(step), t.Now), t.World.Evaluate(step.Bound.Hold, t.Now));
        if (ready == Truth.True && Moding.NeedsRelease(t, step))
        {
            if (!Moding.IsAsking(t)) Moding.AskRelease(t, step);
        }
        else if (ready == Truth.True) Launch(t, step);
        else if (ready == Truth.Unknown && !step.Looked) Look(t, step);
        else Steps.Fail(t, step.Number, "PRECONDITION", $"it needs {Entry(step).And(step.Bound.Hold)}, and that does not hold: {Evidence.Of(t, Entry(step), step.Bound.Hold)}{(step.Looked ? Evidence.Trouble(step.LookError) : "")}");
    }

    private static void Look(Transition t, StepState step)
    {
        var request = Requests.Look(t, step.Number, Entry(step).And(step.Bound.Hold).Atoms(), default, 0);
        t.Queued = t.Queued.Remove(step.Number);
        t.Put(step with { Phase = StepPhase.Preparing, Status = StepStatus.Initializing, Looked = true, Request = request });
    }

    private static void Launch(Transition t, StepState step)
    {
        var number = step.Attempts + 1;
        t.Queued = t.Queued.Remove(step.Number);
        t.Flights = t.Flights.Add(step.Number, number);
        foreach (var resource in step.Bound.Resources) t.Resources = t.Resources.Add(resource, step.Number);
        var deadline = step.Bound.Deadline;
        t.Put(step with
        {
            Ran = true, Effect = Effect.Unknown, Phase = StepPhase.Running, Status = StepStatus.Running, Attempts = number, Reported = Outcome.Unknown, Observed = Outcome.Unknown,
            Code = null, Why = null, Interrupted = false, LookedAgain = false, Looked = false, Released = false, Actuator = null, OpenGoal = null, ProgressAt = t.At,
            Source = step.Source ?? (step.Node.Undo is null ? null : Undoing.SourceOf(t, step)),
            Deadline = t.In(deadline, TimerKind.StepDeadline, step.Number), Ageing = Ageing.Watch(t, step.Bound.Hold, step.Number),
        });
        t.Do(new Command.StartAttempt(step.Number, AttemptOf(t, step, number, deadline)));
    }

    public static Attempt AttemptOf(Transition t, StepState step, int number, TimeSpan deadline) =>
        new(t.Episode, step.Path, number, step.Variant, step.Stage, step.Node.Skill, step.Bound.Arguments, deadline, t.World) { Timeouts = step.Bound.Timeouts };

    private static Truth Both(Truth a, Truth b) =>
        a == Truth.False || b == Truth.False ? Truth.False : a == Truth.True && b == Truth.True ? Truth.True : Truth.Unknown;
}
