using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Suites;
using RobotWorker.Recovery;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Faults.Hardware;

namespace RobotWorker.Tests.Generation.Suites;

/// <summary>Hand-written outcomes of a small suite: an arm that gets hot, a link that is lost, an emergency stop that only a person ends, and a fault that nobody has heard of.</summary>
internal static class Outcomes
{
    public const string Hot = "ARM_HOT", Link = "LINK_LOST", Stop = "E_STOP", Unheard = "GHOST", Stale = "TOPIC_STALE";

    public static readonly FaultCatalogue Catalogue = new(new[]
    {
        Known(Hot, FaultLevel.Critical, human: false), Known(Link, FaultLevel.Critical, human: false), Known(Stop, FaultLevel.Critical, human: true), Known(Stale, FaultLevel.Warning, human: false),
    }.ToImmutableSortedDictionary(f => f.Code, f => f));

    public static readonly SuiteCondition Standard =
        new(FaultSuite.Standard, [SuitePolicy.Recovery, SuitePolicy.Off, SuitePolicy.PlainRetry], 20, TimeSpan.FromHours(30), false, false, 1, 1);

    public static readonly SuiteCondition Noisy = new("noisy", [SuitePolicy.Recovery], 10, TimeSpan.FromHours(5), false, false, 2, 1);

    public static readonly SuiteCondition Muted = new("muted", [SuitePolicy.Recovery], 10, TimeSpan.Zero, true, false, 1, 1);

    public static readonly FaultSuite Suite = new(
        "arms and links", "0123456789abcdef", [new("tidy", TimeSpan.FromSeconds(60), ImmutableSortedDictionary<string, Job>.Empty)],
        [Fault(Hot), Fault(Link, isHard: true), Fault(Stop, isHard: true), Fault(Unheard)], new(1_000_000, 20_000_000), [Standard, Noisy, Muted]);

    public static SuiteFault Fault(string code, bool isHard = false)
    {
        var fault = new HardwareFault(new FaultKind(code, "for a test", before => before), FaultTrigger.AtOnce, null, []);
        return new(fault, ["tidy"], null, fault, isHard);
    }

    /// <summary>A run with a fault that strikes after ten seconds and is over after twenty; the task is done.</summary>
    public static SuiteOutcome Struck(string fault, params NotedFault[] noted) => new(
        new(FaultSuite.Standard, SuitePolicy.Recovery, fault, "tidy", 0, 20_000_000), Seconds: 60, StruckAt: 10, OverAt: 20, [.. noted], EpisodeOutcome.Succeeded, "", GoalMet: true,
        StoodStill: true, AtWorkAgain: null, Recoveries: 0);

    public static SuiteOutcome Clean(double hours, params NotedFault[] noted) => Struck(Hot, noted) with
    {
        Run = new(FaultSuite.Standard, SuitePolicy.Recovery, null, "tidy", 0, 21_000_000), Seconds = 3600 * hours, StruckAt = null, OverAt = null,
    };

    public static NotedFault Noted(string code, double at, string? cause = null) => new(code, "arm", at, ClearedAt: null, cause ?? code);

    public static SuiteOutcome Under(this SuiteOutcome outcome, SuiteCondition condition) => outcome with { Run = outcome.Run with { Condition = condition.Name } };

    public static SuiteOutcome With(this SuiteOutcome outcome, SuitePolicy policy) => outcome with { Run = outcome.Run with { Policy = policy } };

    public static SuiteOutcome Failed(this SuiteOutcome outcome) => outcome with { Outcome = EpisodeOutcome.Failed, GoalMet = false };

    public static SuiteOutcome Asked(this SuiteOutcome outcome) => outcome with { Outcome = EpisodeOutcome.NeedsPerson, GoalMet = false, Questions = [$"{outcome.Run.Fault} needs a person"] };

    public static IEnumerable<SuiteOutcome> Times(this SuiteOutcome outcome, int times) => Enumerable.Repeat(outcome, times);

    public static SuiteScore Score(params IEnumerable<SuiteOutcome> outcomes) => SuiteScore.Of(Suite, Catalogue, [.. outcomes]);

    public static FaultScore ScoreOf(string code, params IEnumerable<SuiteOutcome> outcomes) => Score(outcomes).Conditions.Single().Faults.Single(f => f.Code == code);

    /// <summary>All that a whole suite brings: each fault struck and noticed in its way, clean hours, other conditions.</summary>
    public static SuiteScore Whole() => Score([
        .. Struck(Hot, Noted(Hot, 11.5)).Times(18), Struck(Hot, Noted(Stale, 12)), Struck(Hot).Failed(),
        .. Struck(Hot).Failed().With(SuitePolicy.Off).Times(20), .. Struck(Hot).Failed().With(SuitePolicy.PlainRetry).Times(15), .. Struck(Hot).With(SuitePolicy.PlainRetry).Times(5),
        .. (Struck(Link, Noted(Link, 10.1)) with { AtWorkAgain = 23 }).Times(20), .. Struck(Link).Failed().With(SuitePolicy.Off).Times(20),
        .. Struck(Stop, Noted(Stop, 10.04)).Asked().Times(20), Struck(Unheard, Noted(Stale, 11)), Clean(30.1),
        .. Struck(Hot, Noted(Hot, 14)).Under(Noisy).Times(9), Struck(Hot).Under(Noisy), Clean(5, Noted(Link, 100)).Under(Noisy),
    ]);

    private static FaultDefinition Known(string code, FaultLevel level, bool human) => new(code, "arm", level, [], [], TimeSpan.FromSeconds(1), human, []);
}
