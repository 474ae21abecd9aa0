using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Servos;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Firmware.Arm;

/// <summary>What a servo has latched it forgets where nothing can fall by that, and nowhere else.</summary>
public sealed class FaultClearingTests
{
    private static readonly double[] Parked = [.. So101.Arm.Park, 0.2];

    // A Dynamixel that was too hot stays off until it is rebooted, however cool it is; the others hold the arm up meanwhile.
    [Test]
    public void Dynamixel_ThatLetGo_ForgetsOnceTheArmIsLimp_AndIsSwitchedOnAgain() => ArmRig.Run(async rig =>
    {
        await rig.Enable();
        rig.Servos.SetCelsius(3, 95);
        await rig.Until(() => !rig.Arm.IsEnabled);
        Assert.That(rig.Troubles[^1], Does.Contain("/torque_off").And.Contain("/clear_faults and /torque_on"));
        rig.Servos.SetCelsius(3, 30);
        await rig.Wait(0.5);

        Assert.That(await Clear(rig), Does.Contain("neither limp nor parked").And.Contain("call /torque_off"));
        Assert.That(rig.Servos.Register(2, XSeriesRegisters.Torque), Is.EqualTo(1), "it holds what it held");

        rig.Arm.Disable();
        await rig.Wait(0.5);
        Assert.That(rig.Servos.Register(3, XSeriesRegisters.HardwareError), Is.Not.Zero);
        Assert.That(await Clear(rig), Is.Null);
        Assert.That(rig.Servos.Register(3, XSeriesRegisters.HardwareError), Is.Zero);
        Assert.That(rig.Servos.Register(3, XSeriesRegisters.Torque), Is.Zero, "nothing comes on by itself");

        await rig.Enable();
    }, description: ArmRig.OfDynamixels);

    [Test]
    public void Dynamixel_ThatIsHotStill_IsNamed() => ArmRig.Run(async rig =>
    {
        await rig.Wait(0.2);
        rig.Servos.SetCelsius(3, 110);
        await rig.Wait(0.2);

        Assert.That(await Clear(rig), Does.Contain("elbow_flex still reports Overheat").And.Contain("cool down"));
    }, description: ArmRig.OfDynamixels);

    // It still pushes, with a fifth of its torque, and would for ever.
    [Test]
    public void Feetech_Overloaded_ForgetsWhereTheArmIsParked_AndIsLimpAfterwards() => ArmRig.Run(async rig =>
    {
        await Overload(rig);

        Assert.That(await Clear(rig), Is.Null);
        Assert.That(rig.Servos.Register(3, StsRegisters.Status), Is.Zero);
        Assert.That(rig.Servos.Register(3, StsRegisters.Torque), Is.Zero);
        Assert.That(rig.Arm.IsEnabled, Is.False);

        await rig.Enable();
    }, start: Parked);

    [Test]
    public void Feetech_Overloaded_WhereItCanFall_KeepsWhatTorqueItHas() => ArmRig.Run(async rig =>
    {
        await Overload(rig);

        Assert.That(await Clear(rig), Does.Contain("park it, or support shoulder_lift, elbow_flex, wrist_flex"));
        Assert.That(rig.Servos.Register(3, StsRegisters.Torque), Is.EqualTo(1));
        Assert.That(rig.Arm.IsEnabled);
    });

    // What was asked for is not done later, when the arm may stand up again.
    [Test]
    public void CableComesOut_ItIsNotDoneWhenItIsBack() => ArmRig.Run(async rig =>
    {
        await Overload(rig);
        rig.Link.CutAfterWrites = 0;

        Assert.That(await Clear(rig), Is.EqualTo("the bus cannot be reached"));
        rig.Link.IsCut = false;
        await rig.Until(() => rig.Arm.IsLinkUp);
        await rig.Wait(1);
        Assert.That(rig.Servos.Register(3, StsRegisters.Torque), Is.EqualTo(1));
    }, start: Parked);

    [Test]
    public void NothingLatched_IsDoneAtOnce_AndWritesNothing() => ArmRig.Run(async rig =>
    {
        await rig.Wait(0.5);
        Assert.That(await Clear(rig), Is.Null);
        Assert.That(rig.Servos.Writes, Is.Empty);
    });

    private static async Task Overload(ArmRig rig)
    {
        await rig.Enable();
        rig.Servos.Preset(3, StsRegisters.OverloadTorque, 0);
        await rig.Until(() => ((StsStatus)rig.Servos.Register(3, StsRegisters.Status)).Flags() == ServoFlags.Overload);
        rig.Servos.Preset(3, StsRegisters.OverloadTorque, 80);
        await rig.Wait(0.1);
    }

    private static async Task<string?> Clear(ArmRig rig)
    {
        var told = "nothing was said";
        rig.Arm.ClearFaults(why => told = why);
        await rig.Until(() => told != "nothing was said", 5);
        return told;
    }
}
