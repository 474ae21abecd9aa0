using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;

namespace RobotWorker.Dependability;

/// <summary>One episode as its journal holds it.</summary>
/// <param name="Began">By the wall's clock; events are so much later.</param>
/// <param name="Events">In order. Needed are the first and the last, those of faults, of the link, answers, restarts, and the last before each restart; others may be left out.</param>
/// <param name="Decisions">Each with the instant of the event that led to it, since <paramref name="Began"/>.</param>
/// <param name="Report">How it ended; null: it has not, as far as is known.</param>
public sealed record EpisodeHistory(
    string Robot, DateTimeOffset Began, IReadOnlyList<Event> Events, IReadOnlyList<(TimeSpan At, RecoveryEntry Entry)> Decisions, EpisodeReport? Report)
{
    /// <summary>What it adds to the robot's record.</summary>
    public ServiceRecord ToRecord() => Events.Count == 0 ? ServiceRecord.Empty : new(Operation(), Faults(), Retries(), Outages());

    // While no process worked on it the robot did not operate either.
    private ImmutableArray<OperatingSpan> Operation()
    {
        var spans = ImmutableArray.CreateBuilder<OperatingSpan>();
        var from = Events[0].At;
        for (var i = 1; i < Events.Count; i++)
        {
            if (Events[i] is not Event.ProcessRestarted restarted) continue;
            spans.Add(new(Robot, Began + from, Began + Events[i - 1].At));
            from = restarted.At;
        }
        spans.Add(new(Robot, Began + from, Began + Events[^1].At));
        return spans.ToImmutable();
    }

    private ImmutableArray<FaultSpell> Faults()
    {
        var spells = ImmutableArray.CreateBuilder<FaultSpell>();
        var open = new List<(FaultSpell Spell, bool Person)>();
        foreach (var happened in Events)
        {
            var at = Began + happened.At;
            switch (happened)
            {
                case Event.FaultConfirmed { Fault: var f } when !open.Exists(o => Is(o.Spell, f)):
                    open.Add((new(Robot, f.Code, f.Component, f.Level, at - (f.ConfirmedAt - f.RaisedAt), at, at, null), false));
                    break;
                case Event.FaultHealed { Fault: var f } when open.FindIndex(o => Is(o.Spell, f)) is >= 0 and var healed:
                    spells.Add(open[healed].Spell with { Ended = at, By = open[healed].Person ? RecoveredBy.Person : RecoveredBy.Robot });
                    open.RemoveAt(healed);
                    break;
                case Event.Answered { Answer: not null }:
                    for (var i = 0; i < open.Count; i++) open[i] = open[i] with { Person = true };
                    break;
                default: break;    // says nothing of faults
            }
        }
        foreach (var (spell, _) in open) spells.Add(spell with { Ended = Began + Events[^1].At });
        return [.. spells.OrderBy(s => s.Began)];
    }

    private static bool Is(FaultSpell spell, Faults.Fault fault) => spell.Code == fault.Code && spell.Component == fault.Component;

    private ImmutableArray<TimedRetry> Retries()
    {
        var ledger = new RetryLedger();
        var retries = ImmutableArray.CreateBuilder<TimedRetry>();
        var decided = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var (at, entry) in Decisions)
        {
            Add(entry.Step, ledger.Decided(entry));
            decided[entry.Step] = Began + at;
        }
        foreach (var step in Report?.Steps ?? []) Add(step.Id, ledger.Ended(step.Id, step.State == StepStatus.Finished));
        foreach (var (step, outcome) in ledger.AllEnded(Report?.Outcome == EpisodeOutcome.Succeeded)) Add(step, outcome);
        return retries.ToImmutable();

        void Add(string step, RetryOutcome? outcome)
        {
            if (outcome is not null) retries.Add(new(Robot, decided[step], outcome));
        }
    }

    private ImmutableArray<LinkOutage> Outages()
    {
        var outages = ImmutableArray.CreateBuilder<LinkOutage>();
        TimeSpan? lost = null;
        foreach (var happened in Events)
        {
            if (happened is Event.LinkLost) lost ??= happened.At;
            if (happened is not Event.LinkBack || lost is not { } since) continue;
            outages.Add(new(Robot, Began + since, Began + happened.At));
            lost = null;
        }
        if (lost is { } open) outages.Add(new(Robot, Began + open, Began + Events[^1].At));
        return outages.ToImmutable();
    }
}
