using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
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

    [Test]
    public void TheRobotsClockGoesBack_NothingThatWasSeenBeforeCounts()
    {
        var state = PlanState.Before(Kitchen.Setup, Kitchen.Plan("{id: root, sequence: [{id: a, skill: wave, hold: [{holding: [robot, cup1]}]}]}"), "e");
        var held = Atom.Of("holding", "robot", "cup1");
        (state, _) = Executor.Next(state, new Event.FactObserved(TimeSpan.Zero, At(800), new(held, Truth.True, At(800), "sense")));
        (state, var commands) = Executor.Next(state, new Event.Started(TimeSpan.Zero, At(800)));
        Assert.That(commands, Has.Some.InstanceOf<Command.StartAttempt>());

        (state, commands) = Executor.Next(state, new Event.FactObserved(TimeSpan.FromSeconds(1), At(5), new(Localized, Truth.True, At(5), "sense")));

        Assert.That(state.World.Find(held, At(5)), Is.Null);
        Assert.That(commands, Has.Some.InstanceOf<Command.CancelAttempt>(), "the robot may be anywhere");
        (state, _) = Executor.Next(state, new Event.FactObserved(TimeSpan.FromSeconds(1), At(6), new(held, Truth.False, At(6), "sense")));
        Assert.That(state.World.Find(held, At(6))?.Value, Is.EqualTo(Truth.False), "what is seen now is believed");

        static RobotTime At(double seconds) => RobotTime.FromSeconds(seconds);
    }

    [Test]
    public void AFactFromTheFuture_IsNone()
    {
        var world = WorldModel.Empty(Kitchen.Skills.Predicates).With(new(Here, Truth.True, RobotTime.FromSeconds(100), "sense"));

        Assert.That(world.Find(Here, RobotTime.FromSeconds(50)), Is.Null);
        Assert.That(world.Find(Here, RobotTime.FromSeconds(99.5)), Is.Not.Null, "a message may overtake the clock");
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
