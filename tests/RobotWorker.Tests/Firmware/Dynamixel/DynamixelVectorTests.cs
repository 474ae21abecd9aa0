using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Tests.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Dynamixel;

/// <summary>The vectors of the spec and of the maker's manual of Protocol 2.0, both ways.</summary>
public sealed class DynamixelVectorTests
{
    private delegate int Encode(Span<byte> frame);

    [Test]
    public void Crc_OfTheCheckText() => Assert.That(DynamixelWire.Crc("123456789"u8), Is.EqualTo(0xFEE8));

    [Test]
    public void Ping() => Check("FF FF FD 00 01 03 00 01 19 4E", frame => DynamixelEncoder.Ping(frame, 1), 1, DynamixelInstruction.Ping, "");

    [Test]
    public void ReadPosition() => Check("FF FF FD 00 01 07 00 02 84 00 04 00 1D 15", frame => DynamixelEncoder.Read(frame, 1, 132, 4), 1, DynamixelInstruction.Read, "84 00 04 00");

    [Test]
    public void WriteGoal() => Check(
        "FF FF FD 00 01 09 00 03 74 00 00 02 00 00 CA 89", frame => DynamixelEncoder.Write(frame, 1, 116, Hex.Bytes("00 02 00 00")), 1, DynamixelInstruction.Write, "74 00 00 02 00 00");

    [Test]
    public void StuffedWrite() => Check(
        "FF FF FD 00 01 0A 00 03 74 00 FF FF FD FD 00 21 E7", frame => DynamixelEncoder.Write(frame, 1, 116, Hex.Bytes("FF FF FD 00")), 1, DynamixelInstruction.Write, "74 00 FF FF FD 00");

    [Test]
    public void Watchdog() => Check("FF FF FD 00 01 06 00 03 62 00 05 68 E4", frame => DynamixelEncoder.Write(frame, 1, 98, [5]), 1, DynamixelInstruction.Write, "62 00 05");

    [Test]
    public void Reboot() => Check("FF FF FD 00 01 03 00 08 2F 4E", frame => DynamixelEncoder.Reboot(frame, 1), 1, DynamixelInstruction.Reboot, "");

    [Test]
    public void RegWrite() => Check(
        "FF FF FD 00 01 09 00 04 68 00 C8 00 00 00 AE 8E", frame => DynamixelEncoder.RegWrite(frame, 1, 104, Hex.Bytes("C8 00 00 00")), 1, DynamixelInstruction.RegWrite, "68 00 C8 00 00 00");

    [Test]
    public void Action() => Check("FF FF FD 00 01 03 00 05 02 CE", frame => DynamixelEncoder.Action(frame, 1), 1, DynamixelInstruction.Action, "");

    [Test]
    public void FactoryReset() => Check("FF FF FD 00 01 04 00 06 01 A1 E6", frame => DynamixelEncoder.FactoryReset(frame, 1, FactoryResetKeeps.Id), 1, DynamixelInstruction.FactoryReset, "01");

    [Test]
    public void Clear() => Check("FF FF FD 00 01 08 00 10 01 44 58 4C 22 B1 DC", frame => DynamixelEncoder.Clear(frame, 1), 1, DynamixelInstruction.Clear, "01 44 58 4C 22");

    [Test]
    public void SyncRead() => Check(
        "FF FF FD 00 FE 09 00 82 84 00 04 00 01 02 CE FA", frame => DynamixelEncoder.SyncRead(frame, 132, 4, [1, 2]), 0xFE, DynamixelInstruction.SyncRead, "84 00 04 00 01 02");

    [Test]
    public void SyncWrite() => Check(
        "FF FF FD 00 FE 11 00 83 74 00 04 00 01 96 00 00 00 02 AA 00 00 00 82 87", frame => DynamixelEncoder.SyncWrite(frame, 116, 4, Hex.Bytes("01 96 00 00 00 02 AA 00 00 00")),
        0xFE, DynamixelInstruction.SyncWrite, "74 00 04 00 01 96 00 00 00 02 AA 00 00 00");

    [Test]
    public void BulkRead() => Check(
        "FF FF FD 00 FE 0D 00 92 01 90 00 02 00 02 92 00 01 00 1A 05", frame => DynamixelEncoder.BulkRead(frame, [new(1, 144, 2), new(2, 146, 1)]),
        0xFE, DynamixelInstruction.BulkRead, "01 90 00 02 00 02 92 00 01 00");

    [Test]
    public void BulkWrite() => Check(
        "FF FF FD 00 FE 10 00 93 01 20 00 02 00 A0 00 02 1F 00 01 00 50 B7 68", frame => DynamixelEncoder.BulkWrite(frame, [new(1, 32, 2), new(2, 31, 1)], [0xA0, 0x00, 0x50]),
        0xFE, DynamixelInstruction.BulkWrite, "01 20 00 02 00 A0 00 02 1F 00 01 00 50");

    [Test]
    public void FastSyncRead() => Check(
        "FF FF FD 00 FE 0A 00 8A 84 00 04 00 03 07 04 20 F2", frame => DynamixelEncoder.FastSyncRead(frame, 132, 4, [3, 7, 4]), 0xFE, DynamixelInstruction.FastSyncRead, "84 00 04 00 03 07 04");

    [Test]
    public void Status() => Check(
        "FF FF FD 00 01 08 00 55 00 A6 00 00 00 8C C0", frame => DynamixelEncoder.Status(frame, 1, 0, Hex.Bytes("A6 00 00 00")), 1, DynamixelInstruction.Status, "00 A6 00 00 00");

    // Bulk: three servos with 4, 2 and 1 bytes.
    [TestCase("FF FF FD 00 FE 14 00 55 00 03 A6 00 00 00 67 A4 00 07 A5 01 24 74 00 04 1F D9 C1")]
    [TestCase("FF FF FD 00 FE 11 00 55 00 01 D0 07 00 00 0C 83 00 02 09 00 00 00 11 40")]
    public void FastStatus_IsOneFrame(string vector)
    {
        var decoder = new DynamixelDecoder();
        decoder.Take(Hex.Bytes(vector));

        Assert.That(decoder.TryNext(out var frame));
        Assert.That((frame.Id, frame.IsStatus, frame.Error), Is.EqualTo(((byte)0xFE, true, DynamixelError.None)));
        Assert.That(frame.Parameters.Length, Is.EqualTo(Hex.Bytes(vector).Length - 10));
    }

    private static void Check(string vector, Encode encode, byte id, DynamixelInstruction instruction, string parameters)
    {
        var frame = new byte[64];
        var length = encode(frame);
        Assert.That(Hex.Text(frame.AsSpan(0, length)), Is.EqualTo(vector));

        var decoder = new DynamixelDecoder();
        decoder.Take(Hex.Bytes(vector));
        Assert.That(decoder.TryNext(out var decoded));
        Assert.That((decoded.Id, decoded.Instruction, Hex.Text(decoded.Parameters)), Is.EqualTo((id, instruction, parameters)));
        Assert.That(decoder.TryNext(out _), Is.False);
    }
}
