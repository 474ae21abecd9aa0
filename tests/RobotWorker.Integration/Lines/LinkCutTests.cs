using RobotWorker.Episodes;
using RobotWorker.Integration.Ros1;
using RobotWorker.Integration.Runs;
using RobotWorker.Ros.Wire.Faults;
using RobotWorker.Sim.Node;
using RobotWorker.Skills.Profile;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Lines;

/// <summary>
/// The link to the robot fails at random moments, several times a run, by the faults of the wire that anybody can inject. No step ends with a wrong outcome, the robot does what its
/// profile says of silence (measured at its wheels and joints), and when the link is back, what it was doing is found by looking.
/// </summary>
[TestFixture]
public sealed class LinkCutTests
{
    // As fast as two processors keep up with: later, a busy machine's pauses are outages of their own.
    private const string Steps = PatientSteps.PickAndPlace + "\n" + """
        - {id: away, skill: navigate_to, args: {place: bin_side}, retry: {attempts: 6}}
        - {id: across, skill: navigate_to, args: {place: shelf_side}, retry: {attempts: 6}}
        - {id: back, skill: navigate_to, args: {place: table_side}, retry: {attempts: 6}}
        - {id: out, skill: navigate_to, args: {place: bin_side}, retry: {attempts: 6}}
        - {id: over, skill: navigate_to, args: {place: shelf_side}, retry: {attempts: 6}}
        - {id: home, skill: navigate_to, args: {place: table_side}, retry: {attempts: 6}}
        """;

    [Test]
    [CancelAfter(240_000)]
    public void Run_LinkFailsInEachWayAsDrivesBegin_GoesOnAndEndsRight() => EachWay(overRos1: false);

    [Test]
    [Category("Slow")]
    [CancelAfter(240_000)]
    public void Run_LinkFailsInEachWayAsDrivesBeginOnRos1_GoesOnAndEndsRight() => EachWay(overRos1: true);

    // Five times a run: more than the recoveries that one fault may cost end with a person. One seed in five is on a ROS 1 graph.
    [Test]
    [Category("Slow")]
    [CancelAfter(900_000)]
    public void Bar_LinkCutAtFiftyRandomMoments_WhatTheRobotWasDoingIsFoundByLooking([Range(1, 10)] int seed, [Values(1, 30)] int seconds) => Run(
        (100 * seconds) + seed, Moments.Random, 5, seed % 2 == 0 ? [WireFaultKind.Cut, WireFaultKind.Stall] : [WireFaultKind.Stall, WireFaultKind.Cut], seconds,
        (seed % 3) switch { 0 => OnSilence.Continue, 1 => OnSilence.Stop, _ => OnSilence.Park }, overRos1: seed % 5 == 0);

    [Test]
    [Category("Slow")]
    [CancelAfter(600_000)]
    public void Run_LinkFailsAsDrivesBegin_GoesOnAndEndsRight([Range(1, 10)] int seed) => Run(
        seed, Moments.AsDrivesBegin, 5, [WireFaultKind.Cut, WireFaultKind.HalfOpen, WireFaultKind.Stall], seconds: 3,
        (seed % 3) switch { 0 => OnSilence.Continue, 1 => OnSilence.Stop, _ => OnSilence.Park });

    private static void EachWay(bool overRos1) =>
        Run(1, Moments.AsDrivesBegin, 3, [WireFaultKind.HalfOpen, WireFaultKind.Cut, WireFaultKind.Stall], seconds: 3, OnSilence.Stop, overRos1);

    private static void Run(int seed, Moments moments, int count, WireFaultKind[] kinds, double seconds, OnSilence does, bool overRos1 = false)
    {
        Simulator.Require();
        var folder = Path.Combine(Story.Folder, "cuts", $"{seed}-{moments}-{seconds}");
        var job = WiredRun.Read(PlanFile.Write(folder, "errand", TimeSpan.FromMinutes(15), Steps));
        var reaction = new SilenceOptions(TimeSpan.FromSeconds(1), (SilenceReaction)(int)does);
        using var master = overRos1 ? RosMaster.Start() : null;
        var pace = new OutagePace(overRos1);
        using var robot = new ServedRobot(
            new(job.Scene, job.Robot), new((ulong)seed, pace.Clock()) { Master = master?.Uri, IsWireFaulty = true, Silence = reaction });
        using var outages = new Outages(robot, new(seed), moments, count, kinds, TimeSpan.FromSeconds(seconds), pause: 7).Begin();

        var run = WiredRun.Over(
            robot.Address, job, (ulong)seed, folder, pace.Clock(), silence: new(reaction.After, does, reaction.Posture), begins: run => pace.Keep(run, robot, outages));

        pace.LetGo();
        outages.Dispose();
        var silences = robot.Silences;
        var (missed, assumed) = LookedFirst.Of(run, job.Plan);
        var story = $"seed {seed}, {moments}, {(overRos1 ? "ROS 1" : "rosbridge")}, on silence '{does}'\n{string.Join('\n', outages.Told)}\n{string.Join('\n', silences)}\n{WiredRun.Story(run)}";
        TestContext.Out.WriteLine(story);
        story += $"\n{WiredRun.Happened(run)}";
        Assert.That(assumed, Is.Empty, story);
        Assert.That(Invariants.Broken(run, job.Plan), Is.Empty, story);
        Assert.That(silences.Where(silence => !silence.IsRight(reaction.Does)), Is.Empty, story);
        // A robot that parks by itself sees nothing, and may hit the shelf that it was reaching into: then a person is asked, and nothing more can be demanded.
        if (does == OnSilence.Park && run.Report is { Outcome: EpisodeOutcome.NeedsPerson } asks && asks.Faults.Any(f => f is { Code: "ARM_COLLISION" or "BUMPER", HealedAt: null })) return;
        Assert.That(outages.Told, Has.Count.EqualTo(count), story);
        Assert.That(run.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), story);
        // While nothing is heard the robot's clock stands, for its worker.
        Assert.That(robot.Faults.Where(f => !missed.Any(at => at.Seconds > f.StartSeconds - 0.5 && at.Seconds < f.EndSeconds + 1)), Is.Empty, () => $"not missed\n{story}");
        // The last effects must hold in truth; those before them are undone by the plan itself.
        Assert.That(robot.Holds(new World.Condition.Holds(World.Atom.Of("on", "cup_red", "shelf"))), Is.True, story);
        Assert.That(robot.Holds(new World.Condition.Holds(World.Atom.Of("at", "robot", "table_side"))), Is.True, story);
        Assert.That(robot.Holdings.Count(h => h is { Object: "cup_red", WasLetGo: true }), Is.EqualTo(1), () => $"placed twice\n{story}");
        if (moments == Moments.Random) return;
        Assert.That(silences.Count(silence => silence.InMotion), Is.GreaterThan(0), $"no silence fell into a motion: nothing was shown\n{story}");
        if (does == OnSilence.Continue) Assert.That(silences.Count(silence => silence.GoesOn), Is.GreaterThan(0), story);
    }
}
