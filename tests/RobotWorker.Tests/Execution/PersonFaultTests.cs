using RobotWorker.Episodes;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>A fault that needs a person, though it forbids no part of the robot: everything stops until one has come.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class PersonFaultTests(Pace pace)
{
    private const string TwoWaves = "{id: root, sequence: [{id: a, skill: wave}, {id: b, skill: wave}]}";

    [Test]
    public void WhileSomethingRuns_ItIsStopped_AndAPersonIsAsked()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Confirm("DOOR_OPEN"));
        bench.Answers.Enqueue("continue");

        var result = bench.Run(TwoWaves);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Did.Take(4), Is.EqualTo(["start root/a#1", "cancelled root/a#1", "stand still", "start root/a#2"]).AsCollection);
        Assert.That(bench.Questions.Single().Step, Is.EqualTo("cell"));
        Assert.That(bench.Resets, Is.EqualTo(["DOOR_OPEN"]).AsCollection);
        Assert.That(bench.Robot.Log.Single(l => l.Contains("start root/a#2")), Does.StartWith("1.9 "), "asked at once, not only when it takes too long to heal");
    }

    [Test]
    public void BesideAFaultThatHeals_ThePersonIsAskedFirst()
    {
        var bench = new Bench(pace);
        bench.At(0.4, () => bench.Confirm("GRIPPER_WEAK"));
        bench.At(0.5, () => bench.Confirm("SKIN_TOUCHED"));
        bench.At(20, () => bench.Heal("GRIPPER_WEAK"));
        bench.Answers.Enqueue("continue");

        bench.Run(TwoWaves);

        Assert.That(bench.Questions.Single().Step, Is.EqualTo("robot"));
        Assert.That(bench.Robot.Log.Single(l => l.EndsWith("start root/a#2", StringComparison.Ordinal)), Does.StartWith("20.0 "));
    }

    [Test]
    public void Acknowledged_AndNotGone_NothingMovesUntilItIs()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Confirm("DOOR_OPEN"));
        bench.At(0.6, () => bench.Confirm("SKIN_TOUCHED"));
        bench.Answers.Enqueue("continue");
        bench.Answers.Enqueue("continue");

        var result = bench.Run(TwoWaves);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions, Has.Count.EqualTo(2), "one fault's acknowledgement is not another's");
        Assert.That(bench.State.At, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public void Acknowledged_AndStillSeen_NothingMovesUntilItIsSeenToBeGone()
    {
        var bench = new Bench(pace) { IsMendedAtOnce = false };
        bench.At(0.5, () => bench.Confirm("DOOR_OPEN"));
        bench.At(20, () => bench.Heal("DOOR_OPEN"));
        bench.Answers.Enqueue("continue");

        var result = bench.Run(TwoWaves);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Resets, Is.EqualTo(["DOOR_OPEN"]).AsCollection);
        Assert.That(bench.Robot.Log.Single(l => l.EndsWith("start root/a#2", StringComparison.Ordinal)), Does.StartWith("20."), "its signals say when, not a person's word");
    }

    [Test]
    public void ComesBackAfterItWasAcknowledged_APersonIsAskedAnew()
    {
        var bench = new Bench(pace);
        bench.Robot.On("d", 1, new(Hangs: true));
        // It keeps the look from moving the arm, which would be broken off and begun anew.
        bench.At(0.4, () => bench.Confirm("GRIPPER_WEAK")).At(0.5, () => bench.Confirm("DOOR_OPEN"));
        // The first answer comes at 1.9 s, and it looks until 2.1 s.
        bench.At(2, () => bench.Confirm("DOOR_OPEN"));
        bench.Answers.Enqueue("continue");
        bench.Answers.Enqueue("continue");

        bench.Run("{id: root, sequence: [{id: d, skill: go, args: {to: there}}]}");

        Assert.That(bench.Questions, Has.Count.EqualTo(2));
        Assert.That(bench.State.At, Is.LessThan(TimeSpan.FromSeconds(10)));
    }
}
