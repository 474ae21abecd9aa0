using RobotWorker.Faults;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Tests.Skills.Senses;

public sealed class TelemetrySenseTests
{
    [Test]
    public void Take_Diagnostics_BecomeSignalsOfTheirComponents()
    {
        var samples = new List<Sample>();
        new TelemetrySense(samples.Add).Take(new()
        {
            Header = new() { Stamp = Workshop.Seconds(2).ToRos() },
            Status =
            [
                new() { Name = "gripper: motor", Level = 1, Values = [new() { Key = "measured_force", Value = "3.5" }, new() { Key = "firmware", Value = "v2" }] },
                new() { Name = "base", Level = 2, Values = [] },
            ],
        });

        Assert.That(samples, Is.EqualTo([
            new Sample("gripper.level", 1, Workshop.Seconds(2)),
            new Sample("gripper.measured_force", 3.5, Workshop.Seconds(2)),
            new Sample("base.level", 2, Workshop.Seconds(2)),
        ]));
    }
}
