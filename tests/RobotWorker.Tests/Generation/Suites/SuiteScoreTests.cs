using System.Text.Json.Nodes;
using RobotWorker.Episodes;
using RobotWorker.Generation.Suites;
using static RobotWorker.Tests.Generation.Suites.Outcomes;

namespace RobotWorker.Tests.Generation.Suites;

public sealed class SuiteScoreTests
{
    [Test]
    public void Fault_ConfirmedByItsName_IsDetectedAfterItsDelay()
    {
        var score = ScoreOf(Hot, Struck(Hot, Noted(Hot, 11)), Struck(Hot, Noted(Hot, 13)), Struck(Hot, Noted(Hot, 12)));

        Assert.That((score.Struck, score.Detected, score.NamedOtherwise, score.Missed), Is.EqualTo((3, 3, 0, 0)));
        Assert.That(score.DelaySeconds!.P50, Is.EqualTo(2).Within(1e-9));
        Assert.That(score.DelaySeconds.P90, Is.EqualTo(3).Within(1e-9));
    }

    [Test]
    public void Fault_ConfirmedTwice_CountsOnceFromItsFirst() =>
        Assert.That(ScoreOf(Hot, Struck(Hot, Noted(Stale, 10.5), Noted(Hot, 11), Noted(Hot, 15))) is { Detected: 1, NamedOtherwise: 0, DelaySeconds.P90: 1 });

    [Test]
    public void Fault_OfWhichAnotherIsConfirmed_IsNamedOtherwise_OfWhichNothing_IsMissed()
    {
        var score = ScoreOf(Hot, Struck(Hot, Noted(Stale, 11)), Struck(Hot));

        Assert.That((score.Struck, score.Detected, score.NamedOtherwise, score.Missed), Is.EqualTo((2, 0, 1, 1)));
        Assert.That(score.DelaySeconds, Is.Null);
    }

    [Test]
    public void Besides_AreTheNamesThatTheFaultDoesNotExplain_HoweverLate()
    {
        var score = Score(
            Struck(Hot, Noted(Hot, 11), Noted(Stale, 12), Noted(Link, 40), Noted(Stop, 41, cause: Hot)),
            // What it was noticed by alone is 'named otherwise', and counts once.
            Struck(Hot, Noted(Stale, 11), Noted(Link, 30)), Struck(Hot, Noted(Link, 9))).Conditions.Single();

        Assert.That(score.Faults.Single().Besides, Is.EqualTo([Stale, Link, Link]));
        Assert.That(score.Faults.Single().NamedOtherwise, Is.EqualTo(1));
        Assert.That(SuiteWords.Times(score.Besides), Is.EqualTo("LINK_LOST 2, TOPIC_STALE 1"));
        Assert.That(JsonNode.Parse(SuiteScoreFile.Json(Score(Struck(Hot, Noted(Hot, 11), Noted(Link, 40))), tuning: false))!["conditions"]![0]!["faults"]![0]!["named_besides"]!.AsArray().Select(c => (string?)c), Is.EqualTo([Link]));
    }

    [TestCase(22.0, 1, TestName = "Noted_TwoSecondsAfterItWasOver_Counts")]
    [TestCase(23.0, 0, TestName = "Noted_ThreeSecondsAfterItWasOver_DoesNotCount")]
    public void Noted_AfterItWasOver(double at, int detected)
    {
        var score = ScoreOf(Hot, Struck(Hot, Noted(Hot, at)));

        Assert.That((score.Detected, score.Missed), Is.EqualTo((detected, 1 - detected)));
    }

    [Test]
    public void Noted_WhereTheFaultIsNeverOver_CountsUntilTheEnd() =>
        Assert.That(ScoreOf(Hot, Struck(Hot, Noted(Hot, 55)) with { OverAt = null }).Detected, Is.EqualTo(1));

    [Test]
    public void Noted_BeforeTheStrike_IsAFalseAlarmAndNoDetection()
    {
        var score = Score(Struck(Hot, Noted(Hot, 9.9))).Conditions.Single();

        Assert.That(score.Faults.Single() is { Detected: 0, Missed: 1 });
        Assert.That(score.Alarms.Codes, Is.EqualTo([Hot]));
        Assert.That(score.Alarms.Hours, Is.EqualTo(10.0 / 3600).Within(1e-12));
    }

