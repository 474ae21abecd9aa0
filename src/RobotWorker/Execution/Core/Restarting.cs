namespace RobotWorker.Execution.Core;

/// <summary>The process was started anew: nothing that it had asked for is being done by anyone, but the robot may still be moving.</summary>
internal static class Restarting
{
    public static void Begin(Transition t)
    {
        t.Armed = null;
        // Before the looks are forgotten: who waits for one goes back to where it wants it.
        Halting.Again(t);
        foreach (var (number, _) in t.Flights)
        {
            var step = Steps.Land(t, t.Step(number));
            t.Put(step with { Reported = Outcome.Unknown, Observed = Outcome.Unknown, Code = "PROCESS_RESTARTED", Why = "the process ended while it ran" });
        }
        Requests.TakeBackAll(t);
    }
}
