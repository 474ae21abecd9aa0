using RobotWorker.Faults;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Skills.Senses;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Firmware.Arm;

/// <summary>Servos protect themselves, and then the arm is held by nothing.</summary>
public sealed class ServoProtectionTests
{
    private static readonly double[] Bent = [0.4, -0.5, 0.6, 0.3, -0.7];

    // It has a name of its own in the catalogue, and nobody but a person can say that the arm is supported.
    [Test]
    public void AServoLetsGo_IsAFaultWithItsName_UntilTheTorqueWasAskedForAndAPersonSaysSo() => ArmRig.Run(async rig =>
    {
        var notes = new List<(string Code, FaultStage Stage)>();
        using var monitor = new FaultMonitor(Porter.Faults, rig.Loop.Time, NoFaultListener.Instance, note => notes.Add((note.Code, note.Stage)));
        var sense = new SignalSense(monitor.Take);
        rig.Client.Subscribe<DiagnosticArray>("/diagnostics", sense.Take);
        await rig.Enable();

        rig.Servos.SetCelsius(3, 95);
        await rig.Until(() => !rig.Arm.IsEnabled);
        await rig.Wait(0.2);

        Assert.That(notes, Does.Contain(("SERVO_LET_GO", FaultStage.Confirmed)));
        Assert.That(rig.Troubles[^1], Does.StartWith("elbow_flex let go by itself (").And.Contain("shoulder_lift, elbow_flex, wrist_flex and what the gripper holds may fall: support it"));
        Assert.That((rig.Status("arm: controller").Level, rig.Status("arm: controller").Message), Is.EqualTo((DiagnosticStatus.ERROR, rig.Troubles[^1].Split(';')[0])));

        rig.Servos.SetCelsius(3, 30);
        await rig.Wait(2);
        await rig.Enable();
        await rig.Wait(1);
        Assert.That(notes, Does.Not.Contain(("SERVO_LET_GO", FaultStage.Cleared)), "nobody has said yet that what it held is where it was");
        monitor.Reset("SERVO_LET_GO", "arm");
        await rig.Wait(1);
        Assert.That(notes, Does.Contain(("SERVO_LET_GO", FaultStage.Cleared)));
    });

    // From where it stands it would fall, soon, and all at once.
    [Test]
    public void AServoIsAboutToLetGo_TheArmParks_AndIsLetGoThere() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        await rig.Follow(2, Bent).Completion;

        rig.Servos.SetCelsius(2, 68.5);
        await rig.Until(() => rig.Arm.Positions.Zip(Bent).Any(p => Math.Abs(p.First - p.Second) > 0.2), 3);
        Assert.That(rig.Arm.IsEnabled, "it is led there");
        await rig.Until(() => !rig.Arm.IsEnabled, 15);

        Assert.That(rig.Truth.Take(5).Zip(So101.Arm.Park).Select(p => Math.Abs(p.First - p.Second)), Is.All.LessThan(0.1));
        Assert.That(rig.Troubles[^1], Does.StartWith("shoulder_lift is at ").And.Contain("it was parked and let go"));
        await rig.Wait(0.1);
        Assert.That(rig.Status("arm: controller").Values.Single(v => v.Key == "let_go").Value, Is.EqualTo("1"));
    });

    [Test]
    public void AServoIsAboutToLetGo_AndSomebodyStops_TheArmStands() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        await rig.Follow(2, Bent).Completion;
        rig.Servos.SetCelsius(2, 68.5);
        await rig.Until(() => rig.Arm.Positions.Zip(Bent).Any(p => Math.Abs(p.First - p.Second) > 0.2), 3);

        rig.Servos.SetCelsius(2, 50);
        await rig.Call("/protective_stop");
        await rig.Wait(0.5);
        var stood = rig.Truth;
        await rig.Wait(2);

        Assert.That(rig.Truth.Zip(stood).Select(p => Math.Abs(p.First - p.Second)), Is.All.LessThan(0.02));
        Assert.That(rig.Arm.IsEnabled);
    });
}
