using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;
using RobotWorker.Firmware.Tools;
using RobotWorker.Tests.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Tools;

public sealed class HomingOffsetsTests
{
    private static readonly LerobotCalibration.Motor[] Calibrated = [new(new(1, "shoulder_pan"), -120), new(new(2, "gripper"), 7)];

    private FeetechEmulator servos = null!;
    private FeetechBus bus = null!;

    [SetUp]
    public void Plug()
    {
        servos = new(new RigidServoPlant([new RigidJoint(), new RigidJoint()]), [new(1, 0, MotorModel.Sts3215), new(2, 1, MotorModel.Sts3215)]);
        bus = new(new MemoryLink("memory", servos, 1_000_000), new FrozenTime());
    }

    [Test]
    public void Write_ThoseThatDiffer_AreKeptWithoutPower_AndLockedAgain()
    {
        servos.Preset(2, StsRegisters.Homing, 7);

        Assert.That(HomingOffsets.Write(bus, Calibrated), Is.EqualTo(new[] { new HomingOffsets.Change("shoulder_pan", 1, 0, -120) }));
        Assert.That(servos.Writes.Select(write => write.Id), Is.All.EqualTo(1), "the other was left alone: an EEPROM wears out");
        servos.PowerCycle();
        Assert.That(servos.Register(1, StsRegisters.Homing), Is.EqualTo(-120));
        Assert.That(servos.Register(1, StsRegisters.Lock), Is.EqualTo(1));
    }

    [Test]
    public void Write_Again_WritesNothing()
    {
        HomingOffsets.Write(bus, Calibrated);
        servos.ClearWrites();

        Assert.That(HomingOffsets.Write(bus, Calibrated), Is.Empty);
        Assert.That(servos.Writes, Is.Empty);
    }

    // Not even the first one: an arm of which half the zeros have moved is calibrated by nothing.
    [Test]
    public void Write_OneHolds_NoneIsWritten()
    {
        servos.Preset(2, StsRegisters.Torque, 1);

        Assert.That(Assert.Throws<ServoBusException>(() => HomingOffsets.Write(bus, Calibrated))!.Message, Does.Contain("servo 2 ('gripper') holds").And.Contain("Nothing was written"));
        Assert.That(servos.Writes, Is.Empty);
    }
}
