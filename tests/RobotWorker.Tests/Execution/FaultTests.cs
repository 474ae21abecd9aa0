using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class FaultTests(Pace pace)
{
    private const string Grasp = "{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}";

    [Test]
    public void Fault_OfAResourceInUse_StopsWaitsForHealingLooksAndTriesAgain()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, new(Hangs: true));
        bench.At(2, () => bench.Confirm("GRIPPER_WEAK"));
        bench.At(8, () => bench.Heal("GRIPPER_WEAK"));

        var result = bench.Run(Grasp);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Log, Is.EqualTo(
            ["0.0 look", "0.2 start root/grasp#1", "2.0 cancelled root/grasp#1", "2.1 stand still", "8.0 look", "9.2 start root/grasp#2", "10.2 end root/grasp#2", "10.2 look"]).AsCollection,
            "it looks only after healing, and backs off a second");
        Assert.That(result.Report.Recoveries.Single(), Has.Property("Effect").EqualTo(Effect.NotStarted).And.Property("Decision").EqualTo(Decision.Retry));
        var millisecond = pace == Pace.Virtual ? "0" : "[0-9]";
        Assert.That(result.Report.Recoveries.Single().Evidence, Does.Contain("GRIPPER_WEAK")
            .And.Match($@"from 2\.00{millisecond} s to 8\.00{millisecond} s").And.Match($@"empty\(gripper\) true at 8\.20{millisecond} s"));
        Assert.That(result.Report.Faults.Single().HealedAt!.Value.Seconds, bench.IsOnTime(8));
    }

    [Test]
    public void Fault_LinkIsLostWhileItHeals_NobodyIsAskedHoweverLongThatTakes()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, new(Hangs: true));
        bench.At(2, () => bench.Confirm("GRIPPER_WEAK"));
        bench.At(4, bench.Worker.LinkLost);
        bench.At(90, bench.Worker.LinkBack);    // longer than a fault may take to heal
        bench.At(95, () => bench.Heal("GRIPPER_WEAK"));

        var result = bench.Run(Grasp);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions, Is.Empty);
        Assert.That(bench.Robot.Log.SkipWhile(l => !l.Contains("cancelled")).Take(4), Is.EqualTo(
            ["2.0 cancelled root/grasp#1", "2.1 stand still", "90.0 stand still", "95.0 look"]).AsCollection);
    }

    [Test]
    public void Fault_OfAnotherResource_LetsItRun_AndKeepsTheNextFromStarting()
    {
        var bench = new Bench(pace);
        bench.At(0.5, () => bench.Confirm("DRIVE_HOT"));
        bench.At(5, () => bench.Heal("DRIVE_HOT"));

        var result = bench.Run("{id: root, sequence: [{id: wave, skill: wave}, {id: go, skill: go, args: {to: there}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Did, Does.Not.Contain("cancelled root/wave#1"));
        Assert.That(bench.Robot.Log.Single(l => l.Contains("start root/go")), Is.EqualTo("5.2 start root/go#1"));
    }

    [Test]
    public void Fault_WhileALookMovesTheArm_BreaksTheLookOff()
    {
        var bench = new Bench(pace);
        bench.At(0.1, () => bench.Confirm("GRIPPER_WEAK"));
        bench.At(5, () => bench.Heal("GRIPPER_WEAK"));
        var moved = 0.0;
        bench.Robot.MovesArmToLook = () => moved = bench.Robot.Now.Seconds < 5 ? bench.Robot.Now.Seconds : moved;

        var result = bench.Run(Grasp);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(moved, Is.LessThanOrEqualTo(0.1), "no motion while the fault is active");
        Assert.That(bench.Robot.Log[..3], Is.EqualTo(["0.0 look", "0.1 stand still", "5.0 look"]).AsCollection);
    }

    [Test]
    public void Look_AnAttemptUsesTheArm_MustNotMoveIt()
    {
        var bench = new Bench(pace);
        var looks = 0;
        bench.Robot.MovesArmToLook = () => looks++;
        bench.Robot.On("wave", 1, new(Seconds: 5));

        bench.Run("{id: root, parallel: [{id: wave, skill: wave}, {id: s, sequence: [{id: p, skill: peek}, {id: i, if: {condition: {dirty: [cup1]}, then: {id: b, skill: peek}}}]}]}");

        Assert.That(bench.Robot.Log, Has.Some.Contains("look"));
        Assert.That(looks, Is.Zero);
    }

    [Test]
    public void Fault_DoesNotHeal_APersonIsAsked()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, new(Hangs: true));
        bench.At(2, () => bench.Confirm("GRIPPER_WEAK"));
        bench.Answers.Enqueue("continue");

        var result = bench.Run(Grasp);

        Assert.That(bench.Questions.Single().Text, Does.Contain("GRIPPER_WEAK"));
        Assert.That(bench.Resets, Is.EqualTo(["GRIPPER_WEAK"]).AsCollection);
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
    }

    [Test]
    public void Fault_Fatal_StopsEverythingAndAsksAtOnce()
    {
        var bench = new Bench(pace);
        bench.Robot.On("wave", 1, new(Hangs: true));
        bench.At(1, () => bench.Confirm("SKIN_TOUCHED"));
        bench.Answers.Enqueue("abort");

        var result = bench.Run("{id: root, sequence: [{id: wave, skill: wave}]}");

        Assert.That(bench.Robot.Log, Is.EqualTo(["0.0 start root/wave#1", "1.0 cancelled root/wave#1", "1.1 stand still"]).AsCollection);
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Failed));
    }

    [Test]
    public void Fault_DoubtsWhatWasSeen_UntilItIsSeenAfterHealing()
    {
        var bench = new Bench(pace);
        bench.Robot.On("wave", 1, new(Seconds: 10));
        bench.Robot.True.Add("holding(robot, cup1)");
        bench.At(0.5, () => bench.Robot.Tell(Atom.Of("holding", "robot", "cup1")));
        bench.At(1, () => bench.Confirm("GRIPPER_WEAK"));
        var during = true;
        bench.At(2, () => bench.Robot.Tell(Atom.Of("holding", "robot", "cup1")));
        bench.At(2.5, () => during = bench.State.World.Find(Atom.Of("holding", "robot", "cup1"), bench.State.Now) is not null);
        bench.At(4, () => bench.Heal("GRIPPER_WEAK"));

        bench.Run("{id: root, sequence: [{id: wave, skill: wave}]}");

        Assert.That(during, Is.False);
    }

    [Test]
    public void Fault_ComesUpAgainAndAgain_SpendsItsBudgetAndAsks()
    {
        var bench = new Bench(pace);
        var times = 0;
        bench.Robot.Otherwise = _ => new(Hangs: true);
        bench.Robot.Starting = _ =>
        {
            if (++times > 20) Assert.Fail("it never gives up");
            bench.At(0.5, () => bench.Confirm("GRIPPER_WEAK"));
            bench.At(2, () => bench.Heal("GRIPPER_WEAK"));
        };
        bench.Answers.Enqueue("skip");

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}, retry: {attempts: 100, backoff: 0s}}]}");

        Assert.That(times, Is.EqualTo(ExecutionOptions.Default.RecoveriesPerFault + 1));
        Assert.That(result.Report.Recoveries[^2].Evidence, Does.Contain("recoveries from GRIPPER_WEAK are spent"));
    }
}
