using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;
using RobotWorker.Time;

namespace RobotWorker.Tests.Execution;

/// <summary>When a person is asked, and what is made of the answer.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class AskingTests(Pace pace)
{
    [Test]
    public void Answer_IsNoneOfTheOptions_IsAskedAgain()
    {
        var bench = new Bench(pace);
        bench.Robot.Otherwise = _ => Behaviour.Fails("NO");
        bench.Answers.Enqueue("yes please");
        bench.Answers.Enqueue("skip");

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions, Has.Count.EqualTo(2));
        Assert.That(bench.Questions[1].Evidence, Does.Contain("'yes please' is none of the answers"));
    }

    [Test]
    public void Answer_NeverOneOfTheOptions_EndsTheRun()
    {
        var bench = new Bench(pace);
        bench.Robot.Otherwise = _ => Behaviour.Fails("NO");
        for (var i = 0; i < 20; i++) bench.Answers.Enqueue("maybe");

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.NeedsPerson), result.Report.Reason);
        Assert.That(bench.Questions, Has.Count.EqualTo(4));
    }

    [Test]
    public void Acknowledge_TwoFaults_ResetsOnlyTheOneThatWasAskedAbout()
    {
        var bench = new Bench(pace);
        bench.Robot.On("wave", 1, new(Hangs: true));
        bench.At(1, () => bench.Confirm("SKIN_TOUCHED"));
        bench.At(1.5, () => bench.Confirm("DRIVE_HOT"));
        bench.Answers.Enqueue("continue");

        bench.Run("{id: root, sequence: [{id: wave, skill: wave}]}");

        Assert.That(bench.Resets, Is.EqualTo(["SKIN_TOUCHED"]).AsCollection);
    }

    [Test]
    public void Repair_NoneFound_TheFallbackTakesOverBeforeAPersonIsAsked()
    {
        var bench = new Bench(pace);
        bench.Robot.True.Remove("empty(gripper)");

        var result = bench.Run("{id: root, fallback: [{id: grasp, skill: pick, args: {object: cup1}}, {id: b, skill: peek}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.RepairGoals, Is.Not.Empty);
        Assert.That(bench.Questions, Is.Empty);
        Assert.That(result.Report.Recoveries[^1].Evidence, Does.Contain("no repair"));
    }

    [Test]
    public void UnknownEffect_OfAResumableStep_TheFallbackTakesOverBeforeAPersonIsAsked()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, new(Reported: RobotWorker.Execution.Outcome.Unknown, Code: "LOST", Then: r => r.Hidden.UnionWith(["holding", "empty", "gripped"])));

        var result = bench.Run("{id: root, fallback: [{id: grasp, skill: pick, args: {object: cup1}}, {id: b, skill: peek}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions, Is.Empty);
        Assert.That(bench.Decisions, Is.EqualTo([Decision.Look, Decision.Stop]).AsCollection);
    }

    [TestCase(1)]
    [TestCase(3)]
    public void UnknownEffect_OfAnIrreversibleStep_IsAskedAtOnceThoughThereIsAFallback(int attempts)
    {
        var bench = new Bench(pace);
        bench.Robot.On("p", 1, new(Reported: RobotWorker.Execution.Outcome.Unknown, Code: "LOST", Then: r => r.Hidden.UnionWith(["poured", "full", "half"])));
        bench.Answers.Enqueue("abort");

        bench.Run($"{{id: root, fallback: [{{id: p, skill: pour, args: {{object: cup1}}, retry: {{attempts: {attempts}}}}}, {{id: b, skill: peek}}]}}");

        Assert.That(bench.Questions, Has.Count.EqualTo(1));
        Assert.That(bench.Robot.Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public void Look_GoesWrong_TheDecisionSaysSo()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, Behaviour.Fails("MISSED", then: r => r.Observing = () => throw new IOException("the camera is unplugged")));
        bench.Answers.Enqueue("skip");

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(result.Report.Recoveries[0].Evidence, Does.Contain("looking failed: the camera is unplugged"));
    }

    [Test]
    public void ProtectiveStop_GoesWrong_TheQuestionSaysSo()
    {
        var bench = new Bench(pace);
        bench.Robot.On("wave", 1, new(Deaf: true));
        bench.Robot.ProtectiveStopFails = "the stop service is gone";
        bench.At(1, bench.Worker.Pause);
        bench.At(2, bench.Worker.Resume);
        bench.Answers.Enqueue("abort");

        bench.Run("{id: root, sequence: [{id: wave, skill: wave}]}");

        Assert.That(bench.Questions.Single().Evidence, Does.Contain("the stop service is gone"));
    }

    [Test]
    public void ProtectiveStop_FailedInPart_StaysAPersonsToLiftWhateverBecomesOfTheLink()
    {
        var bench = new Bench(pace);
        bench.Robot.On("wave", 1, new(Deaf: true));
        bench.Robot.ProtectiveStopFails = "a goal has not ended";
        bench.At(1, bench.Worker.Pause);
        bench.At(2, bench.Worker.Resume);
        bench.At(3.5, bench.Worker.LinkLost);
        bench.At(9, bench.Worker.LinkBack);
        bench.At(10, () => bench.Answers.Enqueue("abort"));
        bench.At(10, () => bench.Answers.Enqueue("abort"));

        bench.Run("{id: root, sequence: [{id: wave, skill: wave}]}", "limits: {deadline: 900s}");

        Assert.That(bench.Robot.Attempts, Has.Count.EqualTo(1), "nobody said that it may go on");
        Assert.That(bench.Questions[^1].Text, Does.StartWith("the protective stop was needed"));
    }

    [Test]
    public void Foreach_ACandidateNobodyCanSee_IsLeftOutAndNamed()
    {
        var bench = new Bench(pace);
        bench.Robot.Hidden.Add("on(cup2, table)");

        var result = bench.Run("{id: root, foreach: {each: cup, where: {on: [cup, table]}, do: {id: a, skill: wave, args: {how: $cup}}}}");

        Assert.That(bench.Robot.Attempts.Select(a => a.Arguments["how"]), Is.EqualTo(["cup1"]).AsCollection);
        var entry = result.Report.Recoveries.Single();
        Assert.That(entry, Has.Property("Effect").EqualTo(Effect.Unknown).And.Property("Decision").EqualTo(Decision.Skip));
        Assert.That(entry.Evidence, Does.Contain("cup2 is left out"));
    }

    [Test]
    public void Wait_Paused_ItsDeadlineStandsStill()
    {
        var bench = new Bench(pace);
        bench.At(3, bench.Worker.Pause);
        bench.At(23, bench.Worker.Resume);
        bench.At(28, () =>
        {
            bench.Robot.True.Add("dirty(cup1)");
            bench.Robot.Tell(RobotWorker.World.Atom.Of("dirty", "cup1"));
        });

        var result = bench.Run("{id: root, sequence: [{id: w, wait: {for: {dirty: [cup1]}, deadline: 10s}}, {id: a, skill: wave}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Log, Has.Some.EqualTo("28.0 start root/a#1"));
    }

    [Test]
    public void Wait_Paused_ItsDeadlineStillEnds()
    {
        var bench = new Bench(pace);
        bench.At(3, bench.Worker.Pause);
        bench.At(23, bench.Worker.Resume);

        bench.Run("{id: root, fallback: [{id: w, wait: {for: {dirty: [cup1]}, deadline: 10s}}, {id: a, skill: wave}]}");

        Assert.That(bench.Robot.Log, Has.Some.EqualTo("30.0 start root/a#1"));
    }

    [TestCase(false, new[] { "start root/wave#1", "cancelled root/wave#1", "stand still" })]
    [TestCase(true, new[] { "start root/wave#1", "cancelled root/wave#1", "stand still", "protective stop" })]
    public void Core_Breaks_TheRobotIsStoppedAndTheErrorEndsTheRun(bool neverStill, string[] did)
    {
        var bench = new Bench(pace) { CheckFold = false };
        bench.Robot.On("wave", 1, new(Hangs: true));
        bench.Robot.NeverStill = neverStill;
        bench.At(1, () =>
        {
            bench.Always = _ => throw new InvalidOperationException("the core is broken");
            bench.Worker.Pause();
        });

        Assert.That(() => bench.Run("{id: root, sequence: [{id: wave, skill: wave}]}"), Throws.InvalidOperationException.With.Message.EqualTo("the core is broken"));
        Assert.That(bench.Robot.Did, Is.EqualTo(did).AsCollection);
    }
}
