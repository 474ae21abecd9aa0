using RobotWorker.Episodes;
using RobotWorker.Recovery;

namespace RobotWorker.Execution.Core;

/// <summary>The end of an episode. Unless nothing runs and all went well, the robot is stopped and seen to be still first.</summary>
internal static class Finishing
{
    public static void End(Transition t, Ending ending)
    {
        if (t.Ended is not null) return;
        if (ending.Outcome == EpisodeOutcome.Succeeded && t.Flights.IsEmpty && t.Halt is null)
        {
            Finish(t, ending);
            return;
        }
        // The first reason to end stands.
        t.Ending ??= ending;
        if (t.LinkDown) Finish(t, t.Ending with { Reason = $"{t.Ending.Reason}; the link is down: nobody saw the robot stand still" });
        else Halting.Begin(t);
    }

    /// <summary>Closes the episode whole. Returns false: nothing goes on.</summary>
    public static bool Finish(Transition t, Ending ending)
    {
        foreach (var number in t.Active)
            if (t.Nodes[number] is StepState step) Close(t, step, ending);
        Requests.TakeBackAll(t);
        t.Active = [];
        t.Queued = [];
        t.Timers = [];
        t.Halt = null;
        t.Ended = ending;
        t.Do(new Command.Finish(ending.Outcome, ending.Reason));
        return false;
    }

    private static void Close(Transition t, StepState step, Ending ending)
    {
        if (t.Halt is { } halt && halt.Unsettled.Contains(step.Number))
            t.Recoveries = t.Recoveries.Add(new(step.Path, step.Effect, Decision.Stop, $"{step.Code}: {step.Why}; {ending.Reason}", t.Now));
        t.Put(step with
        {
            Phase = StepPhase.Ended, Verdict = Verdict.Dropped, Request = 0, Deadline = null, Ageing = null, GoalTimer = null,
            Status = step.Attempts == 0 ? StepStatus.Skipped : step.Effect == Effect.Unknown ? StepStatus.Unknown : StepStatus.Failed,
        });
    }
}
