using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>What is cancelled ends within its own deadline, or the robot is stopped harder; who waits for it goes on.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class CancellationTests(Pace pace)
{
    [Test]
    public void OfWhatIsDropped_DoesNotEnd_TheRobotIsStoppedHarder()
    {
        var bench = new Bench(pace);
        bench.Robot.On("b", 1, new(Deaf: true));
        bench.Answers.Enqueue("continue");

        var result = bench.Run("{id: root, sequence: [{id: p, parallel: {success: 1, steps: [{id: a, skill: peek}, {id: b, skill: wave}]}}, {id: c, skill: wave}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Did, Is.SupersetOf(["protective stop", "end root/c#1"]));
        Assert.That(bench.Robot.Log.Single(l => l.Contains("protective stop")), Does.StartWith("3.0 "));
    }

    [Test]
    public void OfTwo_TheLongerDeadlineCounts()
    {
        var bench = new Bench(pace);
        bench.Robot.On("a", 1, new(Deaf: true, Seconds: 4, EndsLate: true));
        bench.Robot.On("b", 1, new(Hangs: true));
        bench.At(0.5, bench.Worker.Pause).At(0.6, bench.Worker.Resume);

        var result = bench.Run("{id: root, parallel: [{id: a, skill: wave, timeouts: {accept: 1s, progress: 3s, cancel: 5s}}, {id: b, skill: peek}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Did, Has.None.EqualTo("protective stop"));
    }

    [Test]
    public void IsOverdueWhileTheLinkIsDown_NothingIsCalledOverIt()
    {
        var bench = new Bench(pace);
        bench.Robot.On("a", 1, new(Deaf: true));
        bench.At(0.5, bench.Worker.Pause).At(0.6, bench.Worker.Resume).At(1, bench.Worker.LinkLost).At(10, bench.Worker.LinkBack);
        bench.Answers.Enqueue("continue");

        bench.Run("{id: root, sequence: [{id: a, skill: wave}]}");

        Assert.That(bench.Robot.Log.First(l => l.Contains("stop") || l.Contains("stand")), Does.StartWith("12.0 protective stop"));
    }

    [Test]
    public void ALookThatMayMoveTheArmEnds_WhatWaitedForTheArmStarts()
    {
        var bench = new Bench(pace);
        bench.At(1.1, () => bench.Robot.Tell(Atom.Of("localized", "robot")));

        var result = bench.Run("""
            id: root
            parallel:
            - {id: s, sequence: [{id: p, skill: peek}, {id: i, if: {condition: {dirty: [cup1]}, then: {id: q, skill: peek}}}]}
            - {id: t, sequence: [{id: w, wait: {for: {localized: [robot]}, deadline: 60s}}, {id: a, skill: wave}]}
            """);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Log, Does.Contain("1.0 look").And.Contain("1.2 start root/t/a#1"));
    }

    [Test]
    public void ALookThatMayMoveTheArm_KeepsTheBaseToo()
    {
        var bench = new Bench(pace);
        bench.At(1.1, () => bench.Robot.Tell(Atom.Of("localized", "robot")));

        bench.Run("""
            id: root
            parallel:
            - {id: s, sequence: [{id: p, skill: peek}, {id: i, if: {condition: {dirty: [cup1]}, then: {id: q, skill: peek}}}]}
            - {id: t, sequence: [{id: w, wait: {for: {localized: [robot]}, deadline: 60s}}, {id: a, skill: go, args: {to: there}}]}
            """);

        Assert.That(bench.Robot.Log, Does.Contain("1.0 look").And.Contain("1.2 start root/t/a#1"));
    }

    [Test]
    public void TwoLooksAtOnce_OneMayMoveTheArm()
    {
        var bench = new Bench(pace);
        var most = 0;
        bench.Robot.MovesArmToLook = () => most = Math.Max(most, bench.Robot.LooksMovingArm);

        bench.Run("{id: root, parallel: [{id: i, if: {condition: {dirty: [cup1]}, then: {id: a, skill: peek}}}, {id: j, if: {condition: {dirty: [cup2]}, then: {id: b, skill: peek}}}]}");

        Assert.That(most, Is.EqualTo(1));
    }

    [Test]
    public void SomebodyTakesTheRobotWhileItIsStoppedHarder_ThatStopIsStillAPersonsToLift()
    {
        var bench = new Bench(pace);
        bench.Robot.On("a", 1, new(Deaf: true));
        bench.At(0.5, bench.Worker.Pause).At(0.6, bench.Worker.Resume);
        // The protective stop is under way from 2.5 s to 2.55 s.
        bench.At(2.52, () => bench.Worker.ModeChanged(OperatingMode.Manual, "a person")).At(5, () => bench.Worker.ModeChanged(OperatingMode.Automatic, "a person"));
        bench.Answers.Enqueue("continue");

        bench.Run("{id: root, sequence: [{id: a, skill: wave}]}");

        Assert.That(bench.Questions.Single().Text, Is.EqualTo("the protective stop was needed: may it go on?"));
    }

    [Test]
    public void AProtectiveStopThatWasLifted_IsNotAskedAboutAgainWhenTheLinkIsLost()
    {
        var bench = new Bench(pace);
        bench.Robot.On("a", 1, new(Deaf: true));
        // It is lifted at 3.85 s, and it looks until 4.05 s.
        bench.At(0.5, bench.Worker.Pause).At(0.6, bench.Worker.Resume).At(3.9, bench.Worker.LinkLost).At(5, bench.Worker.LinkBack);
        bench.Answers.Enqueue("continue");

        var result = bench.Run("{id: root, sequence: [{id: a, skill: wipe, args: {object: table}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions, Has.Count.EqualTo(1));
    }

    [Test]
    public void TheLinkIsLostWhileTheGoalIsLookedAt_ItIsLookedAtTwiceAgain()
    {
        var bench = new Bench(pace);
        bench.Robot.Hidden.Add("clean");
        // It ends at 1.0 s and stands at 1.3 s; the second look begins at 1.5 s.
        bench.At(1.6, bench.Worker.LinkLost).At(5, bench.Worker.LinkBack);
        bench.Answers.Enqueue("abort");

        bench.Run("{id: root, sequence: [{id: a, skill: wave}]}", "goal: {clean: [table]}");

        Assert.That(bench.Robot.Log.Where(l => l.Contains("look")).Select(l => double.Parse(l[..3]) > 5), Is.EqualTo([false, false, true, true]).AsCollection);
        Assert.That(bench.Questions, Has.Count.EqualTo(1));
    }

    [Test]
    public void AfterAProtectiveStopInAPause_NobodyIsAskedBeforeThePauseEnds()
    {
        var bench = new Bench(pace);
        bench.Robot.On("a", 1, new(Deaf: true));
        var asked = -1;
        bench.At(0.5, bench.Worker.Pause).At(19, () => asked = bench.Questions.Count).At(20, bench.Worker.Resume);
        bench.Answers.Enqueue("continue");

        bench.Run("{id: root, sequence: [{id: a, skill: wave}]}");

        Assert.That(asked, Is.Zero);
        Assert.That(bench.Questions, Has.Count.EqualTo(1));
    }

    [Test]
    public void APauseThatIsAskedWhileAFaultHeals_LastsUntilItIsEnded()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Confirm("GRIPPER_WEAK")).At(2, bench.Worker.Pause).At(4, () => bench.Heal("GRIPPER_WEAK")).At(10, bench.Worker.Resume);

        bench.Run("{id: root, sequence: [{id: a, skill: wave}]}");

        Assert.That(bench.Robot.Log.Single(l => l.EndsWith("start root/a#2", StringComparison.Ordinal)), Does.StartWith("10.0 "));
    }
}
