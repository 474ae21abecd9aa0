using System.Text.Json.Nodes;
using RobotWorker.Generation.Suites;
using static RobotWorker.Tests.Generation.Suites.Outcomes;

namespace RobotWorker.Tests.Generation.Suites;

public sealed class SuiteBarsTests
{
    private static readonly SuiteOutcome HotOff = Struck(Hot).Failed().With(SuitePolicy.Off), LinkOff = Struck(Link).Failed().With(SuitePolicy.Off);

    [Test]
    public void Bars_WithoutRuns_AreUnknown()
    {
        var bars = SuiteBars.Of(Score());

        Assert.That(bars, Has.Length.EqualTo(9));
        Assert.That(bars.Select(b => (b.Met, b.Measured)), Is.All.EqualTo(((bool?)null, "no runs")));
    }

    [TestCase(38, true, "95.0 % (38 of 40 runs; 2 of 2 faults count)")]
    [TestCase(37, false, "92.5 % (37 of 40 runs; 2 of 2 faults count)")]
    public void Recovery_OfAllRuns_ReachesNineteenOfTwenty(int succeeded, bool met, string measured)
    {
        var bar = Bar("at least 95 %", [
            .. Struck(Hot).Times(succeeded - 20), .. Struck(Hot).Failed().Times(40 - succeeded), HotOff, .. Struck(Link).Times(20), LinkOff,
            // These do not count: one needs a person, one is unknown, one is no trouble without recovery.
            .. Struck(Stop).Failed().Times(20), .. Struck(Unheard).Failed().Times(20),
        ]);

        Assert.That((bar.Met, bar.Measured), Is.EqualTo(((bool?)met, measured)));
    }

    // Of the other two that a machine can recover from one was no trouble without, and one has too few runs to say that it is met.
    [Test]
    public void Recovery_OfAllRuns_WithFewerThanTwentyOfAFault_IsUnknown_AndSaysHowManyCount()
    {
        var bar = Bar("at least 95 %", [.. Struck(Hot).Times(19), HotOff, .. Struck(Link).Times(20), Struck(Link).With(SuitePolicy.Off)]);

        Assert.That((bar.Met, bar.Measured), Is.EqualTo(((bool?)null, "100.0 % (19 of 19 runs; 1 of 2 faults count)")));
    }

    [TestCase(17, true)]
    [TestCase(16, false)]
    public void Recovery_OfEachFault_ReachesSeventeenOfTwenty(int succeeded, bool met)
    {
        var bar = Bar("17 of 20", [.. Struck(Hot).Times(20), HotOff, .. Struck(Link).Times(succeeded), .. Struck(Link).Failed().Times(20 - succeeded), LinkOff]);

        Assert.That((bar.Met, bar.Measured), Is.EqualTo(((bool?)met, $"at least {succeeded} of 20 (LINK_LOST)")));
    }

    [Test]
    public void Recovery_WhereNoRunsWithoutItWereMade_IsUnknown() => Assert.That(Bar("17 of 20", Struck(Hot)).Met, Is.Null);

    [TestCase(25, 20, true)]
    [TestCase(25, 19, null)]
    [TestCase(24, 20, false)]
    public void Injected_AreAtLeastTwentyFive_TwentyTimesEach(int faults, int times, bool? met)
    {
        var codes = Enumerable.Range(1, faults).Select(i => $"FAULT_{i}").ToList();
        // One that never struck is none.
        var suite = Suite with { Faults = [.. codes.Append(Hot).Select(code => Fault(code))] };
        var score = SuiteScore.Of(suite, Catalogue, [.. codes.SelectMany(code => Struck(code).Times(times)), Struck(Hot) with { StruckAt = null }]);
        var bar = SuiteBars.Of(score).Single(b => b.Text.Contains("injected", StringComparison.Ordinal));

        Assert.That((bar.Met, bar.Measured), Is.EqualTo((met, $"{faults}, {(times == 20 ? faults : 0)} of them as often; {faults * times} times in all")));
    }

    [Test]
    public void Recovery_OfFewerThanTwentyRuns_SaysNothing() => Assert.That(Bar("17 of 20", [.. Struck(Hot).Times(19), HotOff]).Met, Is.Null);

    [Test]
    public void NeedsPerson_EveryTimeAskedInASafeStop_IsMet()
    {
        var bar = Bar("need a person", [.. Struck(Stop, Noted(Stop, 10.04)).Asked().Times(20), Struck(Hot)]);

        Assert.That((bar.Met, bar.Measured), Is.EqualTo(((bool?)true, "20 of 20 runs with 1 fault")));
    }

