namespace RobotWorker.Execution.Core;

/// <summary>
/// The process was started anew. Where all that ran is single goals that the robot may still be carrying out, they are taken up by their ids and the robot is not
/// even stopped; else nothing that was asked for is being done by anyone, and the robot, which may still be moving, is stopped and looked at.
/// </summary>
internal static class Restarting
{
    public static void Begin(Transition t)
    {
        t.Armed = null;
        // The new process has a link of its own, and tells when that is lost.
        t.LinkDown = false;
        t.TakenOver = t.At;
        if (CanTakeUp(t))
        {
            foreach (var (number, attempt) in t.Flights) TakeUp(t, t.Step(number), attempt);
            return;
        }
        // A protective stop that was under way may have come to hold: then it is a person's to lift.
        var stopping = t.Halt is { Phase: HaltPhase.ProtectiveStop };
        // Before the looks are forgotten: who waits for one goes back to where it wants it.
        Halting.Again(t);
        t.Halt = t.Halt! with { Protective = t.Halt.Protective || stopping };
        foreach (var (number, _) in t.Flights)
        {
            var step = Steps.Land(t, t.Step(number));
            t.Put(step with { Reported = Outcome.Unknown, Observed = Outcome.Unknown, Code = AttemptReport.ProcessRestarted, Why = "the process ended while it ran" });
        }
        Requests.TakeBackAll(t);
    }

    /// <summary>The robot's clock went back: the robot may be anywhere, and nothing that was seen of it counts.</summary>
    public static void OfTheRobot(Transition t)
    {
        // What runs is broken off before it is doubted: a hold condition that is lost with everything else is no failure of its step.
        if (t.Nodes.Count > 0 && !t.LinkDown) Halting.Again(t);
        Doubts.OfEverything(t);
    }

    private static bool CanTakeUp(Transition t)
    {
        if (t.Halt is not null || t.Ending is not null || t.Flights.IsEmpty || !t.Open.IsEmpty || !t.Mode.IsOurs()) return false;
        foreach (var (number, _) in t.Flights)
            if (!IsSingleGoal(t, t.Step(number))) return false;
        return true;
    }

    /// <summary>Whether its open goal is all that is left of the attempt.</summary>
    private static bool IsSingleGoal(Transition t, StepState step) =>
        step is { Phase: StepPhase.Running, Verdict: Verdict.Running, OpenGoal: not null, Bound.Skill.TakesUp: { } actuator } && step.Actuator == actuator && step.Deadline?.Due > t.At;

    private static void TakeUp(Transition t, StepState step, int attempt)
    {
        // What the process before knew of its hold condition grew old while there was none; this one hears of it at once, or stops.
        t.TakeBack(step.Ageing);
        GoalTimers.TakenUp(t, step with { HoldUnseen = true, Ageing = t.In(t.Options.TakeUpGrace, TimerKind.Ageing, step.Number) });
        t.Do(new Command.StartAttempt(step.Number, Starting.AttemptOf(t, step, attempt, step.Deadline!.Due - t.At) with { Goal = step.OpenGoal }));
    }
}
