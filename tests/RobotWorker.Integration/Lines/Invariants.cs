using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Generation.Runs;
using RobotWorker.Plans;

namespace RobotWorker.Integration.Lines;

/// <summary>
/// The invariants of safe retry, held against a run's journal: it is folded once more, and every command that moves the robot is looked at in the state in
/// which it was given.
/// </summary>
internal static class Invariants
{
    /// <summary>Those that the run broke; empty for one that kept all.</summary>
    public static IReadOnlyList<string> Broken(RunResult run, Plan plan)
    {
        var broken = new List<string>();
        var unseen = new HashSet<string>(StringComparer.Ordinal);
        var state = PlanState.Before(run.State.Setup, plan, run.Report.Episode);
        foreach (var happened in run.Events)
        {
            if (happened is Event.AttemptEnded ended) unseen.Add(ended.Path);
            if (happened is Event.Looked { Error: null }) unseen.Clear();
            (state, var commands) = Executor.Next(state, happened);
            foreach (var start in commands.OfType<Command.StartAttempt>())
            {
                var attempt = start.Attempt;
                var uses = state.Setup.Skills.Skills[attempt.Skill].Resources;
                foreach (var fault in state.Faults.Values)
                    if (uses.Any(resource => state.Setup.Faults.Forbids(fault.Code, resource))) broken.Add($"{happened.Now}: {attempt.Path} starts though {fault.Code} is active");
                if (state.Halt is not null) broken.Add($"{happened.Now}: {attempt.Path} starts while the robot is being stopped");
                if (unseen.Contains(attempt.Path)) broken.Add($"{happened.Now}: {attempt.Path} is started again, and nobody looked since it ended");
            }
        }
        broken.AddRange(run.Report.Steps.Where(s => s is { State: StepStatus.Finished, Observed: not Outcome.Succeeded }).Select(s => $"{s.Id} finished, and was observed {s.Observed}"));
        broken.AddRange(run.Report.Recoveries.Where(r => r.Evidence.Length == 0).Select(r => $"{r.Step}: {r.Decision} without evidence"));
        return broken;
    }
}
