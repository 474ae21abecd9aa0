using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Servos;
using RobotWorker.Tests.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Emulation;

public sealed class EmulatorTests
{
    [Test]
    public void Plant_SticksBelowItsFriction_AndFallsAboveIt_ToItsEndStop()
    {
        var plant = new RigidServoPlant([new(GravityNewtonMetres: 0.02), new(GravityNewtonMetres: 0.2)]);
        for (var i = 0; i < 300; i++) plant.Step([0, 0], 0.01);

        Assert.That(plant.Positions[0], Is.Zero);
        Assert.That(plant.Positions[1], Is.LessThan(-1));
        for (var i = 0; i < 300; i++) plant.Step([0, -1], 0.01);
        Assert.That((plant.Positions[1], plant.Velocities[1]), Is.EqualTo((-2.9, 0.0)));
    }

    [TestCase(ServoMake.Feetech)]
    [TestCase(ServoMake.Dynamixel)]
    public void Motor_AgainstALoad_WarmsAndLetsGoInTheEnd(ServoMake make)
    {
        // An inverted load that the motor holds with two thirds of its torque.
        var rig = ServoRig.Of(make, joint: new RigidJoint(GravityNewtonMetres: make == ServoMake.Feetech ? 1.3 : 2.9, MinRadians: 0));
        rig.TorqueOnAll();
        rig.Group.Cycle([0.14], rig.States);
        var seconds = 0;
        for (; seconds < 1200 && rig.Register(1, rig.Torque) == 1; seconds++)
        {
            for (var i = 0; i < 20; i++)
            {
                rig.Group.ReadStates(rig.States);
                rig.Bench.Advance(0.05);
            }
        }

        Assert.That(seconds, Is.InRange(20, 1199));
        Assert.That(rig.States[0].Celsius, Is.GreaterThanOrEqualTo(69));
    }

    [Test]
    public void Feetech_Overloaded_PushesWithItsProtectiveTorqueOnly_UntilItsTorqueWasOff()
    {
        var rig = ServoRig.Of(ServoMake.Feetech, joint: new RigidJoint(MaxRadians: 0.05));
        rig.TorqueOnAll();

        // Against the end stop.
        rig.Preset(1, StsRegisters.GoalPosition, 2600);
        rig.Preset(1, StsRegisters.GoalSpeed, 0);
        rig.Bench.Advance(0.5);
        Assert.That(rig.Register(1, StsRegisters.Load), Is.GreaterThan(900));
        rig.Bench.Advance(2);

        Assert.That((StsStatus)rig.Register(1, StsRegisters.Status), Is.EqualTo(StsStatus.Load));
        Assert.That(rig.Register(1, StsRegisters.Load), Is.EqualTo(200));
        rig.Write(1, StsRegisters.Torque, 0);
        rig.Bench.Advance(0.01);
        Assert.That((StsStatus)rig.Register(1, StsRegisters.Status), Is.EqualTo(StsStatus.None));
    }

    [Test]
    public void Dynamixel_Overloaded_LetsGoUntilAReboot()
    {
        var rig = ServoRig.Of(ServoMake.Dynamixel, joint: new RigidJoint(MaxRadians: 0.05));
        rig.TorqueOnAll();
        rig.Preset(1, XSeriesRegisters.BusWatchdog, 0);
        rig.Preset(1, XSeriesRegisters.GoalPosition, 2600);
        rig.Preset(1, XSeriesRegisters.ProfileVelocity, 0);
        rig.Bench.Advance(3);

        Assert.That((HardwareErrors)rig.Register(1, XSeriesRegisters.HardwareError), Is.EqualTo(HardwareErrors.Overload));
        Assert.That(rig.Register(1, XSeriesRegisters.Torque), Is.Zero);
    }

    [TestCase(ServoMake.Feetech)]
    [TestCase(ServoMake.Dynamixel)]
    public void Supply_ThatSags_IsTold(ServoMake make)
    {
        var rig = ServoRig.Of(make);
        rig.Bench.SupplyVolts = 4;
        rig.Bench.Advance(0.01);
        rig.Group.ReadStates(rig.States);
        rig.Group.ReadStates(rig.States);

        Assert.That(rig.States[0].Volts, Is.EqualTo(4).Within(0.06));
        Assert.That(rig.States[0].Flags, Is.EqualTo(RobotWorker.Firmware.Servos.ServoFlags.Voltage));
    }

    [Test]
    public void Feetech_WithTheEepromLocked_ForgetsWhatWasWrittenThere()
    {
        var rig = ServoRig.Of(ServoMake.Feetech);
        var answers = new System.Buffers.ArrayBufferWriter<byte>();
        var frame = new byte[16];
        rig.FeetechEmulator.Receive(frame.AsSpan(0, StsEncoder.Write(frame, 1, 21, [99])), answers);
        Assert.That(rig.Register(1, StsRegisters.PositionP), Is.EqualTo(99));

        rig.Bench.PowerCycle();
        Assert.That(rig.Register(1, StsRegisters.PositionP), Is.EqualTo(16));
    }

    [Test]
    public void Feetech_128InRegister40_Recentres_WhichIsWhyItIsNeverWritten()
    {
        var rig = ServoRig.Of(ServoMake.Feetech, joint: new RigidJoint(StartRadians: 1));
        var frame = new byte[16];
        rig.FeetechEmulator.Receive(frame.AsSpan(0, StsEncoder.Write(frame, 1, 40, [128])), new System.Buffers.ArrayBufferWriter<byte>());
        rig.Bench.Advance(0.01);

        Assert.That(rig.Register(1, StsRegisters.Position), Is.EqualTo(2048));
    }
}
