using RobotWorker.Execution.Core;
using RobotWorker.Integration.Ros1;
using RobotWorker.Integration.Runs;
using RobotWorker.Recording.Journals;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>
/// The worker's process is killed while its robot drives. On ROS 1 the goal's id is on the wire, and the next process takes it up: the robot never stops. Over rosbridge
/// nobody can tell whose goal runs, and the robot is stopped and looked at.
/// </summary>
[TestFixture]
[Platform("Linux,MacOSX")]
public sealed class TakeUpTests
{
    private const string Drive = "- {id: there, skill: navigate_to, args: {place: bin_side}, retry: {attempts: 6}}";

    // The worker is silent while its next process starts; that alone shall not stop the robot.
    private static readonly Sim.Node.SilenceOptions Silence = new(TimeSpan.FromSeconds(20), Sim.Node.SilenceReaction.Stop);

    [Test]
    [CancelAfter(120_000)]
    public void KilledWhileDriving_OnRos1_TheDriveGoesOn()
    {
        using var master = RosMaster.Start();
        var events = Killed(master);
        var after = events.SkipWhile(e => e is not Event.ProcessRestarted).ToList();

        Assert.That(after.TakeWhile(e => e is not Event.AttemptEnded), Has.None.InstanceOf<Event.StoodStill>(), Story(events));
        Assert.That(events.OfType<Event.AttemptEnded>().Select(e => (e.Path, e.Number)), Is.EqualTo([("root/there", 1)]).AsCollection, Story(events));
        Assert.That(events.OfType<Event.GoalChanged>().Where(e => e.Note.Actuator == "base").Select(e => e.Note.Goal).Distinct().Count(), Is.EqualTo(1), Story(events));
    }

    [Test]
    [CancelAfter(120_000)]
    public void KilledWhileDriving_OverRosbridge_TheRobotIsStoppedAndLookedAt()
    {
        var events = Killed(null);
        var after = events.SkipWhile(e => e is not Event.ProcessRestarted).ToList();

        Assert.That(after.OfType<Event.StoodStill>().First().Still, Is.True, Story(events));
        // It may have arrived before it was stopped: that is seen, too.
        var stood = after.FindIndex(e => e is Event.StoodStill);
        Assert.That(after.FindIndex(e => e is Event.Looked), Is.GreaterThan(stood), Story(events));
    }

    private static IReadOnlyList<Event> Killed(RosMaster? master)
    {
        Simulator.Require();
        var folder = Path.Combine(Runs.Story.Folder, "take-up", TestContext.CurrentContext.Test.Name);
        Directory.CreateDirectory(folder);
        var plan = PlanFile.Write(folder, "drive", Drive);
        var job = WiredRun.Read(plan);
        var (journal, answers) = (Path.Combine(folder, "robot.journal"), Path.Combine(folder, "answers"));
        File.WriteAllText(answers, "");
        using var robot = new ServedRobot(new(job.Scene, job.Robot), new(1, WallClock.Real) { Master = master?.Uri, Silence = Silence });
        using (var first = LiveCommand.Start("run", plan, "--robot", robot.Address, "--id", "it", "--journal", journal, "--output", folder, "--plain", "--answers", answers))
        {
            first.WaitFor("there", "RUNNING");
            for (var tries = 0; robot.Speed < 0.3 && tries < 3000; tries++) Thread.Sleep(5);
            Assert.That(robot.Speed, Is.GreaterThan(0.2), "it drives");
            first.Kill();
        }
        using var second = LiveCommand.Start("episode", "resume", "it", "--journal", journal, "--plain", "--answers", answers);
        var end = second.End();
        using var read = RobotJournal.OpenToRead(journal);
        var events = read.EventsOf(read.Find("it")!);
        Assert.That(end.ExitCode, Is.Zero, $"{end.Output}{end.Errors}\n{Story(events)}");
        return events;
    }

    private static string Story(IReadOnlyList<Event> events) => string.Join('\n', events.Where(e => e is not (Event.FactObserved or Event.TimerDue)));
}
