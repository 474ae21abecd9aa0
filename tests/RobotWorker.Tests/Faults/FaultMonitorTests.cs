using RobotWorker.Execution;
using RobotWorker.Faults;
using RobotWorker.Testing;
using RobotWorker.Tests.Ros.Wire;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Faults;

public sealed class FaultMonitorTests : IWorkerInbox
{
    private readonly List<string> heard = [];
    private readonly List<Fault> faults = [];
    private double now;

    [SetUp]
    public void Clear()
    {
        heard.Clear();
        faults.Clear();
        now = 0;
    }

    [Test]
    public void GripperForce_LostWhileHolding_IsConfirmedAfter150msWithEvidence()
    {
        using var monitor = new FaultMonitor(Porter.Faults, TimeProvider.System, this);

        Force(monitor, commanded: 40, measured: 38, seconds: 0.5);
        Force(monitor, commanded: 40, measured: 2.9, seconds: 0.3);

        Assert.That(heard, Is.EqualTo(["GRIPPER_FORCE_LOW at 0.65"]).AsCollection);
        Assert.That(faults[0], Is.EqualTo(new Fault(
            "GRIPPER_FORCE_LOW", "gripper", FaultLevel.Critical, "measured_force 2.9 N < 10 N for 0.15 s while commanded_force was 40 N",
            RobotTime.FromSeconds(0.5), RobotTime.FromSeconds(0.65))));
    }

    [Test]
    public void GripperForce_ClosingInTheAir_IsNoFault()
    {
        using var monitor = new FaultMonitor(Porter.Faults, TimeProvider.System, this);

        Force(monitor, commanded: 40, measured: 0, seconds: 2);
        Force(monitor, commanded: 0, measured: 0, seconds: 1);

        Assert.That(heard, Is.Empty);
    }

    [TestCase(0.1, Description = "shorter than the confirmation")]
    [TestCase(0.14)]
    public void GripperForce_DipShorterThanConfirmation_IsNoFault(double seconds)
    {
        using var monitor = new FaultMonitor(Porter.Faults, TimeProvider.System, this);

        Force(monitor, 40, 38, 0.5);
        Force(monitor, 40, 2, seconds);
        Force(monitor, 40, 38, 0.5);

        Assert.That(heard, Is.Empty);
    }

    [Test]
    public void GripperForce_BetweenLimitAndClear_NeitherBeginsNorHeals()
    {
        using var monitor = new FaultMonitor(Porter.Faults, TimeProvider.System, this);

        Force(monitor, 40, 38, 0.5);
        Force(monitor, 40, 15, 2);
        Assert.That(heard, Is.Empty, "15 N is above the limit of 10 N");
        Force(monitor, 40, 2, 0.3);
        Force(monitor, 40, 15, 5);

        Assert.That(heard, Is.EqualTo(["GRIPPER_FORCE_LOW at 2.65"]).AsCollection, "and below 20 N, where it is clear");
    }

    [Test]
    public void GripperForce_Back_HealsAfterItsDwellTimeOnEnd()
    {
        using var monitor = new FaultMonitor(Porter.Faults, TimeProvider.System, this);

        Force(monitor, 40, 38, 0.5);
        Force(monitor, 40, 2, 0.5);
        Force(monitor, 40, 38, 0.8);
        Force(monitor, 40, 2, 0.1);
        Force(monitor, 40, 38, 2);

        Assert.That(heard, Is.EqualTo(["GRIPPER_FORCE_LOW at 0.65", "healed GRIPPER_FORCE_LOW at 2.9"]).AsCollection, "0.8 s were not enough");
    }

    [Test]
    public void Assumed_FromAnotherProcess_HealsAfterItsDwellTime()
    {
        using var monitor = new FaultMonitor(Porter.Faults, TimeProvider.System, this);
        monitor.Assume([new("GRIPPER_FORCE_LOW", "gripper", FaultLevel.Critical, "another process saw it", RobotTime.FromSeconds(0), RobotTime.FromSeconds(0))]);

        Force(monitor, commanded: 40, measured: 38, seconds: 0.9);
        Assert.That(heard, Is.Empty);
        Force(monitor, commanded: 40, measured: 38, seconds: 0.3);

        Assert.That(heard, Has.Count.EqualTo(1).And.All.Contains("GRIPPER_FORCE_LOW").And.All.Contains("healed"));
    }

    [Test]
    public void DriveLevel_Error_IsAFault()
    {
        using var monitor = new FaultMonitor(Porter.Faults, TimeProvider.System, this);
        for (; now < 0.3; now += 0.05) monitor.Take(new("base.level", 2, RobotTime.FromSeconds(now)));
        Assert.That(heard, Is.EqualTo(["BASE_DRIVE_FAULT at 0.1"]).AsCollection);
    }

