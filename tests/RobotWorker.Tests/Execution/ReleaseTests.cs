using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>In SEMIAUTOMATIC a person releases each motion; what a release is good for, and for how long.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class ReleaseTests(Pace pace)
{
    [Test]
    public void OfAStepThatWasBrokenOff_IsVoid_AndOneThatWaitsForItsResourceIsNotAskedFor()
    {
        var bench = Semiautomatic("start", "start", "start", "start");
        bench.Robot.On("a", 1, new(Hangs: true));
        bench.At(3, bench.Worker.Pause).At(4, bench.Worker.Resume);

        bench.Run("{id: root, sequence: [{id: p, skill: peek}, {id: q, parallel: [{id: a, skill: wave}, {id: b, skill: wave}]}]}");

        Assert.That(bench.Questions.Select(q => q.Step), Is.EqualTo(["root/q/a", "root/q/a", "root/q/b"]).AsCollection);
    }

    [Test]
    public void OfAStepWhosePreconditionTurnedFalseMeanwhile_IsVoid()
    {
        var bench = Semiautomatic("start", "retry", "start");
        // It is asked about at 1.4 s, and the answer comes at 2.4 s.
        bench.At(2, () =>
        {
            bench.Robot.True.Remove("empty(gripper)");
            bench.Robot.Tell(Atom.Of("empty", "gripper"));
        });
        bench.At(3.5, () => bench.Robot.True.Add("empty(gripper)"));

        bench.Run("{id: root, sequence: [{id: p, skill: peek}, {id: w, skill: wipe, args: {object: table}}]}");

        Assert.That(bench.Questions.Select(q => q.Options[0]), Is.EqualTo(["start", "retry", "start"]).AsCollection);
    }

    [Test]
    public void WhatMovesNothing_NeedsNone()
    {
        var bench = Semiautomatic();

        var result = bench.Run("{id: root, sequence: [{id: p, skill: peek}, {id: n, skill: note}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions, Is.Empty);
    }

    [Test]
    public void OnlyWrongAnswers_EndsAfterAFew()
    {
        var bench = Semiautomatic([.. Enumerable.Repeat("perhaps", 12)]);

        var result = bench.Run("{id: root, sequence: [{id: p, skill: peek}, {id: a, skill: wave}]}");

        Assert.That(result.Report.Reason, Does.StartWith("nobody released root/a"));
        Assert.That(bench.Questions, Has.Count.EqualTo(4));
    }

    [Test]
    public void AfterAnIntervention_TheModeIsTheOneThatTheWorkerHad()
    {
        var bench = Semiautomatic("continue", "start");
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Intervened, "somebody"));

        var result = bench.Run("{id: root, sequence: [{id: p, skill: peek}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions.Select(q => q.Options[0]), Is.EqualTo(["continue", "start"]).AsCollection);
    }

    [Test]
    public void AnInterventionThatTheRobotSaysIsOver_IsStillAPersonsToEnd()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Intervened, "somebody")).At(1, () => bench.Worker.ModeChanged(OperatingMode.Automatic, "the robot"));
        bench.Answers.Enqueue("continue");

        var result = bench.Run("{id: root, sequence: [{id: p, skill: peek}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions.Select(q => q.Text), Is.EqualTo(["somebody else moves the robot: does the worker take it back?", "somebody else had the robot: may it go on?"]).AsCollection);
    }

    private Bench Semiautomatic(params string[] answers)
    {
        var bench = new Bench(pace);
        foreach (var answer in answers) bench.Answers.Enqueue(answer);
        return bench.At(0.2, () => bench.Worker.ModeChanged(OperatingMode.Semiautomatic, "a person"));
    }
}
