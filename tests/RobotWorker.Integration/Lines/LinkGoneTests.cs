using RobotWorker.Episodes;
using RobotWorker.Integration.Ros1;
using RobotWorker.Integration.Runs;
using RobotWorker.Ros.Wire.Faults;
using RobotWorker.Sim.Node;
using RobotWorker.Skills.Profile;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Lines;

/// <summary>The link to the robot is cut for good: the episode ends by its deadline and says why, nothing is claimed that nobody saw, and the robot has stopped by itself.</summary>
[TestFixture]
public sealed class LinkGoneTests
{
    private const double LatestSeconds = 33;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(50);

    private const string Steps = PatientSteps.PickAndPlace + "\n" + """
        - {id: away, skill: navigate_to, args: {place: bin_side}, retry: {attempts: 6}}
        - {id: home, skill: navigate_to, args: {place: table_side}, retry: {attempts: 6}}
        - {id: out, skill: navigate_to, args: {place: bin_side}, retry: {attempts: 6}}
        - {id: over, skill: navigate_to, args: {place: shelf_side}, retry: {attempts: 6}}
        """;

    [Test]
    [CancelAfter(120_000)]
    public void Run_LinkIsCutForGood_EndsAndSaysWhy() => Run(1, WireFaultKind.Cut);

    [Test]
    [Category("Slow")]
    [CancelAfter(120_000)]
    public void Bar_LinkCutForGoodAtARandomMoment_EndsAndSaysWhy([Range(1, 50)] int seed) =>
        Run(200 + seed, seed % 2 == 0 ? WireFaultKind.Cut : WireFaultKind.Stall, overRos1: seed % 7 == 0);

    private static void Run(int seed, WireFaultKind kind, bool overRos1 = false)
    {
        Simulator.Require();
        var folder = Path.Combine(Story.Folder, "gone", $"{seed}");
        var job = WiredRun.Read(PlanFile.Write(folder, "errand", Deadline, Steps));
        using var master = overRos1 ? RosMaster.Start() : null;
        var pace = new OutagePace(overRos1);
        using var robot = new ServedRobot(new(job.Scene, job.Robot), new((ulong)seed, pace.Clock()) { Master = master?.Uri, IsWireFaulty = true });
        using var outages = new Outages(robot, new(seed), Moments.Random, 1, [kind], lasting: null, LatestSeconds).Begin();

        var run = WiredRun.Over(robot.Address, job, (ulong)seed, folder, pace.Clock(), silence: SilencePolicy.Standard, begins: run => pace.Keep(run, robot, outages));

        pace.LetGo();
        outages.Dispose();
        var silences = robot.Silences;
        var (missed, assumed) = LookedFirst.Of(run, job.Plan);
        var story = $"seed {seed}, {(overRos1 ? "ROS 1" : "rosbridge")}\n{string.Join('\n', outages.Told)}\n{string.Join('\n', silences)}\n{WiredRun.Story(run)}";
        TestContext.Out.WriteLine(story);
        story += $"\n{WiredRun.Happened(run)}";
        Assert.That(outages.Told, Has.Count.EqualTo(1), story);
        Assert.That(run.Report.Outcome, Is.EqualTo(EpisodeOutcome.Failed).Or.EqualTo(EpisodeOutcome.NeedsPerson), story);
        Assert.That(run.Report.Reason, Does.Contain("link is down").Or.Contain("_SILENT").Or.Contain("still"), story);
        Assert.That(missed, Is.Not.Empty, story);
        Assert.That(assumed, Is.Empty, story);
        Assert.That(Invariants.Broken(run, job.Plan), Is.Empty, story);
        Assert.That(robot.Speed, Is.LessThan(0.02), story);
        Assert.That(silences.Where(silence => !silence.IsRight(SilenceReaction.Stop)), Is.Empty, story);
    }
}