    [Test]
    public void HumanFault_Well_HealsOnlyAfterAPersonsWord()
    {
        var fatal = FaultCatalogueReader.BuiltIn.ByCode["BASE_DRIVE_FAULT"] with { Level = FaultLevel.Fatal };
        var catalogue = new FaultCatalogue(FaultCatalogue.Empty.ByCode.Add(fatal.Code, fatal));
        using var monitor = new FaultMonitor(catalogue, TimeProvider.System, this);
        void Level(double value, double until)
        {
            for (; now < until; now += 0.05) monitor.Take(new("base.level", value, RobotTime.FromSeconds(now)));
        }

        Level(2, 0.3);
        Level(0, 5);
        Assert.That(heard, Is.EqualTo(["BASE_DRIVE_FAULT at 0.1"]).AsCollection);
        monitor.Reset("BASE_DRIVE_FAULT", "base");
        Level(0, 5.2);

        Assert.That(heard, Has.Count.EqualTo(2));
        Assert.That(heard[1], Does.StartWith("healed BASE_DRIVE_FAULT at 5"));
    }

    [Test]
    public void Sensor_Silent_IsAFaultByTheWatchdogsClock_AndHealsWhenHeardAgain()
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        using var monitor = new FaultMonitor(Porter.Faults, loop.Time, this);

        loop.Run(async () =>
        {
            await Hear(1);
            await Task.Delay(TimeSpan.FromSeconds(3), loop.Time);
            Assert.That(heard, Is.EqualTo(["JOINTS_SILENT at 1.4"]).AsCollection, "half a second after it was last heard at 0.9");
            await Hear(1);
        });

        Assert.That(faults[0].Component, Is.EqualTo("joints"));
        Assert.That(heard, Has.Count.EqualTo(2));

        async Task Hear(double seconds)
        {
            for (var i = 0; i < seconds * 10; i++)
            {
                monitor.Take(new("joints.heard", 1, RobotTime.FromSeconds(loop.Elapsed.TotalSeconds)));
                await Task.Delay(TimeSpan.FromSeconds(0.1), loop.Time);
            }
        }
    }

    [TestCase(true, TestName = "Silent_ItArrivedAndWaits_IsTakenInFirst")]
    [TestCase(false, TestName = "Silent_NothingArrived_IsAFault")]
    public void Silent(bool arrived)
    {
        var time = new HandTime();
        var later = new Queue<Action>();
        using var monitor = new FaultMonitor(Porter.Faults, time, this, afterArrivals: later.Enqueue);
        monitor.Take(new("joints.heard", 1, RobotTime.FromSeconds(1)));

        time.Advance(TimeSpan.FromSeconds(0.51));
        if (arrived) monitor.Take(new("joints.heard", 1, RobotTime.FromSeconds(1.5)));
        later.Dequeue()();

        Assert.That(heard, arrived ? Is.Empty : Is.EqualTo(["JOINTS_SILENT at 1.51"]).AsCollection);
    }

    [Test]
    public void Silent_TheWatchdogItselfPaused_ItListensForAsLongAgain_ButNotForEver()
    {
        var time = new HandTime();
        using var monitor = new FaultMonitor(Porter.Faults, time, this);
        monitor.Take(new("joints.heard", 1, RobotTime.FromSeconds(1)));

        time.Advance(TimeSpan.FromSeconds(0.8));
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.That(heard, Is.Empty);
        time.Advance(TimeSpan.FromSeconds(0.3));

        Assert.That(heard, Is.EqualTo(["JOINTS_SILENT at 2.2"]).AsCollection);
    }

    [Test]
    public void Catalogue_UnknownField_SaysWhere()
    {
        var bag = new RobotWorker.Diagnostics.DiagnosticBag();
        var read = FaultCatalogueReader.Read("faults: robotworker/v1\ncatalogue:\n  X: {component: arm, level: fatal, heals: 1s, detect: []}\n", "f.yaml", bag);
        Assert.That(read, Is.Null);
        Assert.That(bag.All.Select(d => d.ToString()), Has.Some.Contain("f.yaml:3:37").And.Some.Contain("heals"));
    }

    void IFaultListener.FaultConfirmed(Fault fault)
    {
        faults.Add(fault);
        heard.Add($"{fault.Code} at {fault.ConfirmedAt.Seconds:0.##}");
    }

    void IFaultListener.FaultHealed(Fault fault) => heard.Add($"healed {fault.Code} at {fault.HealedAt!.Value.Seconds:0.##}");

    void IWorkerInbox.FactObserved(Fact fact)
    {
    }

    void IWorkerInbox.GoalChanged(GoalNote note)
    {
    }

    void IWorkerInbox.ModeChanged(OperatingMode mode, string by, bool ofRobot)
    {
    }

    void IWorkerInbox.LinkLost()
    {
    }

    void IWorkerInbox.LinkBack()
    {
    }

    private void Force(FaultMonitor monitor, double commanded, double measured, double seconds)
    {
        for (var i = 0; i < Math.Round(seconds / 0.05); i++)
        {
            monitor.Take(new("gripper.commanded_force", commanded, RobotTime.FromSeconds(now)));
            monitor.Take(new("gripper.measured_force", measured, RobotTime.FromSeconds(now)));
            now = Math.Round(now + 0.05, 6);
        }
    }
}
