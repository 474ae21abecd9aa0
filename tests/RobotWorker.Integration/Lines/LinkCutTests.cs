using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Generation.Runs;
using RobotWorker.Integration.Runs;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Sensors;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>
/// The line to the robot fails at random moments, several times a run: the server is killed, the connection is half-open, two seconds of silence. No step ends with a
/// wrong outcome, the robot does what its profile says of silence (measured at its wheels and joints), and the run goes on after the line is back.
/// </summary>
[TestFixture]
public sealed class LinkCutTests
{
    // At the wall's own pace: cuts are real time.
    private const string Steps = """
        - {id: go, skill: navigate_to, args: {place: table_side}, retry: {attempts: 6}}
        - {id: grasp, skill: pick, args: {object: cup_red}, retry: {attempts: 6}}
        - {id: carry, skill: navigate_to, args: {place: shelf_side}, retry: {attempts: 6}}
        - {id: put, skill: place, args: {object: cup_red, target: shelf}, retry: {attempts: 6}}
        - {id: back, skill: navigate_to, args: {place: table_side}, retry: {attempts: 6}}
        """;

    // Cuts are real time, and on a busy machine so is everything else: it has failed there, and why is not known yet.
    [Test]
    [Category("Slow")]
    [CancelAfter(240_000)]
    public void Run_LinkCutInMotion_GoesOnAndEndsRight([Values(1)] int seed) => Run(seed, cuts: 3, OnSilence.Stop);

    [Test]
    [Category("Slow")]
    [CancelAfter(900_000)]
    public void Run_LinkCutAtFiftyMoments_GoesOnAndEndsRight([Range(1, 10)] int seed) =>
        Run(100 + seed, cuts: 5, (seed % 3) switch { 0 => OnSilence.Continue, 1 => OnSilence.Stop, _ => OnSilence.Park });

    private static void Run(int seed, int cuts, OnSilence does)
    {
        var folder = Path.Combine(Story.Folder, "cuts", $"{seed}");
        var job = WiredRun.Read(PlanFile.Write(folder, "errand", Steps));
        var after = TimeSpan.FromSeconds(1);
        using var robot = new ServedRobot(
            new(job.Scene, job.Robot), new((ulong)seed, WallClock.Real) { Detector = DetectorNoise.None, Silence = new(after, (SilenceReaction)(int)does) });
        using var line = new CutProxy(robot.Endpoint);
        var chance = new Random(seed);
        var told = new List<string>();
        var over = new ManualResetEventSlim(false);
        var cutter = new Thread(() =>
        {
            for (var i = 0; i < cuts; i++)
            {
                // The errand takes some 45 seconds: the first cuts come in its first half, whatever became of the ones before.
                if (over.Wait(TimeSpan.FromSeconds(4 + (4 * chance.NextDouble())))) return;
                var how = (Cut)chance.Next(3);
                var time = how == Cut.Silent ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(1.5 + (2 * chance.NextDouble()));
                told.Add($"{robot.Now}: {how} for {time.TotalSeconds:0.0} s");
                TestContext.Progress.WriteLine($"seed {seed}, {told[^1]}");
                line.Fail(how, time);
            }
        }) { IsBackground = true };
        cutter.Start();

        var run = WiredRun.Over($"ws://127.0.0.1:{line.Port}", job, (ulong)seed, folder, WallClock.Real, RobotWorker.Ros.Codecs.RosDialect.Ros2, new(after, does, "carry"));

        over.Set();
        cutter.Join();
        var story = $"{string.Join('\n', told)}\n{WiredRun.Story(run)}";
        Assert.That(told, Has.Count.EqualTo(cuts), story);
        Assert.That(run.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), story);
        Assert.That(run.Report.Steps.Where(s => s.State == StepStatus.Finished).Select(s => s.Observed), Is.All.EqualTo(Outcome.Succeeded), story);
        // The last two steps' effects must hold in truth; those before them are undone by the plan itself.
        Assert.That(robot.Holds(new World.Condition.Holds(World.Atom.Of("on", "cup_red", "shelf"))), Is.True, story);
        Assert.That(robot.Holds(new World.Condition.Holds(World.Atom.Of("at", "robot", "table_side"))), Is.True, story);
        Assert.That(run.Events.OfType<Event.LinkLost>().Count(), Is.EqualTo(run.Events.OfType<Event.LinkBack>().Count()), story);
        Assert.That(robot.Silences.Wrong, Is.Empty, story);
        TestContext.Out.WriteLine(
            $"seed {seed}: {cuts} cuts, {run.Events.OfType<Event.LinkLost>().Count()} noticed as lost links, {robot.Silences.Long} silences that called for '{does}', "
            + $"{robot.Silences.InMotion} of them in motion; fastest after braking {robot.Silences.Greatest.Base:0.000} m/s, {robot.Silences.Greatest.Joint:0.000} rad/s");
    }
}
