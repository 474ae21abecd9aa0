using System.Collections.Immutable;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Recovery;

namespace RobotWorker.Episodes;

/// <summary>An episode's report from the state that it ended in.</summary>
public static class Reporting
{
    /// <summary>Goal truth and files are left to those who know them.</summary>
    /// <exception cref="InvalidOperationException">The episode has not ended.</exception>
    public static EpisodeReport Report(PlanState state, Episode episode)
    {
        var ending = state.Ended ?? throw new InvalidOperationException("the episode has not ended: it has no outcome to report");
        var (steps, faults, recoveries) = SoFar(state);
        return new(
            state.Plan.Id, episode.Id, episode.Seed, ending.Outcome, ending.Reason, steps, faults, recoveries, null, ImmutableSortedDictionary<string, string>.Empty);
    }

    /// <summary>The report of an episode that nobody goes on with: a person gave it up.</summary>
    /// <param name="before">The state before its first event.</param>
    public static EpisodeReport GivenUp(PlanState before, IEnumerable<Event> events, Episode episode)
    {
        var state = before;
        try
        {
            foreach (var happened in events) state = Executor.Next(state, happened).State;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Another build wrote them, and what stands in the way must be possible to put aside: it is told as far as it is understood.
        }
        return Report(state with { Ended = new(EpisodeOutcome.Stopped, "a person gave it up after its process had ended; nobody saw the robot stand still") }, episode);
    }

    /// <summary>Steps, faults and decisions at any moment of an episode.</summary>
    public static Progress SoFar(PlanState state) => new(
        [.. state.Steps.Select(Of), .. NeverOpened(state)],
        FaultsOf([.. state.FaultLog], state.Setup.Faults),
        [.. state.Recoveries]);

    /// <summary>A step that was opened.</summary>
    public static StepReport Of(StepState step) => new(step.Path, step.Node.Skill, step.Status, step.Reported, step.Observed, step.Attempts);

    /// <summary>Each cause, and folded under it its consequences, in the order of confirmation.</summary>
    private static ImmutableArray<FaultReport> FaultsOf(ImmutableArray<Fault> faults, FaultCatalogue catalogue)
    {
        var causes = Correlation.Causes(faults, catalogue);
        return
        [
            .. Enumerable.Range(0, faults.Length).OrderBy(i => Correlation.RootOf(causes, i)).ThenBy(i => causes[i] is null ? 0 : 1).ThenBy(i => i)
                .Select(i => (Fault: faults[i], Cause: causes[i] is { } cause ? faults[cause].Code : null))
                .Select(p => new FaultReport(p.Fault.Code, p.Fault.Component, p.Fault.Level, p.Fault.Evidence, p.Fault.RaisedAt, p.Fault.ConfirmedAt, p.Fault.HealedAt, p.Cause)),
        ];
    }

    /// <summary>Steps of the plan that were not reached, as far as their paths are known beforehand (a loop's depend on its rounds).</summary>
    private static IEnumerable<StepReport> NeverOpened(PlanState state)
    {
        var opened = state.Steps.Select(s => s.Path).ToHashSet(StringComparer.Ordinal);
        return Walk(state.Plan.Root, state.Plan.Root.Id).Where(s => !opened.Contains(s.Path))
            .Select(s => new StepReport(s.Path, s.Node.Skill, state.Ended is null ? StepStatus.Waiting : StepStatus.Skipped, Execution.Outcome.Unknown, Execution.Outcome.Unknown, 0));
    }

    private static IEnumerable<(string Path, SkillNode Node)> Walk(PlanNode node, string path) => node switch
    {
        SkillNode skill => [(path, skill)],
        ForeachNode or RepeatNode or WhileNode => [],
        _ => node.Inner.SelectMany(child => Walk(child, $"{path}/{child.Id}")),
    };
}

/// <summary>How far an episode has come.</summary>
/// <param name="Steps">In the order of starting; those not reached yet come last.</param>
public sealed record Progress(ImmutableArray<StepReport> Steps, ImmutableArray<FaultReport> Faults, ImmutableArray<RecoveryEntry> Recoveries);
