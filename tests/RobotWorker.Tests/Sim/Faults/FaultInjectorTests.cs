using RobotWorker.Ros.Wire.Faults;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Faults.Hardware;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Truth;
using RobotWorker.World;

namespace RobotWorker.Tests.Sim.Faults;

/// <summary>When faults strike and are over, by the simulator's clock and truth.</summary>
public sealed class FaultInjectorTests
{
    private static readonly FaultTrigger Later = new() { After = TimeSpan.FromSeconds(0.1) };

    private SimWorld world = null!;
    private TruthLog truth = null!;
    private FaultyWire wire = null!;

    [SetUp]
    public void Begin()
    {
        world = Kitchen.World();
        truth = new(world);
        wire = new(1, _ => () => 0.5);
    }

    [TearDown]
    public void End() => world.Dispose();

    [Test]
    public void Fault_AfterItsTime_StrikesAndIsOver()
    {
        var injector = Injector(Cut(Later, TimeSpan.FromSeconds(0.2)));
        var told = new List<string>();
        injector.Changed += fault => told.Add($"{(fault.IsActive ? "strikes" : "over")} {world.TimeSeconds:0.0}");

        Step(injector, 0.05);
        Assert.That(wire.Active, Is.Empty);
        Step(injector, 0.1);
        Assert.That(wire.Active.Select(fault => fault.Kind), Is.EqualTo([WireFaultKind.Cut]));
        Step(injector, 0.3);
        Assert.That(wire.Active, Is.Empty);
        Assert.That(told, Is.EqualTo(["strikes 0.1", "over 0.3"]));
    }

    [Test]
    public void Moment_LeftToChance_DependsOnTheSeedAlone()
    {
        var trigger = new FaultTrigger { After = TimeSpan.FromSeconds(1), Before = TimeSpan.FromSeconds(60) };
        double At(ulong seed) => new FaultInjector(world, truth, [Cut(trigger, null)], seed, wire).Faults[0].DueSeconds;

        var (once, again) = (At(1), At(1));
        Assert.That(again, Is.EqualTo(once).And.Not.EqualTo(At(2)));
        Assert.That(Enumerable.Range(0, 50).Select(seed => At((ulong)seed)), Has.All.InRange(1, 60));
    }

    [Test]
    public void Condition_ThatDoesNotHold_IsWaitedFor()
    {
        var injector = Injector(
            Cut(new() { Holds = new Condition.Holds(Atom.Of("holding", "robot", "cup_blue")) }, null), Cut(new() { Holds = new Condition.Holds(Atom.Of("empty", "gripper")) }, null));

        Step(injector, 0.1);

        Assert.That(injector.Faults.Select(fault => fault.IsActive), Is.EqualTo([false, true]));
    }

    [Test]
    public void Inject_WhileItRuns_CountsFromThen()
    {
        var injector = Injector();
        Step(injector, 0.2);
        var number = injector.Inject(Cut(Later, null)).Number;

        Step(injector, 0.05);
        Assert.That(injector.Faults[number - 1].IsActive, Is.False);
        Step(injector, 0.1);
        Assert.That(injector.Faults[number - 1].IsActive, Is.True);
    }

    [Test]
    public void Clear_EndsOneOrAll()
    {
        var injector = Injector(Cut(FaultTrigger.AtOnce, null), HardwareFault.Standard("GRIPPER_FORCE_LOW", FaultTrigger.AtOnce, null).With("remaining", 0.5), Cut(new() { After = TimeSpan.FromHours(1) }, null));
        Step(injector, 0.1);
        Assert.That((wire.Active.Length, world.Gripper.ForceFraction), Is.EqualTo((1, 0.5)));

        Assert.That(injector.Clear(1).Select(fault => fault.Number), Is.EqualTo([1]));
        Assert.That((wire.Active.Length, world.Gripper.ForceFraction), Is.EqualTo((0, 0.5)));
        Assert.That(injector.Clear().Select(fault => fault.Number), Is.EqualTo([2, 3]));
        Assert.That(world.Gripper.ForceFraction, Is.EqualTo(1));
        Assert.That(injector.Clear(1), Is.Empty, "it is over");
    }

    [Test]
    public void TwoFaults_OfOneKind_TheWorseCounts_AndWhenBothAreOverTheRobotIsWhole()
    {
        var weak = HardwareFault.Standard("ARM_TORQUE_LOW", FaultTrigger.AtOnce, TimeSpan.FromSeconds(0.1));
        var injector = Injector(
            weak.With("joint", 2).With("remaining", 0.5), (weak with { Duration = TimeSpan.FromSeconds(0.3) }).With("joint", 2).With("remaining", 0.2),
            HardwareFault.Standard("ARM_ENCODER_JUMP", FaultTrigger.AtOnce, TimeSpan.FromSeconds(0.3)).With("joint", 2));

        Step(injector, 0.05);
        Assert.That(world.Impairment.Joint(2), Is.EqualTo(new JointImpairment(0.2, EncoderOffset: 0.15)));
        Step(injector, 0.1);
        Assert.That(world.Impairment.Joint(2), Is.EqualTo(new JointImpairment(0.2, EncoderOffset: 0.15)), "the lesser one is over");
        Step(injector, 0.3);
        Assert.That(world.Impairment, Is.SameAs(Impairment.None));
    }

    [Test]
    public void WireFault_WithoutAWire_IsRefused() =>
        Assert.That(() => new FaultInjector(world, truth, [Cut(FaultTrigger.AtOnce, null)]), Throws.ArgumentException.With.Message.Contains("fault of the wire"));

    private static FaultOnWire Cut(FaultTrigger when, TimeSpan? duration) => new("cut", when, duration, new(WireFaultKind.Cut));

    private FaultInjector Injector(params FaultDescription[] faults) => new(world, truth, [.. faults], 1, wire);

    private void Step(FaultInjector injector, double seconds)
    {
        for (var end = world.TimeSeconds + seconds; world.TimeSeconds < end;)
        {
            world.Step();
            truth.Step();
            injector.Step();
        }
    }
}
