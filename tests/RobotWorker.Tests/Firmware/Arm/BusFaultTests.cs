using RobotWorker.Faults;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Skills.Senses;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Firmware.Arm;

/// <summary>What the bus and its servos complain of has a name in the built-in catalogue.</summary>
public sealed class BusFaultTests
{
    [Test]
    public void DamagedBytes_AreNoise([Values] bool dynamixels) => ArmRig.Run(async rig =>
    {
        var notes = Watch(rig);
        await rig.Until(() => notes.Contains(("SERVO_BUS_NOISY", FaultStage.Confirmed)));

        Assert.That(Value(rig, "bad_checks"), Is.GreaterThan(5));
        Assert.That(notes.Where(note => note.Stage == FaultStage.Confirmed).Select(note => note.Code).Distinct(), Is.EqualTo(["SERVO_BUS_NOISY"]));
    }, description: dynamixels ? ArmRig.OfDynamixels : null, faults: new LinkFaults(Flip: 0.002));

    [Test]
    public void AServoThatIsSilent_IsNoNoise() => ArmRig.Run(async rig =>
    {
        var notes = Watch(rig);
        await rig.Wait(1.5);
        rig.Servos.BootSeconds = 30;
        rig.Servos.BrownOut(2);
        await rig.Wait(5);

        Assert.That(Value(rig, "timeouts"), Is.GreaterThan(50));
        Assert.That(Value(rig, "silent_servos"), Is.EqualTo(1));
        Assert.That(notes, Has.None.Matches<(string Code, FaultStage)>(note => note.Code == "SERVO_BUS_NOISY"));
    });

    [Test]
    public void TooFewVolts_AreNamed_AndHealWithThem([Values] bool dynamixels) => ArmRig.Run(async rig =>
    {
        var notes = Watch(rig);
        await rig.Enable();
        await rig.Wait(2);
        Assert.That(notes, Is.Empty);

        var right = rig.Servos.SupplyVolts;
        rig.Servos.SupplyVolts = 3.6;
        await rig.Until(() => notes.Contains(("SERVO_VOLTAGE", FaultStage.Confirmed)));
        rig.Servos.SupplyVolts = right;
        await rig.Until(() => notes.Contains(("SERVO_VOLTAGE", FaultStage.Cleared)));
    }, description: dynamixels ? ArmRig.OfDynamixels : null);

    [Test]
    public void Feetech_ThatBearsTooMuch_IsOverloaded() => ArmRig.Run(async rig =>
    {
        var notes = Watch(rig);
        await rig.Enable();
        rig.Servos.Preset(3, StsRegisters.OverloadTorque, 0);

        await rig.Until(() => notes.Contains(("SERVO_OVERLOAD", FaultStage.Confirmed)));
        Assert.That(rig.Arm.IsEnabled, "it pushes on, with less");
    });

    [Test]
    public void Dynamixel_ThatBearsTooMuch_IsOverloaded_AndHasLetGo() => ArmRig.Run(async rig =>
    {
        var notes = Watch(rig);
        await rig.Enable();
        rig.Servos.Preset(3, XSeriesRegisters.HardwareError, (long)HardwareErrors.Overload);

        await rig.Until(() => notes.Contains(("SERVO_OVERLOAD", FaultStage.Confirmed)) && notes.Contains(("SERVO_LET_GO", FaultStage.Confirmed)));
    }, description: ArmRig.OfDynamixels);

    // Where a servo lets go by itself stands in its own register: some Dynamixels come with 80 degC, and a person may set less.
    [TestCase(false, 55)]
    [TestCase(true, 80)]
    public void ThermalMargin_IsByTheServosOwnLimit(bool dynamixels, int limit) => ArmRig.Run(async rig =>
    {
        if (dynamixels) rig.Servos.Preset(4, XSeriesRegisters.TemperatureLimit, limit);
        else rig.Servos.Preset(4, StsRegisters.MaxTemperature, limit);
        await rig.Wait(0.5);
        rig.Servos.SetCelsius(4, 45);
        await rig.Wait(0.2);

        var arm = rig.Status("arm: controller").Values.ToDictionary(v => v.Key, v => double.Parse(v.Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.That(arm["thermal_margin"], Is.EqualTo(limit - 45).Within(1.5));
        Assert.That(arm["hottest"], Is.EqualTo(4));
    }, description: dynamixels ? ArmRig.OfDynamixels : null);

    [Test]
    public void Effort_IsTheLoadInNewtonMetres_OfAJointWhoseTorqueIsKnown() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        await rig.Follow(1.5, 0.4, -0.5, 0.6, 0.3, -0.7).Completion;
        var load = rig.Status("servo_2: shoulder_lift").Values.Single(v => v.Key == "load").Value;

        Assert.That(rig.Joints!.Effort, Has.Length.EqualTo(6));
        Assert.That(rig.Joints.Effort[1], Is.EqualTo(1.9 * double.Parse(load, System.Globalization.CultureInfo.InvariantCulture)).Within(0.1));
        Assert.That(Math.Abs(rig.Joints.Effort[1]), Is.InRange(0.001, 1.9));
    });

    // sensor_msgs/JointState has an empty array for what is not known, and no NaN. By its force a gripper is known to hold something.
    [Test]
    public void Effort_OfAJointWhoseTorqueIsNotKnown_IsLeftOut_AndTheGrippersForceIsToldAllTheSame() => ArmRig.Run(async rig =>
    {
        var told = new List<JointState>();
        rig.Client.Subscribe<JointState>("/joint_states", told.Add);
        await rig.Until(() => told.Count >= 2);

        var (jaw, joints) = (told.First(state => state.Name.Contains("gripper")), told.First(state => state.Name.Contains("elbow_flex")));
        Assert.That((joints.Name.Length, joints.Position.Length, joints.Effort.Length), Is.EqualTo((5, 5, 0)));
        Assert.That((jaw.Name.Length, jaw.Position.Length, jaw.Effort.Length), Is.EqualTo((1, 1, 1)));
    }, description: So101.Arm with { Joints = [So101.Arm.Joints[0] with { MaxNewtonMetres = null }, .. So101.Arm.Joints.Skip(1)] });

    private static List<(string Code, FaultStage Stage)> Watch(ArmRig rig)
    {
        var notes = new List<(string Code, FaultStage Stage)>();
        var monitor = new FaultMonitor(Porter.Faults, rig.Loop.Time, NoFaultListener.Instance, note => notes.Add((note.Code, note.Stage)));
        rig.Client.Subscribe<DiagnosticArray>("/diagnostics", new SignalSense(monitor.Take).Take);
        return notes;
    }

    private static double Value(ArmRig rig, string key) =>
        double.Parse(rig.Status("servo_bus: link").Values.Single(v => v.Key == key).Value, System.Globalization.CultureInfo.InvariantCulture);
}
