namespace RobotWorker.Execution.Core;

/// <summary>The process was started anew: nothing that it had asked for is being done by anyone, but the robot may still be moving.</summary>
internal static class Restarting
{
    public static void Begin(Transition t)
    {
        t.Armed = null;
        // A protective stop that was under way may have come to hold: then it is a person's to lift.
        var stopping = t.Halt is { Phase: HaltPhase.ProtectiveStop };
        // Before the looks are forgotten: who waits for one goes back to where it wants it.
        Halting.Again(t);
        t.Halt = t.Halt! with { TakesOver = true, Protective = t.Halt.Protective || stopping };
        foreach (var (number, _) in t.Flights)
        {
            var step = Steps.Land(t, t.Step(number));
            t.Put(step with { Reported = Outcome.Unknown, Observed = Outcome.Unknown, Code = "PROCESS_RESTARTED", Why = "the process ended while it ran" });
        }
        Requests.TakeBackAll(t);
    }
}
