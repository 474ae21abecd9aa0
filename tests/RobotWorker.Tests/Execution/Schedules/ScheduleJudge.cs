using RobotWorker.Chance;
using RobotWorker.Episodes;
using RobotWorker.Episodes.Audit;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;

namespace RobotWorker.Tests.Execution.Schedules;

/// <summary>What is wrong with a schedule's run.</summary>
/// <param name="Invariant">By its name.</param>
internal sealed record Finding(string Invariant, string What);

/// <summary>Plays a script and holds it against the audit of its journal, against the observer, and against answers that come twice and late.</summary>
internal static class ScheduleJudge
{
    /// <param name="hits">What was reached is counted here, when given.</param>
    public static List<Finding> Judge(ScheduleScript script, IDictionary<string, int>? hits = null, Func<TimeProvider, TimeProvider>? clock = null)
    {
        var run = new ScheduleRun(script, clock).Play();
        // What the world shows comes first: a broken core cannot be folded either.
        var found = run.Seen.Select(what => new Finding("observer", what)).ToList();
        if (run.Result is null) return found;
        var audit = SafetyAudit.Of(run.Before, run.Events);
        found.AddRange(audit.Breaches.Select(b => new Finding(b.Invariant, b.ToString())));
        if (audit.End.Ended is null || run.Result.State.Ended != audit.End.Ended) found.Add(new("fold", "the fold of the journal does not end as the run did"));
        Retell(script, run, found, run.Reached);
        if (hits is null) return found;
        foreach (var (invariant, times) in audit.Met) hits[$"invariant {invariant}"] = hits.TryGetValue($"invariant {invariant}", out var n) ? n + times : times;
        foreach (var reached in run.Reached.Concat(Cells(audit.End)).Concat(Endings(audit.End))) hits[reached] = hits.TryGetValue(reached, out var n) ? n + 1 : 1;
        return found;
    }

    /// <summary>A script as a scenario that the command goes through again.</summary>
    public static Scenario ToScenario(ScheduleScript script, string why, Func<TimeProvider, TimeProvider>? clock = null)
    {
        var run = new ScheduleRun(script, clock).Play();
        return Scenario.Of(why, run.Before.Episode, run.Before.Plan, (Kitchen.SkillsText, Kitchen.Skills), (Kitchen.FaultsText, Kitchen.Faults), run.Events);
    }

    // On a wire an answer may come twice, and long after nobody waits for it any more.
    private static void Retell(ScheduleScript script, ScheduleRun run, List<Finding> found, List<string> reached)
    {
        var chance = RandomStream.For(script.Seed, "schedule", "told again");
        var answers = new List<Event>();
        var state = run.Before;
        foreach (var happened in run.Events)
        {
            (state, _) = Executor.Next(state, happened);
            if (IsAnswer(happened))
            {
                answers.Add(happened);
                reached.Add("told twice");
                Again(state, happened, "a second time");
            }
            if (answers.Count == 0 || chance.NextInt(8) > 0) continue;
            reached.Add("told late");
            Again(state, answers[chance.NextInt(answers.Count)], "late");
        }

        void Again(PlanState now, Event told, string when)
        {
            var (after, commands) = Executor.Next(now, told with { At = now.At, Now = now.Now });
            if (commands.FirstOrDefault(c => c is not Command.WakeAt) is { } command) found.Add(new("told again", $"told {when}, {told} leads to {command}"));
            if (!ReferenceEquals(after.Nodes, now.Nodes) || after.Halt != now.Halt || !ReferenceEquals(after.Flights, now.Flights)) found.Add(new("told again", $"told {when}, {told} changes the state"));
        }
    }

    private static bool IsAnswer(Event happened) =>
        happened is Event.AttemptEnded or Event.Looked or Event.StoodStill or Event.ProtectiveStopped or Event.RepairPlanned or Event.Answered;

    private static IEnumerable<string> Cells(PlanState state) =>
        from entry in state.Recoveries
        let skill = state.Steps.LastOrDefault(s => s.Path == entry.Step)?.Bound.Skill
        where skill is not null
        select $"cell {entry.Effect} {skill.EffectClass}";

    private static IEnumerable<string> Endings(PlanState state)
    {
        yield return $"ended {state.Ended!.Outcome}";
        if (state.Parking is not null) yield return "parked";
        if (state.Recoveries.Any(r => r.Evidence.Contains("the breaker of the", StringComparison.Ordinal))) yield return "breaker kept a step";
        if (state.Steps.Any(s => s.Code == "NO_PROGRESS")) yield return "no progress";
    }
}
