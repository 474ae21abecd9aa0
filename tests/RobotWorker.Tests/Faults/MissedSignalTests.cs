using RobotWorker.Diagnostics;
using RobotWorker.Faults;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Tests.Faults;

/// <summary>A signal that is to be heard only while something else is so.</summary>
public sealed class MissedSignalTests
{
    private const string Text = """
        faults: robotworker/v1
        catalogue:
          X:
            component: server
            level: critical
            heal: 1s
            detect:
            - {silent: a.feedback, after: 1s, when: {signal: a.running, above: 0.5}}
        """;

    [Test]
    public void NotMissed_WhileNothingRuns() => Run(async (robot, notes) =>
    {
        robot.Tell("a.feedback", 1);
        robot.Tell("a.running", 0);
        await robot.Wait(10);

        Assert.That(notes, Is.Empty);
    });

    [Test]
    public void Missed_FromWhenItRuns_AndHealsWhenItIsHeardAgain() => Run(async (robot, notes) =>
    {
        robot.Tell("a.feedback", 1);
        robot.Tell("a.running", 0);
        await robot.Wait(5);
        robot.Tell("a.running", 1);
        await robot.Wait(2.5);
        Assert.That(notes.Select(n => (n.Stage, n.At.Seconds)), Is.EqualTo([(FaultStage.Confirmed, 6.0)]).Using<(FaultStage S, double At)>((x, y) => x.S == y.S && Math.Abs(x.At - y.At) < 1.01), "within its time, and once more");

        for (var i = 0; i < 20; i++)
        {
            robot.Tell("a.feedback", 1);
            await robot.Wait(0.1);
        }
        Assert.That(notes[^1].Stage, Is.EqualTo(FaultStage.Cleared));
    });

    [Test]
    public void Missed_AndThenNothingRunsAnyMore_Heals_AndTheNextIsMissedAgain() => Run(async (robot, notes) =>
    {
        robot.Tell("a.feedback", 1);
        robot.Tell("a.running", 1);
        await robot.Wait(1.5);
        Assert.That(notes[^1].Stage, Is.EqualTo(FaultStage.Confirmed));

        await NothingRuns(0.7);
        robot.Tell("a.running", 1);
        await robot.Wait(0.1);
        await NothingRuns(0.7);
        Assert.That(notes[^1].Stage, Is.EqualTo(FaultStage.Confirmed), "not for long enough on end");
        await NothingRuns(0.7);
        Assert.That(notes[^1].Stage, Is.EqualTo(FaultStage.Cleared));

        robot.Tell("a.running", 1);
        await robot.Wait(2.1);
        Assert.That(notes[^1].Stage, Is.EqualTo(FaultStage.Confirmed));

        async Task NothingRuns(double seconds)
        {
            for (var i = 0.0; i < seconds; i += 0.1)
            {
                robot.Tell("a.running", 0);
                await robot.Wait(0.1);
            }
        }
    });

    private static void Run(Func<Robot, List<FaultNote>, Task> test)
    {
        var bag = new DiagnosticBag();
        var catalogue = FaultCatalogueReader.Read(Text, "f.yaml", bag);
        Assert.That(bag.All, Is.Empty);
        var notes = new List<FaultNote>();
        var loop = new EpisodeLoop(Pace.Virtual);
        using var monitor = new FaultMonitor(catalogue!, loop.Time, NoFaultListener.Instance, notes.Add);
        loop.Run(() => test(new(monitor, loop), notes));
    }

    private sealed class Robot(FaultMonitor monitor, EpisodeLoop loop)
    {
        public void Tell(string signal, double value) => monitor.Take(new(signal, value, RobotTime.FromSeconds(loop.Elapsed.TotalSeconds)));

        public Task Wait(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), loop.Time);
    }
}
