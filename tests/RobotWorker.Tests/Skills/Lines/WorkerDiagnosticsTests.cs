using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Senses;
using RobotWorker.Tests.Ros;
using RobotWorker.Time;

namespace RobotWorker.Tests.Skills.Lines;

public sealed class WorkerDiagnosticsTests
{
    [Test]
    public void Tool_OnTheGraph_HearsTheWorkerOnceASecond() => OnLoop.Run(async world =>
    {
        var heard = Heard(world);
        using var diagnostics = new WorkerDiagnostics(world.Graph.Connect("worker"), Workshop.Profile, () => RobotTime.FromSeconds(12));
        await world.Seconds(3.5);
        Assert.That(heard, Is.Empty, "nothing is being worked on yet");

        diagnostics.OnTransition(Started, Working());
        await world.Seconds(3);

        Assert.That(heard.Select(s => (s.Name, s.Level, s.Message)), Is.EqualTo(Enumerable.Repeat(("robotworker: worker", DiagnosticStatus.OK, "working"), 3)));
        var values = heard[0].Values.ToDictionary(v => v.Key, v => v.Value);
        Assert.That((values["mode"], values["plan"], values["faults"]), Is.EqualTo(("AUTOMATIC", "test", "")));
    }, throughCdr: true);

    [TestCase("LENS_DIRTY", DiagnosticStatus.WARN)]
    [TestCase("DRIVE_HOT", DiagnosticStatus.WARN)]
    [TestCase("GRIPPER_WEAK", DiagnosticStatus.ERROR)]
    [TestCase("SKIN_TOUCHED", DiagnosticStatus.ERROR)]
    public void Level_IsThatOfTheWorstFault(string code, byte level)
    {
        var state = Executor.Next(Working(), new Event.FaultConfirmed(TimeSpan.FromSeconds(1), RobotTime.Zero, Execution.Kitchen.FaultOf(code, RobotTime.Zero))).State;

        var status = WorkerDiagnostics.Of(state, "robot");

        Assert.That((status.Level, status.Values.Single(v => v.Key == "faults").Value), Is.EqualTo((level, code)));
    }

    [Test]
    public void End_IsToldAtOnce() => OnLoop.Run(async world =>
    {
        var heard = Heard(world);
        using var diagnostics = new WorkerDiagnostics(world.Graph.Connect("worker"), Workshop.Profile, () => RobotTime.Zero);
        diagnostics.OnTransition(Started, Working() with { Ended = new(EpisodeOutcome.Stopped, "asked to stop") });
        await world.Settle();

        Assert.That(heard.Single().Message, Does.StartWith("ended: "));
    });

    [Test]
    public void Worker_DoesNotTakeItsOwnWordForTheRobots()
    {
        var samples = new List<Sample>();

        new SignalSense(samples.Add).Take(new DiagnosticArray { Header = new() { Stamp = Workshop.Seconds(2).ToRos() }, Status = [WorkerDiagnostics.Of(Working(), "robot"), new() { Name = "base: drive", Level = 2 }] });

        Assert.That(samples, Is.EqualTo([new Sample("diagnostics.heard", 1, Workshop.Seconds(2)), new Sample("base.level", 2, Workshop.Seconds(2))]));

        samples.Clear();
        new SignalSense(samples.Add).Take(new DiagnosticArray { Header = new() { Stamp = Workshop.Seconds(3).ToRos() }, Status = [WorkerDiagnostics.Of(Working(), "robot")] });
        Assert.That(samples, Is.Empty, "of its own voice it does not conclude that the robot speaks");
    }

    private static Event.Started Started => new(TimeSpan.Zero, RobotTime.Zero);

    private static PlanState Working() => Executor.Next(
        PlanState.Before(Execution.Kitchen.Setup, Execution.Kitchen.Plan("{id: root, sequence: [{id: peek, skill: peek}]}"), "e"), Started).State;

    private static List<DiagnosticStatus> Heard(OnLoop world)
    {
        var heard = new List<DiagnosticStatus>();
        world.Graph.Connect("tool").Subscribe<DiagnosticArray>("/diagnostics", m => heard.AddRange(m.Status));
        return heard;
    }
}
