using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;
using RobotWorker.Tests.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Dynamixel;

public sealed class DynamixelBusTests
{
    [Test]
    public void Scan_WithOnePing_FindsAll() =>
        Assert.That(ServoRig.Of(ServoMake.Dynamixel, servos: 3).Dynamixel!.Scan(), Is.EqualTo(new FoundServo[] { new(1, 1020, 46), new(2, 1020, 46), new(3, 1020, 46) }));

    [TestCase(true)]
    [TestCase(false)]
    public void SyncRead_FastOrPlain_ReadsTheSame(bool isFast)
    {
        var rig = ServoRig.Of(ServoMake.Dynamixel, servos: 3);
        for (byte id = 1; id <= 3; id++) rig.Preset(id, XSeriesRegisters.ProfileAcceleration, 0xFDFFFF * id);
        var bus = new DynamixelBus(new MemoryLink("memory", rig.DynamixelEmulator, 1_000_000), new FrozenTime(), new DynamixelOptions { UsesFastSyncRead = isFast });
        var (data, answered, alerts) = (new byte[12], new bool[3], new bool[3]);

        bus.SyncRead(108, 4, [3, 1, 2], data, answered, alerts);

        Assert.That(answered, Is.All.True);
        for (var i = 0; i < 3; i++) Assert.That(XSeriesRegisters.ProfileAcceleration.Decode(data.AsSpan(4 * i)), Is.EqualTo(0xFDFFFFL * ((i + 2) % 3 + 1)));
    }

    [Test]
    public void FastSyncRead_TakesOneReturnDelayForAll()
    {
        var rig = ServoRig.Of(ServoMake.Dynamixel, servos: 6);
        var (data, answered, alerts) = (new byte[24], new bool[6], new bool[6]);
        rig.Dynamixel!.SyncRead(132, 4, [1, 2, 3, 4, 5, 6], data, answered, alerts);

        // 20 bytes there, 55 bytes back.
        Assert.That(rig.Bench.ReturnDelaySeconds, Is.EqualTo(0.0005).Within(1e-9));
        Assert.That(rig.Bench.BusSeconds, Is.EqualTo(0.0005 + (75 * 10e-6)).Within(20e-6));
    }

    [Test]
    public void Overheating_Latches_UntilAReboot_WhichDropsTheTorque()
    {
        var rig = ServoRig.Of(ServoMake.Dynamixel);
        rig.TorqueOnAll();
        rig.SetCelsius(1, 90);
        rig.Bench.Advance(0.01);
        Assert.That(rig.Dynamixel!.ReadHardwareErrors(1), Is.EqualTo(HardwareErrors.Overheating));
        Assert.That(rig.Register(1, XSeriesRegisters.Torque), Is.Zero);

        rig.SetCelsius(1, 40);
        rig.Bench.Advance(0.01);
        Assert.That(rig.Dynamixel.ReadHardwareErrors(1), Is.EqualTo(HardwareErrors.Overheating), "cool again, and still latched");
        Assert.That(() => rig.Group.SafeTorqueOn(0), Throws.TypeOf<ServoBusException>().With.Property("Failure").EqualTo(ServoFailure.Faulted));

        rig.Group.ClearFault(0);
        Assert.That(rig.Dynamixel.Ping(1), Is.Null, "it boots");
        rig.Bench.Advance(0.5);
        Assert.That(rig.Dynamixel.ReadHardwareErrors(1), Is.EqualTo(HardwareErrors.None));
        rig.Group.SafeTorqueOn(0);
        Assert.That(rig.Excursion(1), Is.LessThan(0.01));
    }

    [Test]
    public void HardwareErrors_HaveTheNamesOfAllServos() =>
        Assert.That(((HardwareErrors)0b110101).Flags(), Is.EqualTo(ServoFlags.Voltage | ServoFlags.Overheat | ServoFlags.ElectricalShock | ServoFlags.Overload));

    [Test]
    public void WriteEeprom_ChangesWhatDiffers_AndTheId()
    {
        var rig = ServoRig.Of(ServoMake.Dynamixel);
        Assert.That(rig.Dynamixel!.WriteEeprom(1, XSeriesRegisters.ReturnDelay, 250), Is.False);
        Assert.That(rig.Bench.Writes, Is.Empty);
        Assert.That(rig.Dynamixel.WriteEeprom(1, XSeriesRegisters.ReturnDelay, 0));
        Assert.That(rig.Dynamixel.WriteEeprom(1, XSeriesRegisters.Id, 9));
        Assert.That(rig.Dynamixel.Ping(9), Is.Not.Null);
    }

