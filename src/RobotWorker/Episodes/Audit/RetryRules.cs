using System.Collections.Immutable;
using RobotWorker.Execution.Core;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Episodes.Audit;

/// <summary>What must be known, and written down, before something is done again or counts as done.</summary>
internal static class RetryRules
{
    public static readonly ImmutableArray<Invariant> All =
    [
        new("number", "an attempt's number is issued once; again only to take up its goal in another process", Number),
        new("looked", "nothing is done again before it was looked at, and decided upon, since its last attempt ended", LookedAndDecided),
        new("twice", "what may have happened and is not idempotent is not done again, unless fresh facts show that it did not, or a person says so", Twice),
        new("finished", "a step is FINISHED only if its post-condition was seen to hold after its last attempt", Finished),
        new("evidence", "every decision is in the journal with its evidence, and no step that ran ends otherwise than FINISHED without one", Evidence),
        new("late", "an answer that nobody waits for any more, and the end of an attempt that was given up, change nothing", Late),
    ];

    private static IEnumerable<string?> Number(Moment m)
    {
        foreach (var (step, attempt) in m.Starts)
        {
            var name = $"{attempt.Path}#{attempt.Number}";
            if (attempt.Goal is not null) yield return m.Happened is Event.ProcessRestarted && m.Before.Flights.GetValueOrDefault(step.Number) == attempt.Number ? null : $"{name} is taken up, and did not run";
            else if (m.Past.Issued.Contains(name)) yield return $"{name} is issued twice";
            else if (attempt.Number > 1) yield return null;
        }
    }

    private static IEnumerable<string?> LookedAndDecided(Moment m)
    {
        foreach (var (step, attempt) in m.Starts)
        {
            if (attempt.Goal is not null || !m.Past.Landed.ContainsKey(step.Number)) continue;
            yield return !m.Past.Decided.Contains(step.Number) ? $"{step.Path} is started again, and nothing was decided"
                : !m.Past.Looked.Contains(step.Number) && CanBeLookedAt(step.Bound) ? $"{step.Path} is started again, and nobody looked"
                : null;
        }
    }

    private static IEnumerable<string?> Twice(Moment m)
    {
        foreach (var (step, attempt) in m.Starts)
        {
            if (attempt.Goal is not null || attempt.Number == 1 || step.Bound.Skill?.EffectClass is not (EffectClass.Irreversible or EffectClass.Resumable)) continue;
            var resumes = step.Bound.Skill.EffectClass == EffectClass.Resumable && m.Past.SeenBegun.Contains(step.Number);
            yield return m.Past.SeenNotStarted.Contains(step.Number) || m.Past.ToldToRetry.Contains(step.Number) || resumes ? null
                : $"{step.Path} is done again, and nothing shows that it was not done";
        }
    }

    private static IEnumerable<string?> Finished(Moment m)
    {
        foreach (var number in m.Before.Active)
        {
            if (m.Before.Nodes[number] is not StepState || m.After.Nodes[number] is not StepState { Status: StepStatus.Finished } step) continue;
            var since = m.Past.Landed.GetValueOrDefault(number);
            // What an attempt leaves nothing of in the world is done when it says so.
            yield return step.Observed != Execution.Outcome.Succeeded ? $"{step.Path} is FINISHED and was observed {step.Observed}"
                : step.Bound.HasPost && m.After.World.Evaluate(step.Bound.Post, m.After.Now, since) != Truth.True ? $"{step.Path} is FINISHED, and nobody has seen {step.Bound.Post} since {since}"
                : null;
        }
    }

    private static IEnumerable<string?> Evidence(Moment m)
    {
        for (var i = m.Before.Recoveries.Count; i < m.After.Recoveries.Count; i++)
            yield return m.After.Recoveries[i].Evidence.Length > 0 ? null : $"{m.After.Recoveries[i].Decision} of {m.After.Recoveries[i].Step} has no evidence";
        if (m.Before.Ended is not null || m.After.Ended is null) yield break;
        var decided = m.After.Recoveries.Select(r => r.Step).ToHashSet(StringComparer.Ordinal);
        foreach (var step in m.After.Steps)
            if (step.Attempts > 0 && step.Status != StepStatus.Finished && !decided.Contains(step.Path) && !EndedAtOnce(step)) yield return $"{step.Path} ran and is {step.Status}, and nothing was decided";
    }

    private static IEnumerable<string?> Late(Moment m)
    {
        if (!IsLate(m)) yield break;
        yield return m.Commands.FirstOrDefault(c => c is not Command.WakeAt) is { } command ? $"{m.Happened.GetType().Name} comes late and leads to {command.GetType().Name}"
            : !ReferenceEquals(m.Before.Nodes, m.After.Nodes) || m.Before.Recoveries.Count != m.After.Recoveries.Count || m.Before.Halt != m.After.Halt ? $"{m.Happened.GetType().Name} comes late and changes the state"
            : null;
    }

    private static bool IsLate(Moment m) => m.Happened switch
    {
        Event.AttemptEnded e => m.Before.Flights.GetValueOrDefault(e.Step) != e.Number,
        Event.Looked e => !m.Before.Open.ContainsKey(e.Request),
        Event.StoodStill e => !m.Before.Open.ContainsKey(e.Request),
        Event.ProtectiveStopped e => !m.Before.Open.ContainsKey(e.Request),
        Event.RepairPlanned e => !m.Before.Open.ContainsKey(e.Request),
        Event.Answered e => !m.Before.Open.ContainsKey(e.Request),
        _ => false,
    };

    // The episode ended while it ran or waited for a look: that is told by the ending itself.
    private static bool EndedAtOnce(StepState step) => step.Verdict == Verdict.Dropped;

    private static bool CanBeLookedAt(BoundStep bound) =>
        ((ReadOnlySpan<Condition>)[bound.Pre, bound.Hold, bound.Post, bound.NotStarted, bound.Partial]).ToArray().Concat(bound.Stages.Select(s => s.Entry)).Any(c => !c.Atoms().IsEmpty);
}
