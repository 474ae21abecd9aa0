using RobotWorker.Faults;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Tests.Skills.Senses;

public sealed class SignalSenseTests
{
    [Test]
    public void Take_Diagnostics_BecomeSignalsOfTheirComponents()
    {
        var samples = new List<Sample>();
        new SignalSense(samples.Add).Take(new DiagnosticArray()
        {
            Header = new() { Stamp = Workshop.Seconds(2).ToRos() },
            Status =
            [
                new() { Name = "gripper: motor", Level = 1, Values = [new() { Key = "measured_force", Value = "3.5" }, new() { Key = "firmware", Value = "v2" }] },
                new() { Name = "base", Level = 2, Values = [] },
            ],
        });

        Assert.That(samples, Is.EqualTo([
            new Sample("diagnostics.heard", 1, Workshop.Seconds(2)),
            new Sample("gripper.level", 1, Workshop.Seconds(2)),
            new Sample("gripper.measured_force", 3.5, Workshop.Seconds(2)),
            new Sample("base.level", 2, Workshop.Seconds(2)),
        ]));
    }

    [TestCase("NaN")]
    [TestCase("nan")]
    [TestCase("Infinity")]
    [TestCase("-Infinity")]
    [TestCase("1e999")]
    [TestCase("")]
    public void Take_AValueThatIsNoNumber_IsSilence(string value)
    {
        var samples = new List<Sample>();
        new SignalSense(samples.Add).Take(new DiagnosticArray()
        {
            Header = new() { Stamp = Workshop.Seconds(2).ToRos() },
            Status = [new() { Name = "gripper: motor", Level = 0, Values = [new() { Key = "measured_force", Value = value }, new() { Key = "current", Value = "0.2" }] }],
        });

        Assert.That(samples.Select(s => s.Signal), Is.EqualTo(["diagnostics.heard", "gripper.level", "gripper.current"]));
    }
}
