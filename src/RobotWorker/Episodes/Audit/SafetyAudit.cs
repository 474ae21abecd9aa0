using System.Collections.Immutable;
using RobotWorker.Execution.Core;

namespace RobotWorker.Episodes.Audit;

/// <summary>An invariant that was broken.</summary>
/// <param name="Index">Which event of the journal it was, from 0.</param>
/// <param name="At">Watchdog time since the episode began.</param>
public sealed record Breach(int Index, TimeSpan At, string Invariant, string What)
{
    public override string ToString() => $"{At.TotalSeconds:0.000} s  {Invariant}: {What}";
}

/// <summary>What an audit found.</summary>
/// <param name="Met">How often each invariant had something to say; one that never had proves nothing here.</param>
/// <param name="End">The state after the last event.</param>
public sealed record AuditResult(ImmutableArray<Breach> Breaches, ImmutableSortedDictionary<string, int> Met, PlanState End);

/// <summary>
/// The invariants of safe retry (docs/safe-retry.md), held against a journal: every event is folded once more, and every command that followed is judged by what had
/// happened, not by what the executor believed. Pure. The tests use it on random schedules, the command on scenario files and on recorded episodes.
/// </summary>
public static class SafetyAudit
{
    private static readonly ImmutableArray<Invariant> Invariants = [.. MotionRules.All, .. RetryRules.All, .. StopRules.All];

    /// <summary>Name and statement of each invariant.</summary>
    public static IEnumerable<(string Name, string Statement)> All => Invariants.Select(i => (i.Name, i.Statement));

    /// <param name="before">The state before the first event.</param>
    /// <param name="next">Another core than ours, to see the audit find its mistakes; null: ours.</param>
    public static AuditResult Of(PlanState before, IEnumerable<Event> events, Func<PlanState, Event, (PlanState, ImmutableArray<Command>)>? next = null)
    {
        var breaches = ImmutableArray.CreateBuilder<Breach>();
        var met = Invariants.ToDictionary(i => i.Name, _ => 0, StringComparer.Ordinal);
        var (state, past, index) = (before, Past.Nothing, 0);
        foreach (var happened in events)
        {
            var (after, commands) = (next ?? Executor.Next)(state, happened);
            var moment = new Moment(past.Hearing(state, happened, after), state, happened, after, commands);
            foreach (var invariant in Invariants)
            {
                foreach (var wrong in invariant.Check(moment))
                {
                    met[invariant.Name]++;
                    if (wrong is not null) breaches.Add(new(index, happened.At, invariant.Name, wrong));
                }
            }
            (state, past) = (after, moment.Past.Doing(moment));
            index++;
        }
        return new(breaches.ToImmutable(), met.ToImmutableSortedDictionary(StringComparer.Ordinal), state);
    }
}