    [Test]
    public void Noted_AtTheStrike_IsADetectionAndNoFalseAlarm()
    {
        var score = Score(Struck(Hot, Noted(Hot, 10))).Conditions.Single();

        Assert.That((score.Faults.Single().Detected, score.Alarms.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public void FaultThatNeverStruck_IsTimeWithoutAFault()
    {
        var score = Score(Struck(Hot, Noted(Stale, 30)) with { StruckAt = null, OverAt = null }, Struck(Link)).Conditions.Single();

        Assert.That(score.Faults.Select(f => f.Code), Is.EqualTo([Link]));
        Assert.That((score.Alarms.Count, score.Alarms.Hours), Is.EqualTo((1, 70.0 / 3600)));
    }

    [Test]
    public void FalseAlarms_NoneInThirtyHours_AreAtMostATenthAnHour()
    {
        var alarms = Score(Clean(10), Clean(20)).Conditions.Single().Alarms;

        // -ln(0.05) / 30: what a Poisson process shows nothing of in one of twenty times.
        Assert.That(alarms.UpperAnHour, Is.EqualTo(-Math.Log(0.05) / 30).Within(1e-9).And.EqualTo(0.0999).Within(5e-5));
        Assert.That((alarms.Count, alarms.Hours), Is.EqualTo((0, 30.0)));
    }

    [Test]
    public void FalseAlarms_Two_AreBoundedByTheirChiSquare() =>
        // Table: chi-square 0.95 with 6 degrees of freedom is 12.592.
        Assert.That(Score(Clean(10, Noted(Hot, 5), Noted(Link, 7))).Conditions.Single().Alarms.UpperAnHour, Is.EqualTo(12.592 / 2 / 10).Within(1e-4));

    [Test]
    public void FalseAlarms_AConsequence_IsNotOneMore() =>
        Assert.That(Score(Clean(1, Noted(Link, 5), Noted(Stale, 6, cause: Link))).Conditions.Single().Alarms.Codes, Is.EqualTo([Link]));

    [Test]
    public void FalseAlarms_OfRunsWithoutTheWorker_AreNotCounted()
    {
        var alarms = Score(Struck(Hot), Struck(Hot, Noted(Stale, 1)).With(SuitePolicy.Off), Struck(Hot, Noted(Stale, 1)).With(SuitePolicy.PlainRetry)).Conditions.Single().Alarms;

        Assert.That((alarms.Count, alarms.Hours), Is.EqualTo((0, 10.0 / 3600)));
    }

    [Test]
    public void FalseAlarms_WithoutHours_HaveNoBound() =>
        Assert.That(Score(Struck(Hot) with { StruckAt = 0 }).Conditions.Single().Alarms.UpperAnHour, Is.Null);

    [Test]
    public void Confusions_NameTheRootCauseOfWhatWasConfirmedFirst()
    {
        var confusions = Score(
            Struck(Link, Noted(Stale, 10.5, cause: Link), Noted(Link, 11)), Struck(Link, Noted(Link, 11)), Struck(Link, Noted(Hot, 11), Noted(Link, 12)), Struck(Link),
            Struck(Hot, Noted(Hot, 9), Noted(Stale, 12)), Struck(Hot, Noted(Hot, 11)).With(SuitePolicy.Off)).Conditions.Single().Confusions;

        Assert.That(confusions, Is.EqualTo(new NamedAs[] { new(Hot, Stale, 1), new(Link, Link, 2), new(Link, NamedAs.Nothing, 1), new(Link, Hot, 1) }));
    }

    [Test]
    public void Success_NeedsTheWorldToBeAsWanted_AndNoErrorOfOurs()
    {
        var score = ScoreOf(
            Hot, Struck(Hot), Struck(Hot) with { GoalMet = false }, Struck(Hot) with { Error = "the simulator broke" }, Struck(Hot).Failed(),
            Struck(Hot).With(SuitePolicy.Off), Struck(Hot).Failed().With(SuitePolicy.Off));

        Assert.That(score.Recovery, Is.EqualTo(new Successes(4, 1)));
        Assert.That(score.Off, Is.EqualTo(new Successes(2, 1)));
        Assert.That(score.PlainRetry, Is.Null);
    }

    [Test]
    public void Asking_CountsOnlyWhereTheRobotStandsStill()
    {
        var asked = Struck(Stop, Noted(Stop, 10.04)).Asked();
        var score = ScoreOf(Stop, asked, asked with { StoodStill = false }, asked with { Error = "broken" }, Struck(Stop) with { Outcome = EpisodeOutcome.Stopped });

        Assert.That((score.NeedsPerson, score.AskedSafely, score.Struck), Is.EqualTo((true, 1, 4)));
    }

    // A run that gave up for something else, or was not seen to stand, has asked nobody about the fault.
    [Test]
    public void Asking_AboutSomethingElse_OrNothing_DoesNotCount()
    {
        var asked = Struck(Stop, Noted(Stop, 10.04)).Asked();
        var score = ScoreOf(Stop, asked with { Questions = [] }, asked with { Questions = ["the cup was not seen"] }, asked with { Noted = [] }, Struck(Stop, Noted("DRIVE", 11, cause: Stop)).Asked() with { Questions = ["DRIVE needs a person"] });

        Assert.That((score.AskedSafely, score.Struck), Is.EqualTo((1, 4)));
    }

    [Test]
    public void Recovery_TakesFromTheStrikeToTheFirstGoalAfterIt() =>
        Assert.That(ScoreOf(Link, Struck(Link) with { AtWorkAgain = 24.5 }, Struck(Link)).RecoverySeconds, Is.EqualTo(new Spread(14.5, 14.5)));

    [TestCase(150, 1)]
    [TestCase(151, 0)]
    public void Promptly_IsWithin150Milliseconds(int milliseconds, int promptly) =>
        Assert.That(ScoreOf(Link, Struck(Link, Noted(Link, (10_000 + milliseconds) / 1000.0))).Promptly, Is.EqualTo(promptly));

    [TestCase(5, 5, true, TestName = "Counts_HalfOfTheRunsFailWithoutRecovery_Does")]
    [TestCase(6, 4, false, TestName = "Counts_FewerFailWithoutRecovery_DoesNot")]
    public void Counts_ByWhatHappensWithoutRecovery(int succeeded, int failed, bool counts) => Assert.That(
        ScoreOf(Hot, [Struck(Hot), .. Struck(Hot).With(SuitePolicy.Off).Times(succeeded), .. Struck(Hot).Failed().With(SuitePolicy.Off).Times(failed)]).Counts, Is.EqualTo(counts));

    [TestCase(Stop)]
    [TestCase(Unheard)]
    public void Counts_WhatNeedsAPersonOrIsUnknown_DoesNot(string code) =>
        Assert.That(ScoreOf(code, Struck(code), Struck(code).Failed().With(SuitePolicy.Off)).Counts, Is.False);

    [Test]
    public void Shares_AreOverRuns_DetectionOfKnownFaultsOnly()
    {
        var score = Score([
            .. Struck(Hot, Noted(Hot, 11)).Times(3), Struck(Hot, Noted(Stale, 11)).Failed(), Struck(Hot).Failed().With(SuitePolicy.Off), Struck(Unheard, Noted(Stale, 11)), Struck(Unheard),
        ]).Conditions.Single();

        Assert.That(score.DetectedShare, Is.EqualTo(0.75));
        Assert.That(score.NoticedShare, Is.EqualTo(5.0 / 6));
        Assert.That(score.RecoveredShare, Is.EqualTo(0.75));
    }

    [Test]
    public void Conditions_AreScoredApart_InTheSuitesOrder_OnlyWhereRunsWereMade()
    {
        var score = Score(Struck(Hot).Under(Noisy), Struck(Hot, Noted(Hot, 11)));

        Assert.That(score.Conditions.Select(c => (c.Condition.Name, c.DetectedShare)), Is.EqualTo(new (string, double?)[] { (FaultSuite.Standard, 1), ("noisy", 0) }));
    }
}
