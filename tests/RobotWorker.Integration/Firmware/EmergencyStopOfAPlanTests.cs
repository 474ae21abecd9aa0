using RobotWorker.Chance;
using RobotWorker.Episodes;
using RobotWorker.Episodes.Audit;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Generation.Runs;
using RobotWorker.Sim.Physics;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Firmware;

/// <summary>
/// A plan on the arm over its servo bus, gravity and blocks included, with the real firmware before the servos' supply: the emergency stop stops it wherever it is, its release resumes nothing, nor does its reset, and once a person
/// says so the robot looks again and brings the plan to its end.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class EmergencyStopOfAPlanTests
{
    // Without power nothing moves but what is still sinking; a joint that holds itself up again sinks by what its servo is short of, and is led back by as much (Sag).
    private const double NothingRadians = 0.005, SagRadians = 0.08;

    private static readonly TimeSpan Brakes = TimeSpan.FromMilliseconds(300), Patience = TimeSpan.FromSeconds(2);

    [OneTimeSetUp]
    public void NeedsMuJoCo() => Simulator.Require();

    [Test]
    public void Pressed_WhileTheArmMoves_ItBrakes_ThePlanAsks_AndGoesOnWhenAPersonSaysSo() => OneOf([1001001, 1001002, 1001005], seed => Stop(seed, holding: false, Brakes));

    [Test]
    public void Pressed_WhileItHoldsABlock_ItsPowerIsCutAtOnce_ThePlanAsks_AndGoesOnWhenAPersonSaysSo() => OneOf([1001003, 1001004, 1001006], seed => Stop(seed, holding: true, TimeSpan.Zero));

    [Test]
    [Category("Slow")]
    public void OfTwentySeeds([Range(1001101, 1001120)] int seed) => GoesOnOrAsks(Stop(seed, holding: seed % 2 == 0, seed % 4 < 2 ? Brakes : TimeSpan.Zero));

    // An arm that falls among blocks may push one to where no camera sees it, on one processor and not on another: then it asks, and the next seed is to get to the plan's end.
    private static void OneOf(int[] seeds, Func<int, EpisodeReport> stop) => Assert.That(seeds.Select(stop).Any(GoesOnOrAsks), "a plan that was stopped came to its end");

    /// <returns>Whether it came to its end, with its goal met; else a question did.</returns>
    private static bool GoesOnOrAsks(EpisodeReport report)
    {
        if (report.Outcome == EpisodeOutcome.NeedsPerson) return false;
        Assert.That((report.Outcome, report.GoalMet), Is.EqualTo((EpisodeOutcome.Succeeded, (bool?)true)), report.Reason);
        return true;
    }

    private static EpisodeReport Stop(int seed, bool holding, TimeSpan hold)
    {
        var folder = Directory.CreateTempSubdirectory("stopped").FullName;
        // So far into such motion.
        var left = RandomStream.For((ulong)seed, "desk", "press").Uniform(0.1, 2.5);
        using var stops = new EmergencyStops(hold, arm =>
        {
            if (left > 0 && EmergencyStops.Fastest(arm.World) > 0.2 && EmergencyStops.LiftedOf(arm.World) is not null == holding) return (left -= SimWorld.StepSeconds) <= 0;
            return false;
        }, Patience);

        var result = stops.Run(Repository.PathOf("sim/tasks/blocks-to-tray.yaml"), (ulong)seed, folder);

        Directory.Delete(folder, recursive: true);
        var told = $"{result.Report.Reason} | {string.Join(" | ", stops.Questions)} | {string.Join(" | ", stops.Presses)}";
        TestContext.Out.WriteLine(told);
        var press = stops.Presses.Single();
        Assert.That(press.Lifted is not null, Is.EqualTo(holding));
        Assert.That(press.Seen - press.At, Is.LessThan(0.05), "the host knows");
        Assert.That(press.Cut - press.At, Is.EqualTo(hold.TotalSeconds).Within(0.03), "the board cuts the power without the host");
        if (hold > TimeSpan.Zero) Assert.That(press.SpeedAtCut, Is.LessThan(press.Speed / 4).Or.LessThan(0.1), "and before that it brakes");
        Assert.That(press.MovedBeforeReset, Is.LessThan(press.MovedBeforeRelease + NothingRadians), "released is not reset");
        Assert.That(press.MovedAfterReset, Is.LessThan(SagRadians), "reset is not asked to move");
        Assert.That($"{stops.Questions[0]}", Does.Contain("E_STOP"));

        var answered = result.Events.OfType<Event.Answered>().First();
        var (before, after) = (result.Events.TakeWhile(e => e != answered).ToList(), result.Events.SkipWhile(e => e != answered).ToList());
        Assert.That(before.OfType<Event.FaultConfirmed>().Select(e => e.Fault.Code), Does.Contain("E_STOP"));
        Assert.That(after.OfType<Event.Looked>(), Is.Not.Empty);
        Assert.That(after.TakeWhile(e => e is not Event.Looked).OfType<Event.GoalChanged>().Select(e => e.Note.Actuator), Has.All.EqualTo("head"), "it looks before it moves");
        return result.Report;
    }
}
