using RobotWorker.Episodes;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>What is believed of the world goes stale when what it rests on does, and is seen again before anything moves on it.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class StaleFactTests(Pace pace)
{
    private static readonly Atom Here = Atom.Of("at", "robot", "here");
    private static readonly Atom Localized = Atom.Of("localized", "robot");

    [Test]
    public void LocalisationLost_WhereTheRobotStandsIsUnknown_UntilItIsSeenAgain()
    {
        var bench = new Bench(pace);
        Truth? lost = null, ignored = null;
        bench.At(0.5, () => Tell(bench, true));
        bench.At(1, () =>
        {
            Assert.That(Believed(bench), Is.EqualTo(Truth.True));
            Tell(bench, false);
            lost = Believed(bench);
            bench.Robot.Tell(Here);
            ignored = Believed(bench);
        });
        bench.At(3, () => Tell(bench, true));

        var result = bench.Run("{id: root, sequence: [{id: w, wait: {for: {dirty: [cup1]}, deadline: 100s}}, {id: a, skill: wave}]}", "limits: {deadline: 4s}");

        Assert.That((lost, ignored), Is.EqualTo(((Truth?)Truth.Unknown, (Truth?)Truth.Unknown)), "what is said of it while it is lost means nothing");
        Assert.That(result.State.World.Find(Here, result.State.Now)?.Value, Is.EqualTo(Truth.True));
    }

    [Test]
    public void LocalisationLost_AStepThatNeedsThePlace_LooksBeforeItMoves()
    {
        var bench = new Bench(pace);
        bench.At(0.2, () => Tell(bench, true));
        bench.At(0.5, () => Tell(bench, false));
        bench.At(0.7, () => bench.Robot.True.Add("localized(robot)"));

        var result = bench.Run("{id: root, sequence: [{id: a, skill: wave}, {id: b, skill: wave, pre: [{at: [robot, here]}]}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Did, Is.EqualTo(["start root/a#1", "end root/a#1", "look", "start root/b#1", "end root/b#1"]).AsCollection);
    }

    private static Truth Believed(Bench bench) => bench.State.World.Find(Here, bench.Robot.Now)?.Value ?? Truth.Unknown;

    private static void Tell(Bench bench, bool localized)
    {
        if (localized) bench.Robot.True.Add("localized(robot)");
        else bench.Robot.True.Remove("localized(robot)");
        bench.Robot.Tell(Localized);
        bench.Robot.Tell(Here);
    }
}
