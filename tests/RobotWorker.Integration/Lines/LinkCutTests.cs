using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Generation.Runs;
using RobotWorker.Integration.Runs;
using RobotWorker.Ros.Codecs;
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
        - {id: away, skill: navigate_to, args: {place: bin_side}, retry: {attempts: 6}}
        - {id: across, skill: navigate_to, args: {place: shelf_side}, retry: {attempts: 6}}
        - {id: back, skill: navigate_to, args: {place: table_side}, retry: {attempts: 6}}
        """;

    private const string Round = """

        - {id: out, skill: navigate_to, args: {place: bin_side}, retry: {attempts: 6}}
        - {id: over, skill: navigate_to, args: {place: shelf_side}, retry: {attempts: 6}}
        - {id: home, skill: navigate_to, args: {place: table_side}, retry: {attempts: 6}}
        """;

    /// <summary>When the line is cut. Five times a run at most: more than the recoveries that one fault may cost end with a person.</summary>
    public enum Moments
    {
        Random,

        /// <summary>As a drive begins, so that the silence falls into it.</summary>
        AsDrivesBegin,

        /// <summary>The one and the other in turn.</summary>
        Both,
    }

    [Test]
    [CancelAfter(240_000)]
    public void Run_LinkCutInMotion_GoesOnAndEndsRight() => Run(1, Moments.Both, cuts: 3, OnSilence.Stop);

    [Test]
    [Category("Slow")]
    [CancelAfter(600_000)]
    public void Run_LinkCutAtFiftyMoments_GoesOnAndEndsRight([Range(1, 10)] int seed, [Values(Moments.Random, Moments.AsDrivesBegin)] Moments moments) =>
        Run(100 + seed, moments, cuts: 5, (seed % 3) switch { 0 => OnSilence.Continue, 1 => OnSilence.Stop, _ => OnSilence.Park });

    private static void Run(int seed, Moments moments, int cuts, OnSilence does)
    {
        var folder = Path.Combine(Story.Folder, "cuts", $"{seed}-{moments}");
        var job = WiredRun.Read(PlanFile.Write(folder, "errand", cuts > 3 ? Steps + Round : Steps));
        var reaction = new SilenceOptions(TimeSpan.FromSeconds(1), (SilenceReaction)(int)does);
        using var robot = new ServedRobot(new(job.Scene, job.Robot), new((ulong)seed, WallClock.Real) { Detector = DetectorNoise.None, Silence = reaction });
        using var line = new CutProxy(robot.Endpoint);
        var told = new List<string>();
        var over = new ManualResetEventSlim(false);
        var cutter = new Thread(() => Cut(new(seed), moments, cuts, robot, line, over, told)) { IsBackground = true };
        cutter.Start();

        var run = WiredRun.Over(
            $"ws://127.0.0.1:{line.Port}", job, (ulong)seed, folder, WallClock.Real, RosDialect.Ros2, new(reaction.After, does, reaction.Posture));

        over.Set();
        cutter.Join();
        var silences = robot.Silences;
        var story = $"seed {seed}, {moments}, on silence '{does}'\n{string.Join('\n', told)}\n{string.Join('\n', silences)}\n{WiredRun.Story(run)}";
        TestContext.Out.WriteLine(story);
        Assert.That(told, Has.Count.EqualTo(cuts), story);
        Assert.That(run.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), story);
        Assert.That(Invariants.Broken(run, job.Plan), Is.Empty, story);
        // The last effects must hold in truth; those before them are undone by the plan itself.
        Assert.That(robot.Holds(new World.Condition.Holds(World.Atom.Of("on", "cup_red", "shelf"))), Is.True, story);
        Assert.That(robot.Holds(new World.Condition.Holds(World.Atom.Of("at", "robot", "table_side"))), Is.True, story);
        Assert.That(run.Events.OfType<Event.LinkLost>().Count(), Is.EqualTo(run.Events.OfType<Event.LinkBack>().Count()), story);
        Assert.That(silences.Where(silence => !silence.IsRight(reaction.Does)), Is.Empty, story);
        if (moments == Moments.Random) return;
        Assert.That(silences.Count(silence => silence.InMotion), Is.GreaterThan(0), $"no silence fell into a motion: nothing was shown\n{story}");
        if (does == OnSilence.Continue) Assert.That(silences.Count(silence => silence.GoesOn), Is.GreaterThan(0), story);
    }

    private static void Cut(Random chance, Moments moments, int cuts, ServedRobot robot, CutProxy line, ManualResetEventSlim over, List<string> told)
    {
        const double Stands = 0.05, Drives = 0.3;
        for (var i = 0; i < cuts; i++)
        {
            if (over.Wait(TimeSpan.FromSeconds(1 + (3 * chance.NextDouble())))) return;
            var begins = moments == Moments.AsDrivesBegin || (moments == Moments.Both && i % 2 == 0);
            if (begins && !(Until(() => robot.Speed < Stands, over) && Until(() => robot.Speed > Drives, over))) return;
            var how = (Cut)chance.Next(3);
            var time = how == Lines.Cut.Silent ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(1.5 + (2 * chance.NextDouble()));
            told.Add($"{robot.Now}: {how} for {time.TotalSeconds:0.0} s at {robot.Speed:0.00} m/s");
            line.Fail(how, time);
        }
    }

    private static bool Until(Func<bool> holds, ManualResetEventSlim over)
    {
        while (!holds())
            if (over.Wait(5)) return false;
        return true;
    }
}
