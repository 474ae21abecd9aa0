using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Generation.Runs;
using RobotWorker.Testing;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Integration.Runs;

/// <summary>Ctrl-C and SIGTERM in mid-motion: the robot stops first, then the episode is closed whole.</summary>
[TestFixture]
[Platform("Linux,MacOSX")]
public sealed class StopTests
{
    private const int Stopped = 130;

    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(0.3);

    [TestCase("INT", "wall", "go_to_red")]
    [TestCase("TERM", "wall", "go_to_red")]
    [TestCase("INT", "virtual", "carry_red")]
    [TestCase("TERM", "virtual", "pick_red")]
    [CancelAfter(120_000)]
    public async Task Stop_InMidMotion_RobotStopsFirstAndTheEpisodeIsClosedWhole(string signal, string pace, string step)
    {
        var folder = Path.Combine(Story.Folder, $"stop-{signal}-{pace}");
        using var command = LiveCommand.Start("run", Repository.PathOf(Story.Task), "--plain", "--video", "none", "--pace", pace, "--output", folder);
        command.WaitFor(step, "RUNNING");
        // The drive takes 3.3 s on the robot's clock, which lags behind the wall's while a busy machine compiles the code.
        await Task.Delay(TimeSpan.FromMilliseconds(pace == "wall" ? 2000 : 50), TimeProvider.System);
        command.Send(signal);
        var result = command.End();

        Assert.That(result.ExitCode, Is.EqualTo(Stopped), result.Errors + result.Output);
        Assert.That(result.Errors, Does.Contain("Stopping: the robot first."));
        Assert.That(Directory.GetFiles(folder, "*.partial"), Is.Empty);
        var report = new ReportFile(Path.Combine(folder, "tidy-table-1.json"));
        Assert.That(report.Outcome, Is.EqualTo("stopped"));
        Assert.That(report.State($"root/{step}"), Is.Not.EqualTo("finished"));
        Assert.That(report.Recoveries, Does.Contain(($"root/{step}", "stop")));
        StandsStill(Trace.Of(report.Mcap), midMotion: pace == "wall");
    }

    [Test]
    [CancelAfter(120_000)]
    public void Stop_WhileItDrivesWithACupInTheHand_StopsAndKeepsTheCup()
    {
        var stop = new StopSwitch();
        RobotTime? began = null;

        var run = SimulatedRun.Of(Story.Task, Story.Seed, Path.Combine(Story.Folder, "stop-carrying"), stop: stop, watch: state =>
        {
            if (state.Steps.LastOrDefault() is not { Path: "root/carry_red", Phase: StepPhase.Running }) return;
            began ??= state.Now;
            if (state.Now - began.Value > TimeSpan.FromSeconds(1.5)) stop.Press();
        });

        Assert.That(run.Result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Stopped));
        StandsStill(Trace.Of(run.Mcap), midMotion: true);
        var holding = new Condition.Holds(Atom.Of("holding", "robot", "cup_red"));
        Assert.That(run.Result.State.World.Evaluate(holding, run.Result.State.Now), Is.EqualTo(Truth.True));
    }

    private static void StandsStill(Trace trace, bool midMotion)
    {
        var asked = trace.Events.OfType<Event.StopAsked>().Single().Now;

        Assert.Multiple(() =>
        {
            if (midMotion) Assert.That(trace.Between(asked - AtRest, asked).Any(s => s.Moves), "it was in mid-motion");
            Assert.That(trace.Commands.Where(c => c.At >= asked), Is.Not.Empty, "zero velocity was commanded");
            Assert.That(trace.Commands.Where(c => c.At >= asked && c.Value > 0), Is.Empty);
            Assert.That(trace.Between(asked + StopDeadline, trace.End).Where(s => s.Moves), Is.Empty);
            Assert.That(trace.Between(trace.End - AtRest, trace.End).Count(), Is.GreaterThan(20), "the recording covers the rest");
            Assert.That(trace.Between(trace.End - AtRest, trace.End).Where(s => s.Moves), Is.Empty);
            Assert.That((trace.End - asked).TotalSeconds, Is.LessThan(4));
        });
    }
}
