using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>At the end of a plan its goal is observed.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class GoalTests(Pace pace)
{
    private const string Peek = "{id: root, sequence: [{id: peek, skill: peek}]}";
    private const string OnShelf = "goal: {on: [cup1, shelf]}";
    private static readonly Atom CupOnShelf = Atom.Of("on", "cup1", "shelf");

    [Test]
    public void Goal_BelievedBefore_IsLookedAtAllTheSame()
    {
        var bench = new Bench(pace);
        bench.Robot.True.Add("on(cup1, shelf)");
        bench.At(0.1, () => bench.Robot.Tell(CupOnShelf));

        var result = bench.Run(Peek, OnShelf);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Did, Is.EqualTo(["start root/peek#1", "end root/peek#1", "stand still", "look"]).AsCollection);
    }

    [Test]
    public void Goal_NotInViewAtTheEnd_KnownFactStandsIn_WithoutAPerson()
    {
        var bench = new Bench(pace);
        bench.Robot.True.Add("on(cup1, shelf)");
        bench.At(0.1, () => bench.Robot.Tell(CupOnShelf));
        bench.At(0.5, () => bench.Robot.Hidden.Add("on"));

        var result = bench.Run(Peek, OnShelf);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Did.Count(d => d.StartsWith("look", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(bench.Questions, Is.Empty);
    }

    [Test]
    public void Goal_BelievedButFreshlySeenToBeFalse_IsRepairedAfterTheRobotStoodStill()
    {
        var bench = new Bench(pace) { Repair = _ => "{id: fix, sequence: [{id: take, skill: pick, args: {object: cup1}}, {id: put, skill: put, args: {object: cup1, target: shelf}}]}" };
        bench.Robot.True.Add("on(cup1, shelf)");
        bench.At(0.1, () => bench.Robot.Tell(CupOnShelf));
        bench.At(0.5, () => bench.Robot.True.Remove("on(cup1, shelf)"));

        var result = bench.Run(Peek, OnShelf);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Did.Skip(2).Take(2), Is.EqualTo(["stand still", "look"]).AsCollection);
        Assert.That(bench.Robot.Did.Last(), Is.EqualTo("look"), "the repaired goal is seen again");
        Assert.That(result.Report.Recoveries.Single(), Has.Property("Step").EqualTo("goal").And.Property("Decision").EqualTo(Decision.Repair));
        Assert.That(result.Report.Recoveries.Single().Evidence, Does.Contain("on(cup1, shelf) false at"));
    }

    [Test]
    public void Goal_AFaultMakesItDoubtful_IsLookedAtAfterHealing()
    {
        var bench = new Bench(pace);
        bench.Robot.True.Add("holding(robot, cup1)");
        bench.At(0.5, () => bench.Confirm("GRIPPER_WEAK"));
        bench.At(9, () => bench.Heal("GRIPPER_WEAK"));

        var result = bench.Run(Peek, "goal: {holding: [robot, cup1]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Log.Single(l => l.Contains("look")), Is.EqualTo("9.0 look"));
    }

    [TestCase(true, EpisodeOutcome.Succeeded, TestName = "Goal_NotSeenFromHere_IsLookedAtFromWhereItIsSeen")]
    [TestCase(false, EpisodeOutcome.NeedsPerson, TestName = "Goal_NotSeenFromThereEither_IsAskedAbout_AndTheWayIsNotMadeTwice")]
    public void View(bool isSeenThere, EpisodeOutcome outcome)
    {
        List<string> wanted = [];
        var bench = new Bench(pace)
        {
            Repair = goal =>
            {
                wanted.Add(goal.ToString()!);
                return "{id: way, sequence: [{id: over, skill: go, args: {to: there}}]}";
            },
        };
        bench.Robot.True.UnionWith(["stored(cup1, there)", "localized(robot)"]);
        bench.Robot.Hidden.Add("stored");
        bench.Robot.On("over", 1, new(Then: robot => { if (isSeenThere) robot.Hidden.Remove("stored"); }));

        var result = bench.Run(Peek, "goal: {stored: [cup1, there]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(outcome), result.Report.Reason);
        Assert.That(wanted, Is.EqualTo(["at(robot, there)"]));
        Assert.That(bench.Robot.Did.Count(d => d == "start goal/view[1]/way/over#1"), Is.EqualTo(1), string.Join('\n', bench.Robot.Did));
        Assert.That(result.Report.Recoveries.Take(2).Select(r => r.Decision), Is.All.EqualTo(Decision.Look));
        Assert.That(result.Report.Recoveries[1].Evidence, Does.StartWith("from where at(robot, there) holds: stored(cup1, there) not seen"));
    }

    [Test]
    public void Goal_NoWayToWhereItIsSeen_IsAskedAbout()
    {
        var bench = new Bench(pace) { Repair = _ => null };
        bench.Robot.Hidden.Add("stored");

        var result = bench.Run(Peek, "goal: {stored: [cup1, there]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.NeedsPerson));
        Assert.That(result.Report.Recoveries[^1].Evidence, Does.StartWith("no way to see it"));
        Assert.That(bench.Questions, Has.Count.EqualTo(1));
    }
}
