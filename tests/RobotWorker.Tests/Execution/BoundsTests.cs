using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>Everything that is tried again is bounded.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class BoundsTests(Pace pace)
{
    private const string Grasp = "{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}";

    [Test]
    public void RecoveriesOfAnEpisode()
    {
        var bench = new Bench(pace);
        bench.Robot.Otherwise = attempt => attempt.Skill == "wave" ? Behaviour.Fails("STUCK") : new();

        bench.Run("{id: root, repeat: {times: 20, do: {id: tries, fallback: [{id: a, skill: wave}, {id: p, skill: peek}]}}}");

        Assert.That(bench.State.Recoveries[^1].Evidence, Does.Contain("the episode's recoveries are spent"));
        Assert.That(bench.Robot.Attempts.Count(a => a.Path == "root[20]/tries/a"), Is.EqualTo(1));
    }

    [Test]
    public void RepairsOfAStep()
    {
        var bench = Unready(_ => "{id: fix, sequence: [{id: p, skill: peek}]}");

        bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}, retry: {attempts: 99}}]}");

        Assert.That(bench.Decisions.Count(d => d == Decision.Repair), Is.EqualTo(3));
        Assert.That(bench.State.Recoveries.Select(r => r.Evidence), Has.Some.Contains("it was repaired 3 times"));
    }

    [Test]
    public void RepairsOfRepairs()
    {
        var bench = Unready(_ => "{id: fix, sequence: [{id: take, skill: pick, args: {object: cup1}}]}");

        bench.Run(Grasp);

        Assert.That(bench.State.Steps.Max(s => s.Path.Split("repair[").Length - 1), Is.EqualTo(2));
    }

    [Test]
    public void RepairsOfTheGoal()
    {
        var bench = new Bench(pace) { Repair = _ => "{id: fix, sequence: [{id: p, skill: peek}]}" };
        bench.Answers.Enqueue("abort");

        bench.Run("{id: root, sequence: [{id: a, skill: peek}]}", "goal: {clean: [table]}");

        Assert.That(bench.Decisions, Is.EqualTo([Decision.Repair, Decision.Repair, Decision.Ask]).AsCollection);
    }

    [Test]
    public void AStepThatCannotRun_IsNotTriedAtAll()
    {
        var bench = new Bench(pace);

        bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: $never}}]}");

        Assert.That(bench.Decisions.First(), Is.EqualTo(Decision.Ask));
    }

    [Test]
    public void AnInterruptionAfterTheLastAttempt_CostsNone()
    {
        var bench = new Bench(pace);
        for (var attempt = 1; attempt <= 3; attempt++) bench.Robot.On("grasp", attempt, Behaviour.Fails("MISSED"));
        bench.Robot.On("grasp", 4, new(Hangs: true));
        bench.At(12, bench.Worker.Pause).At(13, bench.Worker.Resume);
        bench.Answers.Enqueue("retry");

        var result = bench.Run(Grasp);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions, Has.Count.EqualTo(1));
        Assert.That(bench.Step("grasp").Attempts, Is.EqualTo(5));
    }

    [Test]
    public void APersonsRetryWhosePreconditionFails_IsAFailureLikeAnyOther()
    {
        var bench = new Bench(pace);
        for (var attempt = 1; attempt <= 3; attempt++) bench.Robot.On("grasp", attempt, Behaviour.Fails("MISSED"));
        bench.Robot.Starting = attempt =>
        {
            if (attempt.Number == 3) bench.At(2.2, () =>
            {
                bench.Robot.True.Remove("on(cup1, table)");
                bench.Robot.Tell(Atom.Of("on", "cup1", "table"));
            });
        };
        bench.Answers.Enqueue("retry");
        bench.Answers.Enqueue("abort");

        bench.Run(Grasp);

        Assert.That(bench.Questions, Has.Count.EqualTo(2));
        Assert.That(bench.Decisions, Has.None.EqualTo(Decision.Repair));
    }

    [Test]
    public void WhatWasDecidedUpon_KeepsItsEffect_WhereNothingWasSentSince()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, Behaviour.Fails("MISSED"));
        // It is decided at 1.9 s, and backs off until 2.9 s.
        bench.At(2.5, () =>
        {
            bench.Robot.True.Remove("empty(gripper)");
            bench.Robot.Tell(Atom.Of("empty", "gripper"));
            bench.Robot.Hidden.UnionWith(["holding", "gripped"]);
        });

        bench.Run(Grasp);

        Assert.That(bench.State.Recoveries.Take(2).Select(r => (r.Effect, r.Decision)), Is.EqualTo([(Effect.NotStarted, Decision.Retry), (Effect.NotStarted, Decision.Repair)]).AsCollection);
    }

    [Test]
    public void Start_NeedsTheHoldConditionToo()
    {
        var bench = new Bench(pace);
        bench.Robot.True.Remove("localized(robot)");
        bench.Answers.Enqueue("abort");

        bench.Run("{id: root, sequence: [{id: d, skill: wave, hold: [{localized: [robot]}]}]}");

        Assert.That(bench.Robot.Attempts, Is.Empty);
    }

    [Test]
    public void Ready_TakesTheHoldConditionToo()
    {
        var bench = new Bench(pace);
        bench.Robot.On("d", 1, Behaviour.Fails("MISSED", then: robot => robot.True.Remove("localized(robot)")));

        bench.Run("{id: root, sequence: [{id: d, skill: wipe, args: {object: table}, hold: [{localized: [robot]}]}]}");

        Assert.That(bench.Decisions.First(), Is.EqualTo(Decision.Repair));
    }

    private Bench Unready(Func<Condition, string?> repair)
    {
        var bench = new Bench(pace) { Repair = repair };
        bench.Robot.True.Remove("empty(gripper)");
        bench.Answers.Enqueue("abort");
        return bench;
    }
}
