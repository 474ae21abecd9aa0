using RobotWorker.Episodes;
using RobotWorker.Time;

namespace RobotWorker.Tests.Execution;

/// <summary>A running plan is replaced by a newer revision: what was begun goes on, the rest is exchanged (VDA 5050, order update).</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class RevisionTests(Pace pace)
{
    private const string First = "{id: root, sequence: [{id: a, skill: wave}, {id: b, skill: wave}, {id: c, skill: wave}]}";

    [Test]
    public void AnotherPlan_OrOneForAnEpisodeThatIsEnding_IsRefused()
    {
        var bench = new Bench(pace);
        string? other = null, late = null;
        const string root = "{id: root, sequence: [{id: a, skill: wave}]}";
        bench.Robot.On("a", 1, new(Deaf: true));
        bench.At(0.3, () => other = bench.Worker.Replace(Kitchen.Plan(root, "revision: 1") with { Id = "another" }));
        bench.At(0.5, bench.Stop.Cancel);
        bench.At(0.7, () => late = bench.Worker.Replace(Kitchen.Plan(root, "revision: 1")));

        bench.Run(root);

        Assert.That(other, Does.StartWith("it is plan another"));
        Assert.That(late, Is.EqualTo("the episode is ending"));
    }

    [Test]
    public void TheRestIsExchanged_WhatRunsGoesOn()
    {
        var (bench, refused) = Replacing(1.5, "{id: root, sequence: [{id: a, skill: wave}, {id: b, skill: wave}, {id: d, skill: peek}, {id: e, skill: wave, args: {how: twice}}]}");

        var result = bench.Run(First);

        Assert.That(refused(), Is.Null);
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Did, Is.EqualTo(
            ["start root/a#1", "end root/a#1", "start root/b#1", "end root/b#1", "start root/d#1", "end root/d#1", "start root/e#1", "end root/e#1"]).AsCollection);
        Assert.That(result.Report.Steps.Select(s => s.Id), Has.None.EqualTo("root/c"));
    }

    [Test]
    public void TheRestIsTakenAway_ThePlanEndsWithWhatRuns()
    {
        var (bench, refused) = Replacing(1.5, "{id: root, sequence: [{id: a, skill: wave}, {id: b, skill: wave}]}");

        var result = bench.Run(First);

        Assert.That(refused(), Is.Null);
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Attempts, Has.Count.EqualTo(2));
    }

    [TestCase("{id: root, sequence: [{id: a, skill: wave}, {id: b, skill: peek}]}", 1, "root/b was begun already")]
    [TestCase("{id: root, sequence: [{id: a, skill: wave}]}", 1, "root/b was begun already")]
    [TestCase("{id: root, sequence: [{id: a, skill: wave, args: {how: again}}, {id: b, skill: wave}]}", 1, "root/a was begun already")]
    [TestCase("{id: root, fallback: [{id: a, skill: wave}, {id: b, skill: wave}]}", 1, "root was begun already")]
    [TestCase(First, 0, "give it a higher one")]
    public void WhatWasBegunIsOther_IsRefused_AndThePlanGoesOnAsItWas(string root, int revision, string why)
    {
        var (bench, refused) = Replacing(1.5, root, revision);

        var result = bench.Run(First);

        Assert.That(refused(), Does.Contain(why));
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Attempts, Has.Count.EqualTo(3));
    }

    [Test]
    public void WhatHasEndedIsLonger_IsRefused()
    {
        var (bench, refused) = Replacing(2.5, "{id: root, sequence: [{id: s, sequence: [{id: a, skill: wave}, {id: b, skill: wave}]}, {id: c, skill: wave}]}");

        bench.Run("{id: root, sequence: [{id: s, sequence: [{id: a, skill: wave}]}, {id: c, skill: wave}, {id: d, skill: wave}]}");

        Assert.That(refused(), Does.Contain("root/s has ended already"));
    }

    [Test]
    public void WithinALoop_RoundsToComeAreOthers()
    {
        var (bench, refused) = Replacing(1.5, "{id: root, repeat: {times: 3, do: {id: s, sequence: [{id: a, skill: wave}, {id: b, skill: peek}, {id: x, skill: peek}]}}}");

        var result = bench.Run("{id: root, repeat: {times: 2, do: {id: s, sequence: [{id: a, skill: wave}, {id: b, skill: peek}]}}}");

        Assert.That(refused(), Is.Null);
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Attempts.Count(a => a.Path.EndsWith("/x", StringComparison.Ordinal)), Is.EqualTo(3));
    }

    [Test]
    public void FewerRoundsThanWereBegun_IsRefused()
    {
        var (bench, refused) = Replacing(2.5, "{id: root, repeat: {times: 1, do: {id: a, skill: wave}}}");

        var result = bench.Run("{id: root, repeat: {times: 4, do: {id: a, skill: wave}}}");

        Assert.That(refused(), Does.Contain("in its round 3 already"));
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Attempts, Has.Count.EqualTo(4));
    }

    [Test]
    public void TheGoalIsTakenAwayWhileItIsAskedAbout_ThePlanHasEnded()
    {
        var (bench, refused) = Replacing(20, "{id: root, sequence: [{id: a, skill: wave}]}");
        bench.Robot.Hidden.Add("clean");
        bench.At(25, () => bench.Answers.Enqueue("look"));

        var result = bench.Run("{id: root, sequence: [{id: a, skill: wave}]}", "goal: {clean: [table]}");

        Assert.That(refused(), Is.Null);
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.NeedsPerson).Or.EqualTo(EpisodeOutcome.Succeeded));
    }

    [Test]
    public void TheGoalIsAnother_TheNewOneIsLookedAt()
    {
        var (bench, refused) = Replacing(0.5, "{id: root, sequence: [{id: a, skill: wave}]}", more: "goal: {on: [cup2, table]}");

        var result = bench.Run("{id: root, sequence: [{id: a, skill: wave}]}", "goal: {clean: [table]}");

        Assert.That(refused(), Is.Null);
        Assert.That((result.Report.Outcome, result.Report.Reason), Is.EqualTo((EpisodeOutcome.Succeeded, "the goal was seen to hold")));
    }

    [Test]
    public void TheDeadlineIsAnother_ItCountsFromTheBeginning()
    {
        var (bench, refused) = Replacing(0.5, "{id: root, sequence: [{id: w, wait: {for: {dirty: [cup1]}, deadline: 50s}}]}", more: "limits: {deadline: 20s}");

        var result = bench.Run("{id: root, sequence: [{id: w, wait: {for: {dirty: [cup1]}, deadline: 50s}}]}");

        Assert.That(refused(), Is.Null);
        Assert.That(result.State.At.TotalSeconds, Is.InRange(20, 21));
    }

    private (Bench Bench, Func<string?> Refused) Replacing(double seconds, string root, int revision = 1, string more = "")
    {
        var bench = new Bench(pace);
        string? refused = "it was not asked";
        bench.At(seconds, () => refused = bench.Worker.Replace(Kitchen.Plan(root, more) with { Revision = revision }));
        return (bench, () => refused);
    }
}
