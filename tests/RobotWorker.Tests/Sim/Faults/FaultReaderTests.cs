using RobotWorker.Diagnostics;
using RobotWorker.Ros.Wire.Faults;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Faults.Hardware;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Sim.Faults;

public sealed class FaultReaderTests
{
    [Test]
    public void WireFault_AllItsFields_AreRead()
    {
        var fault = (FaultOnWire)Read("""
            faults: robotworker/v1
            fault: delay
            when: {after: 2s, before: 9s, holds: {holding: [robot, cup_blue]}}
            duration: 5s
            delay: 100ms
            jitter: 50ms
            probability: 0.5
            direction: from_robot
            names: [/odom, tf]
            """).Single();

        Assert.That(fault.Duration, Is.EqualTo(TimeSpan.FromSeconds(5)));
        Assert.That((fault.When.After.TotalSeconds, fault.When.Before?.TotalSeconds, fault.When.Holds is null), Is.EqualTo((2.0, 9.0, false)));
        Assert.That(fault.Fault with { Names = [] }, Is.EqualTo(new WireFault(WireFaultKind.Delay)
        {
            Delay = TimeSpan.FromMilliseconds(100), Jitter = TimeSpan.FromMilliseconds(50), Probability = 0.5, Direction = WireDirection.FromRobot, Names = [],
        }));
        Assert.That(fault.Fault.Names, Is.EqualTo(["/odom", "/tf"]));
    }

    [Test]
    public void Fault_OfEachKindWithTheLeastThatItNeeds_IsRead([ValueSource(typeof(FaultReader), nameof(FaultReader.Kinds))] string kind)
    {
        var needs = kind switch { "delay" => "delay: 1s", "drop" or "duplicate" or "reorder" or "corrupt" => "probability: 0.1", "object_taken" => "object: cup_red", _ => "" };
        var fault = Read($"faults: robotworker/v1\nfault: {kind}\n{needs}\n").Single();

        Assert.That((fault.Kind, fault.When, fault.Duration), Is.EqualTo((kind, FaultTrigger.AtOnce, HardwareFaults.Find(kind)?.Standard)));
    }

    [Test]
    public void HardwareFault_ItsNumbers_AreReadAndTheOthersAreStandard()
    {
        var fault = (HardwareFault)Read("faults: robotworker/v1\nfault: ARM_TORQUE_LOW\njoint: 4\nduration: 3s\n").Single();

        Assert.That((fault.Duration, fault.Details), Is.EqualTo(((TimeSpan?)TimeSpan.FromSeconds(3), "joint 4, remaining 0.02")));
    }

    [Test]
    public void HardwareFault_ByItsOldName_IsTheSame() =>
        Assert.That(((HardwareFault)Read("faults: robotworker/v1\nfault: gripper_force_loss\nremaining_force: 0.2\n").Single()) is { Kind: "GRIPPER_FORCE_LOW", Details: "remaining 0.2" });

    [TestCase("fault: ARM_TORQUE_LOW\njoint: 8", "RW0007", "must be from 1 to 7")]
    [TestCase("fault: ARM_TORQUE_LOW\njoint: 2.5", "RW0006", "whole number")]
    [TestCase("fault: BASE_WHEEL_SLIP\nremaining: all", "RW0006", "number")]
    [TestCase("fault: GRIPPER_FORCE_LOW\nremaning: 0.1", "RW0005", "did you mean 'remaining'?")]
    [TestCase("fault: GRIPPER_JAMMED\nforce: 3", "RW0005", "has no field 'force'")]
    [TestCase("fault: ARM_TORQE_LOW", "RW0009", "did you mean 'ARM_TORQUE_LOW'?")]
    [TestCase("fault: BUMPER\nduration: 5", "RW00", "5s")]
    public void HardwareFault_Wrong_SaysWhatWouldBeRight(string fault, string code, string says)
    {
        var bag = new DiagnosticBag();
        FaultReader.Read($"faults: robotworker/v1\n{fault}\n", "test.yaml", bag);

        Assert.That(bag.All.Single().ToString(), Does.StartWith(code).And.Contain(says));
    }

    [TestCaseSource(nameof(Files))]
    public void Files_ThatShip_AreRight(string file)
    {
        var bag = new DiagnosticBag();

        Assert.That(FaultReader.Read(File.ReadAllText(Repository.PathOf($"sim/faults/{file}")), file, bag, Kitchen.Workplace.Scene), Is.Not.Null.And.Not.Empty);
        Assert.That(bag.All, Is.Empty);
    }

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Repository.PathOf("sim/faults"), "*.yaml").Select(file => Path.GetFileName(file))
        .Where(file => file != "suite.yaml")    // it brings many about, and has a reader of its own
        .Order(StringComparer.Ordinal);

    private static IEnumerable<FaultDescription> Read(string text)
    {
        var bag = new DiagnosticBag();
        var read = FaultReader.Read(text, "test.yaml", bag, Kitchen.Workplace.Scene);
        Assert.That(bag.All, Is.Empty);
        return read!.Value;
    }
}
