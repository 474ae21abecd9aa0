using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;
using RobotWorker.Time;

namespace RobotWorker.Tests.Execution;

[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class StepTests(Pace pace)
{
    [Test]
    public void Step_DoneAndSeenToBeDone_Finishes()
    {
        var bench = new Bench(pace, wall: WallClock.Real);
        bench.Robot.Otherwise = _ => new(Seconds: 0.05);

        var result = bench.Run("{id: root, sequence: [{id: go, skill: go, args: {to: there}}, {id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Did, Is.EqualTo(
            ["look", "start root/go#1", "end root/go#1", "look", "look", "start root/grasp#1", "end root/grasp#1", "look"]).AsCollection);
        Assert.That(result.Report.Steps, Is.All.Matches<StepReport>(s => s is
            { State: StepStatus.Finished, Reported: Outcome.Succeeded, Observed: Outcome.Succeeded, Attempts: 1 }));
        Assert.That(result.Report.Recoveries, Is.Empty);
    }

    [Test]
    public void Step_ReportedSuccessThatNobodySees_IsTriedAgainAfterLooking()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, new(Effect: false));

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Decisions, Is.EqualTo([Decision.Retry]).AsCollection);
        Assert.That(result.Report.Recoveries[0].Evidence, Does.Contain("holding(robot, cup1) false at").And.Contain("POST_FALSE"));
        Assert.That(bench.Step("grasp").Attempts, Is.EqualTo(2));
        Assert.That(bench.Robot.Attempts[1].Variant, Is.EqualTo(1), "another grasp");
    }

    [Test]
    public void Step_ReportedFailureButDone_IsFinishedWithARecoveryEntry()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, Behaviour.Fails("GRASP_MISSED", effect: true));

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(result.Report.Steps.Single(), Is.EqualTo(
            new StepReport("root/grasp", "pick", StepStatus.Finished, Outcome.Failed, Outcome.Succeeded, 1)));
        Assert.That(result.Report.Recoveries.Single(), Has.Property("Effect").EqualTo(Effect.Done).And.Property("Decision").EqualTo(Decision.Skip));
    }

    [Test]
    public void Step_RobotThrows_IsAFailureWithItsText()
    {
        var bench = new Bench(pace);
        bench.Robot.On("wave", 1, new(Throws: new IOException("the arm's socket is closed")));

        var result = bench.Run("{id: root, sequence: [{id: wave, skill: wave}]}");

        Assert.That(result.Report.Recoveries[0].Evidence, Does.Contain("ROBOT_ERROR: the arm's socket is closed"));
        Assert.That(bench.Step("wave").Attempts, Is.EqualTo(2));
    }

    [Test]
    public void Step_PreconditionFalse_IsRepairedToItsPostCondition()
    {
        var bench = new Bench(pace) { Repair = goal => goal.ToString() == "holding(robot, cup1)" ? "{id: fix, sequence: [{id: drop, skill: put, args: {object: cup2, target: shelf}}, {id: take, skill: pick, args: {object: cup1}}]}" : null };
        bench.Robot.True.Remove("empty(gripper)");
        bench.Robot.True.Add("holding(robot, cup2)");

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Attempts.Select(a => a.Path), Is.EqualTo(
            ["root/grasp/repair[1]/fix/drop", "root/grasp/repair[1]/fix/take"]).AsCollection, "the step itself never ran");
        Assert.That(bench.Step("root/grasp").Status, Is.EqualTo(StepStatus.Finished));
    }

    [Test]
    public void Step_PreconditionThatNobodySees_FailsAfterOneLook()
    {
        var bench = new Bench(pace);
        bench.Robot.Hidden.Add("localized");

        var result = bench.Run("{id: root, fallback: [{id: go, skill: go, args: {to: there}, retry: {attempts: 1, backoff: 0s}}, {id: wave, skill: wave}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Did, Does.Not.Contain("start root/go#1"));
        Assert.That(bench.Step("go").Code, Is.EqualTo("PRECONDITION"));
    }

    [Test]
    public void Step_HoldTurnsFalse_StopsAndIsDecidedAnew()
    {
        var bench = new Bench(pace);
        bench.Robot.On("go", 1, new(Hangs: true));
        bench.At(2, () =>
        {
            bench.Robot.True.Remove("localized(robot)");
            bench.Robot.Tell(RobotWorker.World.Atom.Of("localized", "robot"));
        });
        bench.At(2.2, () => bench.Robot.True.Add("localized(robot)"));

        var result = bench.Run("{id: root, sequence: [{id: go, skill: go, args: {to: there}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(result.Report.Recoveries[0].Evidence, Does.Contain("HOLD_BROKEN: localized(robot) turned false"));
    }

    [Test]
    public void Step_HoldLostSightOf_StopsTheMotionAndLooks()
    {
        var bench = new Bench(pace);
        bench.Robot.On("go", 1, new(Seconds: 10));

        var result = bench.Run("{id: root, sequence: [{id: go, skill: go, args: {to: there}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Log, Does.Contain("2.2 cancelled root/go#1"), "two seconds after the last fact, by a timer");
        Assert.That(result.Report.Recoveries[0].Evidence, Does.Contain("HOLD_UNKNOWN"));
    }

    [Test]
    public void Step_LongerThanItsDeadline_IsCancelled()
    {
        var bench = new Bench(pace);
        bench.Robot.On("wave", 1, new(Hangs: true));

        var result = bench.Run("{id: root, sequence: [{id: wave, skill: wave, deadline: 4s}]}");

        Assert.That(bench.Robot.Log, Does.Contain("4.0 cancelled root/wave#1"));
        Assert.That(result.Report.Recoveries[0].Evidence, Does.Contain("DEADLINE"));
    }

    [Test]
    public void Step_CodeThatIsNeverRetried_GoesToThePerson()
    {
        var bench = new Bench(pace);
        bench.Answers.Enqueue("skip");
        bench.Robot.On("grasp", 1, Behaviour.Fails("COLLISION"));

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}, on_failure: {ask: Cannot grasp the cup, options: [skip, abort]}}]}");

        Assert.That(bench.Questions.Single().Text, Is.EqualTo("Cannot grasp the cup"));
        Assert.That(bench.Decisions, Is.EqualTo([Decision.Ask, Decision.Skip]).AsCollection);
        Assert.That(bench.Step("grasp").Status, Is.EqualTo(StepStatus.Skipped));
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded));
    }

    [Test]
    public void Step_AttemptsSpent_FallbackTakesOver()
    {
        var bench = new Bench(pace);
        for (var n = 1; n <= 3; n++) bench.Robot.On("grasp", n, Behaviour.Fails("GRASP_MISSED"));

        var result = bench.Run("{id: root, fallback: [{id: grasp, skill: pick, args: {object: cup1}}, {id: other, skill: pick, args: {object: cup2}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Decisions, Is.EqualTo([Decision.Retry, Decision.Retry, Decision.Stop]).AsCollection);
        Assert.That(bench.Robot.Log.Where(l => l.Contains("start root/grasp")).Select(l => double.Parse(l.Split(' ')[0])).ToList() is [_, var second, var third]
            && third - second > 2, "a second of backing off");
        Assert.That(bench.Questions, Is.Empty);
    }

    [Test]
    public void Step_HalfDoneAndGivenUp_IsUndone()
    {
        var bench = new Bench(pace);
        for (var n = 1; n <= 3; n++) bench.Robot.On("grasp", n, Behaviour.Fails("SLIPPED", then: r =>
        {
            r.True.Add("gripped(cup1)");
            r.True.Remove("empty(gripper)");
        }));
        bench.Robot.On("undo", 1, new(Then: r => r.True.Remove("gripped(cup1)")));

        var result = bench.Run("""
            id: root
            fallback:
            - {id: grasp, skill: pick, args: {object: cup1}, undo: {skill: wave, args: {how: source}}}
            - {id: rest, skill: peek}
            """);

        Assert.That(bench.Robot.Attempts.Select(a => (a.Path, a.Stage)), Is.EqualTo(
            [("root/grasp", null), ("root/grasp", "lift"), ("root/grasp", "lift"), ("root/grasp/undo", null), ("root/rest", (string?)null)]).AsCollection);
        Assert.That(bench.Robot.Attempts[3].Arguments["how"], Is.EqualTo("table"), "where it lay");
        Assert.That(bench.Step("root/grasp").Status, Is.AnyOf(StepStatus.Failed, StepStatus.Unknown));
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded));
    }

    [Test]
    public void Irreversible_NobodySeesWhatItDid_AsksAtOnce()
    {
        var bench = new Bench(pace);
        bench.Answers.Enqueue("abort");
        bench.Robot.On("pour", 1, Behaviour.Fails("SPILLED", then: r => r.Hidden.UnionWith(["poured", "full", "half"])));

        var result = bench.Run("{id: root, fallback: [{id: pour, skill: pour, args: {object: cup1}}, {id: rest, skill: peek}]}");

        Assert.That(bench.Decisions, Is.EqualTo([Decision.Ask, Decision.Stop]).AsCollection);
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Failed));
        Assert.That(bench.Step("pour").Status, Is.EqualTo(StepStatus.Unknown));
        Assert.That(bench.Robot.Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Resumable_NobodySeesWhatItDid_IsLookedAtFromElsewhereThenAsked()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, Behaviour.Fails("GRASP_MISSED", then: r => r.Hidden.UnionWith(["holding", "empty", "gripped"])));

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(bench.Decisions, Is.EqualTo([Decision.Look, Decision.Ask, Decision.Stop]).AsCollection);
        Assert.That(bench.Robot.Did, Does.Contain("look from 1"));
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.NeedsPerson), "nobody answered");
    }

    [Test]
    public void Goal_NotAcceptedInTime_IsAFailure()
    {
        var bench = new Bench(pace);
        bench.Robot.On("wave", 1, new(Hangs: true));
        bench.Robot.Starting = a => bench.Worker.GoalChanged(new(a.Path, a.Number, "g", "/arm", GoalStage.Sent));

        bench.Run("{id: root, sequence: [{id: wave, skill: wave}]}");

        Assert.That(bench.State.Recoveries[0].Evidence, Does.Contain("ACCEPT_TIMEOUT"));
        Assert.That(bench.Robot.Log, Does.Contain("1.0 cancelled root/wave#1"));
    }

    [Test]
    public void Goal_WhatComesLateOfAnOldAttempt_SaysNothingOfTheNewOne()
    {
        var bench = new Bench(pace);
        bench.Robot.On("wave", 1, Behaviour.Fails("SLIPPED"));
        bench.Robot.On("wave", 2, new(Hangs: true));
        bench.Robot.Starting = a =>
        {
            if (a.Number != 2) return;
            bench.Worker.GoalChanged(new(a.Path, 2, "new", "/arm", GoalStage.Sent));
            bench.Worker.GoalChanged(new(a.Path, 1, "old", "/arm", GoalStage.Accepted));
        };

        bench.Run("{id: root, sequence: [{id: wave, skill: wave}]}");

        Assert.That(bench.State.Recoveries.Select(r => r.Evidence), Has.Some.Contain("ACCEPT_TIMEOUT"));
    }

    [Test]
    public void Goal_WithoutProgress_IsAFailureAfterTheLastProgress()
    {
        var bench = new Bench(pace);
        bench.Robot.On("wave", 1, new(Hangs: true));
        bench.Robot.Starting = a => bench.Worker.GoalChanged(new(a.Path, a.Number, "g", "/arm", GoalStage.Accepted));
        bench.At(2, () => bench.Worker.GoalChanged(new("root/wave", 1, "g", "/arm", GoalStage.Progressed)));

        bench.Run("{id: root, sequence: [{id: wave, skill: wave}]}");

        Assert.That(bench.State.Recoveries[0].Evidence, Does.Contain("NO_PROGRESS"));
        Assert.That(bench.Robot.Log, Does.Contain("5.0 cancelled root/wave#1"));
    }
}
