using System.Collections.Immutable;
using RobotWorker.Dependability;
using RobotWorker.Faults;

namespace RobotWorker.Generation.Suites;

/// <summary>What a suite's outcomes say of the fault monitor and of recovery.</summary>
public sealed record SuiteScore(FaultSuite Suite, ImmutableArray<ConditionScore> Conditions)
{
    public static SuiteScore Of(FaultSuite suite, FaultCatalogue catalogue, IReadOnlyCollection<SuiteOutcome> outcomes) => new(
        suite, [.. suite.Conditions.Where(c => outcomes.Any(o => o.Run.Condition == c.Name)).Select(c => ConditionScore.Of(suite, c, catalogue, [.. outcomes.Where(o => o.Run.Condition == c.Name)]))]);
}

/// <summary>The same under one condition.</summary>
/// <param name="Alarms">False ones an hour.</param>
/// <param name="Confusions">Injected against named; only what occurred.</param>
/// <param name="Broken">Runs that ended by an error of ours.</param>
public sealed record ConditionScore(SuiteCondition Condition, ImmutableArray<FaultScore> Faults, FalseAlarms Alarms, ImmutableArray<NamedAs> Confusions, int Broken)
{
    /// <summary>Share of the runs with a known fault that struck in which it was confirmed by its own name; null where there are none.</summary>
    public double? DetectedShare => Share(Faults.Where(f => f.IsKnown).Sum(f => f.Detected), Faults.Where(f => f.IsKnown).Sum(f => f.Struck));

    /// <summary>The same where any name will do, unknown faults included.</summary>
    public double? NoticedShare => Share(Faults.Sum(f => f.Detected + f.NamedOtherwise), Faults.Sum(f => f.Struck));

    /// <summary>Root causes that were confirmed beside the faults that struck.</summary>
    public IEnumerable<string> Besides => Faults.SelectMany(f => f.Besides);

    /// <summary>Share of the runs that succeeded, over the faults that count.</summary>
    public double? RecoveredShare => Share(Faults.Where(f => f.Counts).Sum(f => f.Recovery!.Succeeded), Faults.Where(f => f.Counts).Sum(f => f.Recovery!.Runs));

    public static ConditionScore Of(FaultSuite suite, SuiteCondition condition, FaultCatalogue catalogue, IReadOnlyList<SuiteOutcome> outcomes)
    {
        var faults = suite.Faults.Select(f => FaultScore.Of(f, catalogue, [.. outcomes.Where(o => o.Run.Fault == f.Code)])).Where(s => s.Struck > 0 || s.Recovery is not null);
        return new(condition, [.. faults], FalseAlarms.In([.. outcomes.Where(o => o.Run.Policy == SuitePolicy.Recovery)]), NamedAs.Count(outcomes), outcomes.Count(o => o.Error is not null));
    }

    private static double? Share(int of, int all) => all == 0 ? null : (double)of / all;
}

/// <summary>How often a monitor cries without reason.</summary>
/// <param name="Hours">Simulated, without a fault: clean runs, and others until their fault struck.</param>
/// <param name="UpperAnHour">With 95 % confidence there are no more (Poisson, one-sided: <c>chi2(0.95; 2 n + 2) / 2 h</c>); null without hours.</param>
/// <param name="Codes">What was cried.</param>
public sealed record FalseAlarms(int Count, double Hours, double? UpperAnHour, ImmutableArray<string> Codes)
{
    public static FalseAlarms In(IReadOnlyList<SuiteOutcome> outcomes)
    {
        var hours = outcomes.Sum(o => o.StruckAt ?? o.Seconds) / 3600;
        ImmutableArray<string> codes = [.. outcomes.SelectMany(o => o.Noted.Where(n => n.At < (o.StruckAt ?? double.PositiveInfinity) && n.Code == n.Cause).Select(n => n.Code))];
        return new(codes.Length, hours, hours > 0 ? ChiSquare.MostEvents(codes.Length, 0.95) / hours : null, codes);
    }
}

/// <summary>How often a fault was taken for which.</summary>
/// <param name="Named">The root cause of what was confirmed first once it struck, or "-" for nothing.</param>
public sealed record NamedAs(string Injected, string Named, int Times)
{
    public const string Nothing = "-";

    public static ImmutableArray<NamedAs> Count(IEnumerable<SuiteOutcome> outcomes) =>
    [
        .. outcomes.Where(o => o.Run is { Policy: SuitePolicy.Recovery, Fault: not null } && o.StruckAt is not null)
            .GroupBy(o => (Injected: o.Run.Fault!, Named: FaultScore.After(o).FirstOrDefault()?.Cause ?? Nothing))
            .Select(g => new NamedAs(g.Key.Injected, g.Key.Named, g.Count()))
            .OrderBy(n => n.Injected, StringComparer.Ordinal).ThenByDescending(n => n.Times).ThenBy(n => n.Named, StringComparer.Ordinal),
    ];
}