    [Test]
    public void WriteEeprom_WithTheTorqueOn_IsRefused()
    {
        var rig = ServoRig.Of(ServoMake.Dynamixel);
        rig.TorqueOnAll();
        Assert.That(Assert.Throws<ServoBusException>(() => rig.Dynamixel!.WriteEeprom(1, XSeriesRegisters.ReturnDelay, 0))!.Failure, Is.EqualTo(ServoFailure.TorqueIsOn));
        Assert.Throws<ArgumentException>(() => rig.Dynamixel!.Write(1, XSeriesRegisters.ReturnDelay, 0));
    }

    [Test]
    public void AllOtherInstructions_AreUnderstoodByTheEmulator()
    {
        var rig = ServoRig.Of(ServoMake.Dynamixel, servos: 2);
        var link = new MemoryLink("memory", rig.DynamixelEmulator, 1_000_000);
        var frame = new byte[128];

        Assert.That(Ask(DynamixelEncoder.RegWrite(frame, 1, 112, [5, 0, 0, 0])), Is.EqualTo(DynamixelError.None));
        Assert.That(rig.Register(1, XSeriesRegisters.ProfileVelocity), Is.Zero);
        Assert.That(Ask(DynamixelEncoder.Action(frame, 1)), Is.EqualTo(DynamixelError.None));
        Assert.That(rig.Register(1, XSeriesRegisters.ProfileVelocity), Is.EqualTo(5));
        Assert.That(Ask(DynamixelEncoder.Action(frame, 1)), Is.EqualTo(DynamixelError.Instruction), "nothing was registered");
        Assert.That(Ask(DynamixelEncoder.Restore(frame, 1)), Is.EqualTo(DynamixelError.Result), "no backup");
        Assert.That(Ask(DynamixelEncoder.Backup(frame, 1)), Is.EqualTo(DynamixelError.None));
        Assert.That(Ask(DynamixelEncoder.Write(frame, 1, 9, [7])), Is.EqualTo(DynamixelError.None));
        Assert.That(Ask(DynamixelEncoder.Restore(frame, 1)), Is.EqualTo(DynamixelError.None));
        Assert.That(rig.Register(1, XSeriesRegisters.ReturnDelay), Is.EqualTo(250));
        Assert.That(Ask(DynamixelEncoder.Clear(frame, 1)), Is.EqualTo(DynamixelError.None));
        Assert.That(Ask(DynamixelEncoder.FactoryReset(frame, 1, FactoryResetKeeps.IdAndBaud)), Is.EqualTo(DynamixelError.None));
        Assert.That(Ask(DynamixelEncoder.Write(frame, 1, 132, [0, 0, 0, 0])), Is.EqualTo(DynamixelError.Access));
        Assert.That(Ask(DynamixelEncoder.Write(frame, 1, 116, [0])), Is.EqualTo(DynamixelError.Length));
        Assert.That(Ask(DynamixelEncoder.Write(frame, 1, 116, [0, 0, 1, 0])), Is.EqualTo(DynamixelError.Limit));

        link.Write(frame.AsSpan(0, DynamixelEncoder.BulkWrite(frame, [new(1, 112, 4), new(2, 98, 1)], [9, 0, 0, 0, 3])), TimeSpan.Zero);
        Assert.That((rig.Register(1, XSeriesRegisters.ProfileVelocity), rig.Register(2, XSeriesRegisters.BusWatchdog)), Is.EqualTo((9L, 3L)));
        Assert.That(Ask(DynamixelEncoder.BulkRead(frame, [new(1, 112, 4), new(2, 98, 1)])), Is.EqualTo(DynamixelError.None));
        Assert.That(Ask(DynamixelEncoder.FastBulkRead(frame, [new(1, 112, 4), new(2, 98, 1)])), Is.EqualTo(DynamixelError.None));

        DynamixelError Ask(int length)
        {
            link.DiscardInput();
            link.Write(frame.AsSpan(0, length), TimeSpan.Zero);
            var answer = new byte[128];
            var decoder = new DynamixelDecoder();
            decoder.Take(answer.AsSpan(0, link.Read(answer, TimeSpan.Zero)));
            Assert.That(decoder.TryNext(out var status), "an answer");
            return status.Error;
        }
    }
}
