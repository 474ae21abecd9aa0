using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;
using RobotWorker.Firmware.Tools;
using RobotWorker.Tests.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Tools;

public sealed class ServoIdsTests
{
    private FeetechEmulator servos = null!;

    [Test]
    public void Change_ToAFreeId_IsDone()
    {
        var ids = Ids(1, 2);

        ids.Change(2, 9);
        Assert.That(servos.Register(9, StsRegisters.Id), Is.EqualTo(9));
    }

    [TestCase(3, 9, "no servo answers to id 3")]
    [TestCase(1, 2, "id 2 is taken already")]
    public void Change_WhatCannotBe_WritesNothing(byte from, byte to, string says)
    {
        var ids = Ids(1, 2);

        Assert.That(Assert.Throws<ServoBusException>(() => ids.Change(from, to))!.Message, Does.Contain(says).And.Contain("Nothing was written"));
        Assert.That(servos.Writes, Is.Empty);
    }

    [Test]
    public void Change_TwoOfOneId_IsRefused()
    {
        var ids = Ids(1, 1);

        Assert.That(Assert.Throws<ServoBusException>(() => ids.Change(1, 6))!.Message, Does.Contain("two servos or more answer to id 1"));
        Assert.That(servos.Writes, Is.Empty);
    }

    [Test]
    public void Dynamixel_GetsAnotherId_ToATakenOneItIsRefused()
    {
        var plant = new RigidServoPlant([new RigidJoint(), new RigidJoint()]);
        var dynamixels = new DynamixelEmulator(plant, [new(1, 0, MotorModel.Xm430), new(2, 1, MotorModel.Xm430)], 1_000_000);
        var ids = new ServoIds(new DynamixelBus(new MemoryLink("memory", dynamixels, 1_000_000), new FrozenTime()));

        Assert.That(Assert.Throws<ServoBusException>(() => ids.Change(2, 1))!.Message, Does.Contain("id 1 is taken already").And.Contain("Nothing was written"));
        Assert.That(dynamixels.Writes, Is.Empty);

        ids.Change(2, 9);
        Assert.That(dynamixels.Register(9, XSeriesRegisters.Id), Is.EqualTo(9));
        Assert.That(ids.Volts(9), Is.EqualTo(12).Within(0.1));
        Assert.That(ids.AnswerAtOnce(9), "half a millisecond from the factory");
        Assert.That(dynamixels.Register(9, XSeriesRegisters.ReturnDelay), Is.Zero);
        Assert.That(ids.AnswerAtOnce(9), Is.False, "the EEPROM is not written again");
    }

    [Test]
    public void Dynamixel_TwoOfOneId_IsRefused()
    {
        var plant = new RigidServoPlant([new RigidJoint(), new RigidJoint(StartRadians: 0.5)]);
        var dynamixels = new DynamixelEmulator(plant, [new(1, 0, MotorModel.Xm430), new(1, 1, MotorModel.Xm430)], 1_000_000);
        var ids = new ServoIds(new DynamixelBus(new MemoryLink("memory", dynamixels, 1_000_000), new FrozenTime()));

        Assert.That(Assert.Throws<ServoBusException>(() => ids.Change(1, 6))!.Message, Does.Contain("two servos or more answer to id 1"));
        Assert.That(dynamixels.Writes, Is.Empty);
    }

    [Test]
    public void Setup_EachServoAlone_GetsItsId()
    {
        var said = new List<string>();
        FeetechEmulator? alone = null;
        var bus = new FeetechBus(new Plugged(() => alone!), new FrozenTime());

        var done = So101Setup.Run(new(bus), _ =>
        {
            alone = new FeetechEmulator(new RigidServoPlant([new RigidJoint()]), [new EmulatedServo(1, 0, MotorModel.Sts3215)]);
            return true;
        }, said.Add);

        Assert.That(done, Is.EqualTo(6));
        Assert.That(said.Take(6), Is.EqualTo(So101Setup.Order.Select(order => $"{order.Joint}: was id 1, is id {order.Id}; its supply is 7.4 V")));
    }

    private ServoIds Ids(params byte[] ids)
    {
        var plant = new RigidServoPlant([.. ids.Select((_, i) => new RigidJoint(StartRadians: 0.3 * i))]);
        servos = new(plant, [.. ids.Select((id, i) => new EmulatedServo(id, i, MotorModel.Sts3215))]);
        return new(new FeetechBus(new MemoryLink("memory", servos, 1_000_000), new FrozenTime()));
    }

    /// <summary>Another servo hangs on it each time.</summary>
    private sealed class Plugged(Func<IByteDevice> device) : IByteLink
    {
        private (IByteDevice Device, MemoryLink Link)? now;

        public string Name => "memory";

        private MemoryLink Link
        {
            get
            {
                if (now?.Device != device()) now = (device(), new(Name, device(), 1_000_000));
                return now!.Value.Link;
            }
        }

        public void Write(ReadOnlySpan<byte> bytes, TimeSpan within) => Link.Write(bytes, within);

        public int Read(Span<byte> buffer, TimeSpan within) => Link.Read(buffer, within);

        public void DiscardInput() => Link.DiscardInput();

        public void Dispose()
        {
        }
    }
}
