using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;
using RobotWorker.Tests.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Feetech;

public sealed class FeetechBusTests
{
    [Test]
    public void Scan_FindsTheServosWithModelAndFirmware() =>
        Assert.That(ServoRig.Of(ServoMake.Feetech, servos: 3).Feetech!.Scan(), Is.EqualTo(new FoundServo[] { new(1, 777, 310), new(2, 777, 310), new(3, 777, 310) }));

    [Test]
    public void CountAnswers_OfTwoNewServos_IsTwo()
    {
        var rig = ServoRig.Of(ServoMake.Feetech, servos: 2);
        Assert.That(rig.Feetech!.CountAnswers(1), Is.EqualTo(1));
        rig.Preset(2, StsRegisters.Id, 1);
        Assert.That(rig.Feetech.CountAnswers(1), Is.EqualTo(2));
        Assert.That(rig.Feetech.CountAnswers(7), Is.Zero);
    }

    [Test]
    public void Ping_OfNobody_IsNull() => Assert.That(ServoRig.Of(ServoMake.Feetech).Feetech!.Ping(9), Is.Null);

    [Test]
    public void Read_OfNobody_SaysWhatToLookAt()
    {
        var failure = Assert.Throws<ServoBusException>(() => ServoRig.Of(ServoMake.Feetech).Feetech!.Read(9, StsRegisters.Position));
        Assert.That((failure!.Failure, failure.Id), Is.EqualTo((ServoFailure.NoAnswer, (byte?)9)));
        Assert.That(failure.Message, Does.Contain("servo 9 on memory").And.Contain("register 56").And.Contain("baud rate"));
    }

    [TestCase((byte)2)]
    [TestCase((byte)128)]
    public void Register40_TakesNothingBut0And1(byte value)
    {
        var rig = ServoRig.Of(ServoMake.Feetech);
        Assert.Throws<ArgumentException>(() => rig.Feetech!.Write(1, StsRegisters.Torque, value));
        Assert.Throws<ArgumentException>(() => rig.Feetech!.Broadcast(40, [value]));
        Assert.Throws<ArgumentException>(() => rig.Feetech!.SyncWrite(38, 4, [1, 0, 0, value, 0]));
        Assert.Throws<ArgumentException>(() => rig.Feetech!.SyncWrite(40, 1, [1, 1, 2, value]));
        Assert.That(rig.Bench.Writes, Is.Empty);
    }

    [Test]
    public void WriteEeprom_WhereItHoldsThat_WritesNothing()
    {
        var rig = ServoRig.Of(ServoMake.Feetech);
        Assert.That(rig.Feetech!.WriteEeprom(1, StsRegisters.PositionP, 16), Is.False);
        Assert.That(rig.Bench.Writes, Is.Empty);
    }

    [Test]
    public void WriteEeprom_UnlocksWritesLocks_AndItLasts()
    {
        var rig = ServoRig.Of(ServoMake.Feetech);
        Assert.That(rig.Feetech!.WriteEeprom(1, StsRegisters.Homing, -300));
        Assert.That(rig.Bench.Writes, Is.EqualTo(new RegisterWrite[] { new(1, 55, 1, 0), new(1, 31, 2, 0x92C), new(1, 55, 1, 1) }));

        rig.Bench.PowerCycle();
        rig.Bench.Advance(0.4);
        Assert.That(rig.Feetech!.Read(1, StsRegisters.Homing), Is.EqualTo(-300));
    }

    [Test]
    public void WriteEeprom_WithTheTorqueOn_IsRefused()
    {
        var rig = ServoRig.Of(ServoMake.Feetech);
        rig.TorqueOnAll();
        rig.Bench.ClearWrites();
        Assert.That(Assert.Throws<ServoBusException>(() => rig.Feetech!.WriteEeprom(1, StsRegisters.PositionP, 20))!.Failure, Is.EqualTo(ServoFailure.TorqueIsOn));
        Assert.That(rig.Bench.Writes, Is.Empty);
    }

    [Test]
    public void WriteEeprom_OfTheId_GoesOnWithTheNewOne()
    {
        var rig = ServoRig.Of(ServoMake.Feetech);
        Assert.That(rig.Feetech!.WriteEeprom(1, StsRegisters.Id, 6));
        Assert.That(rig.Feetech.Ping(6), Is.Not.Null);
        Assert.That(rig.Feetech.Read(6, StsRegisters.Lock), Is.EqualTo(1));
    }

    [Test]
    public void RegWrite_WaitsForTheAction()
    {
        var rig = ServoRig.Of(ServoMake.Feetech);
        var link = new MemoryLink("memory", rig.FeetechEmulator, 1_000_000);
        var frame = new byte[32];
        link.Write(frame.AsSpan(0, StsEncoder.RegWrite(frame, 1, 46, [0xE8, 0x03])), TimeSpan.Zero);
        Assert.That(rig.Register(1, StsRegisters.GoalSpeed), Is.Zero);

        link.Write(frame.AsSpan(0, StsEncoder.Action(frame)), TimeSpan.Zero);
        Assert.That(rig.Register(1, StsRegisters.GoalSpeed), Is.EqualTo(1000));
    }
}
