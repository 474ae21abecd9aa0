using RobotWorker.Diagnostics;
using RobotWorker.Ros.Wire.Faults;
using RobotWorker.Sim.Faults;
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
        var needs = kind switch { "delay" => "delay: 1s", "drop" or "duplicate" or "reorder" or "corrupt" => "probability: 0.1", "gripper_force_loss" => "remaining_force: 0", "object_taken" => "object: cup_red", _ => "" };
        var fault = Read($"faults: robotworker/v1\nfault: {kind}\n{needs}\n").Single();

        Assert.That((fault.Kind, fault.When, fault.Duration), Is.EqualTo((kind, FaultTrigger.AtOnce, (TimeSpan?)null)));
    }

    [TestCaseSource(nameof(Files))]
    public void Files_ThatShip_AreRight(string file)
    {
        var bag = new DiagnosticBag();

        Assert.That(FaultReader.Read(File.ReadAllText(Repository.PathOf($"sim/faults/{file}")), file, bag, Kitchen.Workplace.Scene), Is.Not.Null.And.Not.Empty);
        Assert.That(bag.All, Is.Empty);
    }

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Repository.PathOf("sim/faults"), "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    private static IEnumerable<FaultDescription> Read(string text)
    {
        var bag = new DiagnosticBag();
        var read = FaultReader.Read(text, "test.yaml", bag, Kitchen.Workplace.Scene);
        Assert.That(bag.All, Is.Empty);
        return read!.Value;
    }
}
