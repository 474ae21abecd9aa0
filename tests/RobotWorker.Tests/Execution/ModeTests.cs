using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Time;

namespace RobotWorker.Tests.Execution;

/// <summary>Who commands the robot, and that the worker keeps its hands off it while somebody else does.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class ModeTests(Pace pace)
{
    private const string TwoWaves = "{id: root, sequence: [{id: a, skill: wave}, {id: b, skill: wave}]}";

    [Test]
    public void Manual_WhatRunsIsCancelled_NothingIsSentUntilAPersonLetsItGoOn()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Manual, "the key switch"));
        bench.At(20, () => bench.Worker.ModeChanged(OperatingMode.Automatic, "the key switch"));
        bench.Answers.Enqueue("continue");

        var result = bench.Run(TwoWaves);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Did, Is.EqualTo(["start root/a#1", "cancelled root/a#1", "stand still", "start root/a#2", "end root/a#2", "start root/b#1", "end root/b#1"]).AsCollection);
        Assert.That(bench.Robot.Log[2], Does.StartWith("20.0 "));
        Assert.That(bench.Questions.Single().Evidence, Does.Contain("AUTOMATIC again, set by the key switch"));
        Assert.That(bench.Step("a").Failures, Is.Zero);
    }

    [Test]
    public void Manual_NobodyLetsItGoOn_EndsStandingStill()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Manual, "the key switch"));
        bench.At(5, () => bench.Worker.ModeChanged(OperatingMode.Automatic, "the key switch"));

        var result = bench.Run(TwoWaves, "limits: {deadline: 2000s}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.NeedsPerson), result.Report.Reason);
        Assert.That(bench.Robot.Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Manual_AStopIsAsked_EndsWithoutCommandingTheRobot()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Manual, "the key switch"));
        bench.At(3, bench.Stop.Cancel);

        var result = bench.Run(TwoWaves);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Stopped));
        Assert.That(result.Report.Reason, Does.Contain("in MANUAL, and nobody here saw it stand still"));
        Assert.That(bench.Robot.Did, Has.None.EqualTo("stand still"));
    }

    [Test]
    public void Manual_AnAttemptThatDoesNotEnd_CallsNoProtectiveStop()
    {
        var bench = new Bench(pace);
        bench.Robot.On("a", 1, new(Deaf: true));
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Manual, "the key switch"));
        bench.At(20, () => bench.Worker.ModeChanged(OperatingMode.Automatic, "the key switch"));
        bench.Answers.Enqueue("continue");

        var result = bench.Run(TwoWaves);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Did, Has.None.EqualTo("protective stop"));
    }

    [Test]
    public void Manual_OfTheRobotsSelector_IsNotLiftedByAPersonElsewhere()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Manual, "the selector", ofRobot: true));
        bench.At(5, () => bench.Worker.ModeChanged(OperatingMode.Automatic, "a person"));
        bench.At(10, () => bench.Worker.ModeChanged(OperatingMode.Intervened, "a goal that is not ours"));
        bench.At(20, () => bench.Worker.ModeChanged(OperatingMode.Automatic, "the selector", ofRobot: true));
        bench.Answers.Enqueue("continue");
        bench.Answers.Enqueue("continue");

        var result = bench.Run(TwoWaves);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Log.First(l => l.Contains("stand still", StringComparison.Ordinal)), Does.StartWith("20.0 "));
    }

    [Test]
    public void Startup_GoesOnByItself()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Startup, "the robot"));
        bench.At(5, () => bench.Worker.ModeChanged(OperatingMode.Automatic, "the robot"));

        var result = bench.Run(TwoWaves);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions, Is.Empty);
    }

    [Test]
    public void Service_EndsTheEpisode()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Service, "the technician"));

        var result = bench.Run(TwoWaves);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.NeedsPerson));
        Assert.That(result.Report.Reason, Does.StartWith("the technician put the robot into SERVICE"));
        Assert.That(bench.Robot.Did, Is.EqualTo(["start root/a#1", "cancelled root/a#1"]).AsCollection);
    }

    [Test]
    public void Intervened_OnlyAPersonHandsControlBack()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Intervened, "a goal on /wave that is not ours"));
        bench.Answers.Enqueue("continue");

        var result = bench.Run(TwoWaves);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions.Single().Evidence, Does.Contain("a goal on /wave that is not ours"));
        Assert.That(bench.Robot.Did.Take(4), Is.EqualTo(["start root/a#1", "cancelled root/a#1", "stand still", "start root/a#2"]).AsCollection);
    }

    [Test]
    public void Intervened_NobodyAnswers_EndsWithoutCommandingTheRobot()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Intervened, "somebody"));

        var result = bench.Run(TwoWaves, "limits: {deadline: 2000s}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.NeedsPerson));
        Assert.That(bench.Robot.Did, Has.None.EqualTo("stand still"));
    }

    [Test]
    public void Semiautomatic_EachMotionIsReleasedByAPerson()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Semiautomatic, "a person"));
        bench.Answers.Enqueue("go");
        bench.Answers.Enqueue("start");
        bench.Answers.Enqueue("skip");

        var result = bench.Run("{id: root, sequence: [{id: a, skill: wave}, {id: b, skill: wave}, {id: c, skill: wave}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        // What ran goes on; the first answer is none.
        Assert.That(bench.Questions.Select(q => q.Step), Is.EqualTo(["root/b", "root/b", "root/c"]).AsCollection);
        Assert.That(bench.Robot.Did, Is.EqualTo(["start root/a#1", "end root/a#1", "start root/b#1", "end root/b#1"]).AsCollection);
        Assert.That(bench.Step("c").Status, Is.EqualTo(StepStatus.Skipped));
    }

    [Test]
    public void Semiautomatic_TwoStepsAtOnce_AreReleasedOneAfterTheOther()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Semiautomatic, "a person"));
        bench.Answers.Enqueue("start");
        bench.Answers.Enqueue("skip");

        var result = bench.Run("{id: root, sequence: [{id: a, skill: wave}, {id: both, parallel: [{id: b, skill: wave}, {id: c, skill: peek}]}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions.Select(q => q.Step), Is.EqualTo(["root/both/b", "root/both/c"]).AsCollection);
        Assert.That((bench.Step("b").Status, bench.Step("c").Status), Is.EqualTo((StepStatus.Finished, StepStatus.Skipped)));
    }

    [Test]
    public void Semiautomatic_NobodyReleases_EndsTheEpisode()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Semiautomatic, "a person"));

        var result = bench.Run(TwoWaves, "limits: {deadline: 2000s}");

        Assert.That((result.Report.Outcome, result.Report.Reason), Is.EqualTo((EpisodeOutcome.NeedsPerson, "nobody released root/b")));
    }

    [Test]
    public void Semiautomatic_BackToAutomaticWhileItAsks_GoesOnAndWithdrawsTheQuestion()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Semiautomatic, "a person"));
        bench.At(30, () => bench.Worker.ModeChanged(OperatingMode.Automatic, "a person"));

        var result = bench.Run(TwoWaves);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Log, Has.Some.EqualTo("30.0 start root/b#1"));
    }

    [Test]
    public void Semiautomatic_AHaltBetweenReleaseAndStart_AsksAgain()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Semiautomatic, "a person"));
        bench.At(1.5, bench.Worker.Pause);
        bench.At(5, bench.Worker.Resume);
        bench.Answers.Enqueue("start");

        var result = bench.Run(TwoWaves);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions.Select(q => q.Step), Is.EqualTo(["root/b", "root/b"]).AsCollection);
    }
}
