using System.Collections.Immutable;
using MathNet.Numerics.Statistics;
using RobotWorker.Faults;

namespace RobotWorker.Generation.Suites;

/// <summary>How one fault fared under one condition.</summary>
/// <param name="Struck">Runs of the worker in which it struck; detection counts over these.</param>
/// <param name="Detected">Confirmed by its own name.</param>
/// <param name="NamedOtherwise">Something else was confirmed, it was not.</param>
/// <param name="DelaySeconds">From strike to its own confirmation.</param>
/// <param name="RecoverySeconds">From strike to the first goal that was sent once it was cleared, in runs that succeeded.</param>
/// <param name="AskedSafely">Runs that ended with a question to a person while the robot stood still.</param>
/// <param name="Recovery">With the worker; null where no such run was made, as the others.</param>
public sealed record FaultScore(
    string Code, bool IsKnown, bool NeedsPerson, bool IsHard, int Struck, int Detected, int NamedOtherwise, Spread? DelaySeconds, Spread? RecoverySeconds, int AskedSafely,
    Successes? Recovery, Successes? Off, Successes? PlainRetry)
{
    /// <summary>Within what a hard fault is to be confirmed.</summary>
    public const double PromptSeconds = 0.150;

    // What it leaves behind may be noticed a moment after it is over.
    private const double GraceSeconds = 2;

    // Differences of times that are whole milliseconds are not quite.
    private const double Rounding = 1e-6;

    /// <summary>Confirmed by its own name within <see cref="PromptSeconds"/>.</summary>
    public int Promptly { get; init; }

    /// <summary>Root causes that were confirmed from its strike on, however late, and are neither it nor what it brought about; without those by which alone it was noticed.</summary>
    public ImmutableArray<string> Besides { get; init; } = [];

    public int Missed => Struck - Detected - NamedOtherwise;

    /// <summary>Whether it says anything of recovery: a machine can recover from it, and without recovery at least half of the runs fail.</summary>
    public bool Counts => IsKnown && !NeedsPerson && Recovery is { Runs: > 0 } && Off is { Runs: > 0 } off && 2 * (off.Runs - off.Succeeded) >= off.Runs;

    public static FaultScore Of(SuiteFault fault, FaultCatalogue catalogue, IReadOnlyList<SuiteOutcome> outcomes)
    {
        var struck = outcomes.Where(o => o.Run.Policy == SuitePolicy.Recovery && o.StruckAt is not null).ToList();
        var delays = struck.Select(o => After(o).FirstOrDefault(n => n.Code == fault.Code)?.At - o.StruckAt).OfType<double>().ToList();
        return new(
            fault.Code, fault.IsKnown(catalogue), fault.NeedsPerson(catalogue), fault.IsHard, struck.Count, delays.Count,
            struck.Count(o => IsNamedOtherwise(o, fault.Code)), Spread.Of(delays),
            Spread.Of([.. struck.Where(o => o.Succeeded).Select(o => o.AtWorkAgain - o.StruckAt).OfType<double>()]), struck.Count(o => o.AskedSafely),
            Successes.Of(outcomes, SuitePolicy.Recovery), Successes.Of(outcomes, SuitePolicy.Off), Successes.Of(outcomes, SuitePolicy.PlainRetry))
        {
            Besides = [.. struck.SelectMany(o => BesidesIn(o, fault.Code))],
            Promptly = delays.Count(d => d <= PromptSeconds + Rounding),
        };
    }

    private static bool IsNamedOtherwise(SuiteOutcome outcome, string fault) => After(outcome) is [_, ..] noted && noted.All(n => n.Code != fault);

    private static IEnumerable<string> BesidesIn(SuiteOutcome outcome, string fault) => outcome.Noted
        .Where(n => n.At >= outcome.StruckAt && n.Code == n.Cause && n.Code != fault && !(IsNamedOtherwise(outcome, fault) && After(outcome).Contains(n))).Select(n => n.Code);

    /// <summary>What was confirmed from the strike on until shortly after it was over.</summary>
    public static ImmutableArray<NotedFault> After(SuiteOutcome outcome) =>
        [.. outcome.Noted.Where(n => n.At >= outcome.StruckAt && n.At <= (outcome.OverAt ?? double.PositiveInfinity) + GraceSeconds)];
}

/// <summary>Runs, and how many of them were done in truth.</summary>
public sealed record Successes(int Runs, int Succeeded)
{
    public static Successes? Of(IEnumerable<SuiteOutcome> outcomes, SuitePolicy policy)
    {
        var of = outcomes.Where(o => o.Run.Policy == policy && o.StruckAt is not null).ToList();
        return of.Count == 0 ? null : new(of.Count, of.Count(o => o.Succeeded));
    }
}

/// <summary>Median and ninetieth percentile.</summary>
public sealed record Spread(double P50, double P90)
{
    public static Spread? Of(IReadOnlyCollection<double> values) => values.Count == 0 ? null : new(values.Quantile(0.5), values.Quantile(0.9));
}
