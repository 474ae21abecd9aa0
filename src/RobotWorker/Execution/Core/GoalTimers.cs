namespace RobotWorker.Execution.Core;

/// <summary>Acceptance and progress of the action goals of an attempt.</summary>
internal static class GoalTimers
{
    public static void Changed(Transition t, GoalNote note)
    {
        Breaking.GoalEnded(t, note);
        foreach (var (number, attempt) in t.Flights)
            if (attempt == note.Attempt && t.Step(number) is { Phase: StepPhase.Running } step && step.Path == note.Path) Changed(t, step with { Actuator = note.Actuator, OpenGoal = note.Stage == GoalStage.Ended ? null : note.Goal }, note.Stage);
    }

    /// <summary>Nobody saw what progress it made meanwhile: from now on it is watched again.</summary>
    public static void TakenUp(Transition t, StepState step) => Changed(t, step, GoalStage.Accepted);

    public static void AcceptDue(Transition t, StepState step)
    {
        t.Put(step with { GoalTimer = null });
        if (step.Phase == StepPhase.Running) Fail(t, step, "ACCEPT_TIMEOUT", $"its goal was not accepted within {step.Bound.Timeouts.Accept.TotalSeconds:0.###} s");
    }

    public static void ProgressDue(Transition t, StepState step)
    {
        t.Put(step with { GoalTimer = null });
        if (step.Phase != StepPhase.Running) return;
        var left = step.ProgressAt + step.Bound.Timeouts.Progress - t.At;
        if (left > TimeSpan.Zero) t.Put(step with { GoalTimer = t.In(left, TimerKind.Progress, step.Number) });
        else Fail(t, step, "NO_PROGRESS", $"no progress for {step.Bound.Timeouts.Progress.TotalSeconds:0.###} s");
    }

    // An actuator that does not answer, or does not move, has failed like one that says so.
    private static void Fail(Transition t, StepState step, string code, string why)
    {
        if (step.Actuator is { } actuator) Breaking.Failed(t, actuator, $"{code} of {step.Path}");
        Steps.Fail(t, step.Number, code, why);
    }

    private static void Changed(Transition t, StepState step, GoalStage stage)
    {
        var timeouts = step.Bound.Timeouts;
        if (stage == GoalStage.Progressed)
        {
            // The timer finds out when it is due; moving it at every feedback would cost more than it tells.
            t.Put(step with { ProgressAt = t.At });
            return;
        }
        t.TakeBack(step.GoalTimer);
        var timer = stage switch
        {
            GoalStage.Sent when timeouts.Accept > TimeSpan.Zero => t.In(timeouts.Accept, TimerKind.Accept, step.Number),
            GoalStage.Accepted when timeouts.Progress > TimeSpan.Zero => t.In(timeouts.Progress, TimerKind.Progress, step.Number),
            _ => null,
        };
        t.Put(step with { GoalTimer = timer, ProgressAt = t.At });
    }
}