    [Test]
    public void NeedsPerson_OnceMoving_IsNotMet()
    {
        var bar = Bar("need a person", [.. Struck(Stop, Noted(Stop, 10.04)).Asked().Times(19), Struck(Stop, Noted(Stop, 10.04)).Asked() with { StoodStill = false }]);

        Assert.That((bar.Met, bar.Measured), Is.EqualTo(((bool?)false, "19 of 20 runs with 1 fault; not E_STOP")));
    }

    [TestCase(18, true)]
    [TestCase(17, false)]
    public void Hard_ConfirmedLateOrNeverInTwoOfTwenty_IsStillMet_InThreeNot(int prompt, bool met)
    {
        var bar = Bar("150 ms", [
            .. Struck(Link, Noted(Link, 10.1)).Times(prompt), Struck(Link, Noted(Link, 12)), .. Struck(Link).Times(19 - prompt), .. Struck(Stop, Noted(Stop, 10.02)).Times(20),
            .. Struck(Hot, Noted(Hot, 19)).Times(20),
        ]);

        Assert.That(bar.Met, Is.EqualTo(met));
        Assert.That(bar.Measured, Does.StartWith($"at least {prompt} of 20 (LINK_LOST, p90 "));
    }

    [Test]
    public void Hard_WhereAllAreInTime_NamesTheSlowest() => Assert.That(
        Bar("150 ms", [Struck(Link, Noted(Link, 10.143)), Struck(Stop, Noted(Stop, 10.02))]).Measured, Is.EqualTo("at least 1 of 1 (LINK_LOST, p90 143 ms)"));

    [TestCase(30, 0, true, true)]
    [TestCase(29, 0, null, false)]
    [TestCase(30, 1, false, false)]
    [TestCase(60, 1, false, true)]
    public void FalseAlarms_NoneAndFewWithConfidence(double hours, int alarms, bool? none, bool few)
    {
        var clean = Clean(hours, [.. Enumerable.Repeat(Noted(Hot, 100), alarms)]);

        Assert.That(Bar("no false alarm", clean).Met, Is.EqualTo(none));
        Assert.That(Bar("false alarms an hour", clean).Met, Is.EqualTo(few));
    }

    [TestCase(9, true)]
    [TestCase(8, false)]
    public void OtherSensors_NineOfTenKnownFaultsAreDetected(int detected, bool met) => Assert.That(
        Bar("noisy: at least 90 %", [.. Struck(Hot, Noted(Hot, 11)).Times(detected), .. Struck(Hot).Times(10 - detected), Struck(Unheard)], Noisy), Is.EqualTo(new SuiteBar(
            "noisy: at least 90 % of the known faults detected", $"{detected * 10}.0 % ({detected} of 10)", met)));

    [TestCase(2, true)]
    [TestCase(3, false)]
    public void OtherSensors_OneFalseAlarmAnHour(int alarms, bool met) => Assert.That(
        Bar("noisy: at most one", Clean(2, [.. Enumerable.Repeat(Noted(Hot, 100), alarms)]).Times(1), Noisy).Met, Is.EqualTo(met));

    [Test]
    public void Latency_HasBarsOfItsOwn()
    {
        var slow = Muted with { Name = "slow", MutesDiagnostics = false, Latency = TimeSpan.FromMilliseconds(50) };
        var score = SuiteScore.Of(Suite with { Conditions = [Standard, slow] }, Catalogue, [.. Struck(Hot, Noted(Hot, 11)).Under(slow).Times(9), Struck(Hot).Under(slow), Clean(1).Under(slow)]);

        Assert.That(SuiteBars.Of(score).Where(b => b.Text.StartsWith("slow", StringComparison.Ordinal)).Select(b => (b.Met, b.Measured)),
            Is.EqualTo(new (bool?, string)[] { (true, "90.0 % (9 of 10)"), (true, "0 in 1.0 h") }));
        Assert.That(SuiteWords.Of(slow), Does.Contain("messages 50 ms on their way"));
        Assert.That(SuiteWords.Of(Standard), Does.Contain("messages at once"));
        Assert.That((double)JsonNode.Parse(SuiteScoreFile.Json(score, tuning: false))!["conditions"]![0]!["latency_seconds"]!, Is.EqualTo(0.05));
    }

    [Test]
    public void OtherConditions_WithTheSensorsOfTheStandardOne_HaveNoBarsOfTheirOwn() =>
        Assert.That(SuiteBars.Of(Whole()).Select(b => b.Text), Has.None.StartsWith("muted"));

    private static SuiteBar Bar(string text, params IEnumerable<SuiteOutcome> outcomes) => Bar(text, outcomes, Standard);

    private static SuiteBar Bar(string text, IEnumerable<SuiteOutcome> outcomes, SuiteCondition condition) =>
        SuiteBars.Of(Score(outcomes.Select(o => o.Under(condition)))).Single(b => b.Text.Contains(text, StringComparison.Ordinal) && (condition != Standard || !b.Text.StartsWith("noisy", StringComparison.Ordinal)));
}
