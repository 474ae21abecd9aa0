using RobotWorker.Execution.Core;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Video;
using RobotWorker.Integration.Lines;
using RobotWorker.Recovery;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Sensors;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Integration.Runs;

/// <summary>A person takes an object while the robot is on its way to it: it looks before it reaches, finds nothing there, and says so.</summary>
[TestFixture]
public sealed class TakenObjectTests
{
    private const string Fetch = """
        - {id: see, skill: look, args: {at: table}}
        - {id: go, skill: navigate_to, args: {place: table_side}}
        - {id: grasp, skill: pick, args: {object: cup_red}}
        """;

    [Test]
    public void TakenOnTheWay_TheArmDoesNotReach_AndAPersonHearsWhatWasSeen()
    {
        Simulator.Require();
        var folder = Path.Combine(Story.Folder, "taken");
        var job = WiredRun.Read(PlanFile.Write(folder, "fetch", Fetch)) with { Faults = [new ObjectTaken(new FaultTrigger { After = TimeSpan.FromSeconds(4) }, "cup_red")] };

        var run = new EpisodeRun(job, new(1, Pace.Virtual, folder, VideoMode.None, []) { Detector = DetectorNoise.None }, _ => new AnswersPerson([], _ => { }), new()).Run();

        var story = WiredRun.Story(run);
        Assert.That(run.Report.Outcome, Is.EqualTo(Episodes.EpisodeOutcome.NeedsPerson), story);
        Assert.That(run.Events.OfType<Event.GoalChanged>().Where(e => e.Note is { Path: "root/grasp", Actuator: "arm" or "gripper" }), Is.Empty, story);
        Assert.That(run.Report.Recoveries[0].Evidence, Does.StartWith("PRECONDITION").And.Contain("located(cup_red) false").And.Contain("not where it was believed to be"), story);
        Assert.That(run.Report.Recoveries.Select(r => r.Decision), Does.Contain(Decision.Ask), story);
        Assert.That(run.State.World.WhereIs("cup_red"), Is.Null, "nobody believes any more that it is there");
    }
}
