using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Time;

namespace RobotWorker.Tests.Execution;

/// <summary>A person was asked and did not answer: the robot is parked where that can be done, and stands still where it cannot.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class ParkTests(Pace pace)
{
    private const string Pour = "{id: root, sequence: [{id: p, skill: pour, args: {object: cup1}}, {id: a, skill: wave}]}";
    private const string Long = "limits: {deadline: 2000s}";

    private static readonly WorkerSetup Setup = Kitchen.Setup with { Park = Kitchen.Plan("{id: home, sequence: [{id: dock, skill: go, args: {to: there}}]}", "limits: {deadline: 60s}") };

    [Test]
    public void NobodyAnswers_TheRobotIsParked()
    {
        var bench = Asking();

        var result = bench.Run(Pour, Long);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.NeedsPerson));
        Assert.That(result.Report.Reason, Is.EqualTo("nobody answered; the robot was parked"));
        Assert.That(bench.Robot.Did.TakeLast(3), Is.EqualTo(["end park/home/dock#1", "look", "stand still"]).AsCollection);
        Assert.That(bench.Robot.True, Does.Contain("at(robot, there)"));
        Assert.That(bench.Robot.Attempts.Select(a => a.Path), Has.None.EqualTo("root/a"));
    }

    [Test]
    public void ParkingFails_ItStandsStill_AndNobodyIsAskedAgain()
    {
        var bench = Asking();
        bench.Robot.Otherwise = attempt => attempt.Skill == "go" ? Behaviour.Fails("NO_PATH") : new();

        var result = bench.Run(Pour, Long);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.NeedsPerson));
        Assert.That(result.Report.Reason, Does.StartWith("nobody answered; it could not be parked"));
        Assert.That(bench.Questions, Has.Count.EqualTo(1));
    }

    [Test]
    public void ParkingTakesTooLong_Ends()
    {
        var bench = Asking();
        bench.Robot.Otherwise = attempt => attempt.Skill == "go" ? Behaviour.Fails("SLOW") with { Seconds = 19 } : new();

        var result = bench.Run(Pour, Long);

        Assert.That(result.Report.Reason, Does.StartWith("nobody answered; it could not be parked"));
        Assert.That(bench.Robot.Attempts.Count(a => a.Skill == "go"), Is.LessThanOrEqualTo(4));
    }

    [Test]
    public void AFaultForbidsTheWay_ItStandsStill()
    {
        var bench = Asking();
        bench.At(5, () => bench.Confirm("DRIVE_HOT"));

        var result = bench.Run(Pour, Long);

        Assert.That(result.Report.Reason, Is.EqualTo("nobody answered"));
        Assert.That(bench.Robot.Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public void TheProtectiveStopIsNeededWhileItParks_EndsThere()
    {
        var bench = Asking();
        bench.Robot.Otherwise = attempt => attempt.Skill == "go" ? new(Deaf: true) : new();

        var result = bench.Run(Pour, Long);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.NeedsPerson));
        Assert.That(bench.Robot.Did, Has.Some.EqualTo("protective stop"));
        Assert.That(bench.Questions, Has.Count.EqualTo(1));
    }

    [Test]
    public void SomebodyTakesItWhileItParks_AndGivesItBack_EndsThere()
    {
        var bench = Asking();
        bench.Robot.Otherwise = attempt => attempt.Skill == "go" ? new(Hangs: true) : new();
        bench.Robot.Starting = attempt =>
        {
            if (attempt.Path == "park/home/dock") bench.At(1, () => bench.Worker.ModeChanged(RobotWorker.Execution.OperatingMode.Manual, "a person")).At(2, () => bench.Worker.ModeChanged(RobotWorker.Execution.OperatingMode.Automatic, "a person"));
        };

        var result = bench.Run(Pour, Long);

        Assert.That(result.Report.Reason, Does.StartWith("nobody answered; it could not be parked"));
    }

    [Test]
    public void TheProtectiveStopWasNeeded_NothingMoves()
    {
        var bench = new Bench(pace, Setup);
        bench.Robot.On("p", 1, new(Deaf: true));
        bench.At(0.5, bench.Worker.Pause);
        bench.At(1, bench.Worker.Resume);

        var result = bench.Run(Pour, Long);

        Assert.That(result.Report.Reason, Is.EqualTo("nobody answered"));
        Assert.That(bench.Robot.Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public void AFaultThatForbidsNothingNeedsAPerson_ItStandsStill()
    {
        var bench = Asking();
        bench.At(5, () => bench.Confirm("DOOR_OPEN"));

        var result = bench.Run(Pour, Long);

        Assert.That(result.Report.Reason, Is.EqualTo("nobody answered"));
    }

    [Test]
    public void TheBreakerOfWhatItNeedsIsOpen_ItStandsStill()
    {
        var bench = new Bench(pace, Setup);
        bench.Robot.TellsGoals = true;
        bench.Robot.Otherwise = _ => Behaviour.Fails("STUCK");

        var result = bench.Run("{id: root, sequence: [{id: d, skill: go, args: {to: there}, retry: {attempts: 9}}]}", Long);

        Assert.That(result.Report.Reason, Is.EqualTo("nobody answered"));
        Assert.That(bench.Robot.Attempts, Has.Count.EqualTo(5));
    }

    [Test]
    public void ParkingWaitsTooLong_Ends()
    {
        var bench = new Bench(pace, Kitchen.Setup with { Park = Kitchen.Plan("{id: home, sequence: [{id: w, wait: {for: {clean: [table]}, deadline: 500s}}]}", "limits: {deadline: 60s}") });
        bench.Robot.On("p", 1, new(Reported: RobotWorker.Execution.Outcome.Unknown, Code: "LOST", Then: r => r.Hidden.UnionWith(["poured", "full", "half"])));

        var result = bench.Run(Pour, Long);

        Assert.That(result.Report.Reason, Is.EqualTo("nobody answered; it could not be parked (it took too long)"));
    }

    [Test]
    public void TheGoalIsNotSeen_AndNobodyAnswers_TheRobotIsParked()
    {
        var bench = new Bench(pace, Setup);
        bench.Robot.Hidden.Add("clean");

        var result = bench.Run("{id: root, sequence: [{id: a, skill: wave}]}", "goal: {clean: [table]}\nlimits: {deadline: 2000s}");

        Assert.That(result.Report.Reason, Is.EqualTo("the goal was not seen to hold, and nobody answered; the robot was parked"));
    }

    private Bench Asking()
    {
        var bench = new Bench(pace, Setup);
        bench.Robot.On("p", 1, new(Reported: RobotWorker.Execution.Outcome.Unknown, Code: "LOST", Then: r => r.Hidden.UnionWith(["poured", "full", "half"])));
        return bench;
    }
}
