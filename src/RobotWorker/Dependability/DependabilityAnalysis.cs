using System.Collections.Immutable;

namespace RobotWorker.Dependability;

/// <summary>Makes a report of a record. Pure.</summary>
public static class DependabilityAnalysis
{
    public static DependabilityReport Of(ServiceRecord record, ReportOptions options)
    {
        var window = new Span(options.From, options.To);
        var operation = new OperatingTime(record.Operation.Select(o => (o.Robot, new Span(o.From, o.To))), window);
        var faults = record.Faults.Where(f => f.Began >= options.From && f.Began < options.To).OrderBy(f => f.Began).ToImmutableArray();
        var retries = record.Retries.Where(r => r.Decided >= options.From && r.Decided < options.To);
        var outages = record.Outages.Where(o => o.From >= options.From && o.From < options.To).ToList();
        return new(
            options.From, options.To, options.Confidence, [.. record.Operation.Select(o => o.Robot).Distinct().Order(StringComparer.Ordinal)], operation.Hours,
            Of(faults.Where(f => f.Disables), operation, options, merged: true),
            [.. faults.GroupBy(f => f.Code, StringComparer.Ordinal).Select(g => Figures([.. g], operation, options)).OrderByDescending(f => f.Figures.DownHours).ThenBy(f => f.Code, StringComparer.Ordinal)],
            [.. faults.GroupBy(f => f.Robot, StringComparer.Ordinal).SelectMany(r => Consequences.Fold(r, options.CausesOn(r.Key))).GroupBy(r => r.Fault.Code, StringComparer.Ordinal).Select(g => Cause(g.Key, [.. g], operation))
                .OrderByDescending(c => c.DownHours).ThenBy(c => c.Code, StringComparer.Ordinal)],
            [.. retries.GroupBy(r => r.Outcome.Code, StringComparer.Ordinal).Select(g => new RetryFigures(g.Key, g.Count(), g.Count(r => r.Outcome.Succeeded))).OrderBy(r => r.Code, StringComparer.Ordinal)],
            new(outages.Count, outages.Sum(o => (o.To - o.From).TotalSeconds)));
    }

    private static FaultFigures Figures(ImmutableArray<FaultSpell> spells, OperatingTime operation, ReportOptions options) => new(
        spells[0].Code, spells.Max(s => s.Level).ToString().ToUpperInvariant(), Of(spells, operation, options, merged: false),
        spells.Count(s => s.By == RecoveredBy.Robot), spells.Count(s => s.By == RecoveredBy.Person), spells.Count(s => IsRepeated(s, spells, options.RepeatWithin)),
        spells.Average(s => (s.Confirmed - s.Began).TotalSeconds));

    private static bool IsRepeated(FaultSpell healed, ImmutableArray<FaultSpell> spells, TimeSpan within) =>
        healed.By == RecoveredBy.Robot && spells.Any(s => s.Robot == healed.Robot && s.Component == healed.Component && s.Began > healed.Ended && s.Began - healed.Ended <= within);

    private static CauseFigures Cause(string code, ImmutableArray<RootFault> roots, OperatingTime operation) => new(
        code, roots.Length, roots.Sum(r => r.Consequences.Length), operation.Merge(roots.SelectMany(r => r.Consequences.Add(r.Fault))).Sum(d => d.Hours));

    /// <param name="merged">Faults that overlap are one time of being down.</param>
    private static Dependable Of(IEnumerable<FaultSpell> spells, OperatingTime operation, ReportOptions options, bool merged)
    {
        var downs = operation.Merge(spells);
        var onsets = merged ? downs.Count : spells.Count();
        var ended = merged ? [.. downs.Where(d => !d.Open).Select(d => d.Whole)] : spells.Where(s => s.By is not null).Select(s => s.Ended - s.Began).ToList();
        var down = downs.Sum(d => d.Hours);
        var up = operation.Hours - down;
        return new(
            onsets, up, down, onsets - ended.Count, ChiSquare.BetweenFailures(up, onsets, options.Confidence),
            ChiSquare.Mean(ended.Sum(e => e.TotalSeconds), ended.Count, options.Confidence), operation.Hours > 0 ? up / operation.Hours : null);
    }
}
