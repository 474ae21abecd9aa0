using RobotWorker.Firmware.Feetech;
using RobotWorker.Tests.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Feetech;

/// <summary>The vectors of the spec, both ways.</summary>
public sealed class StsVectorTests
{
    private delegate int Encode(Span<byte> frame);

    [Test]
    public void Ping() => Check("FF FF 01 02 01 FB", frame => StsEncoder.Ping(frame, 1), 1, StsInstruction.Ping, "");

    [Test]
    public void Read() => Check("FF FF 01 04 02 38 0F B1", frame => StsEncoder.Read(frame, 1, 56, 15), 1, StsInstruction.Read, "38 0F");

    [Test]
    public void Write() => Check(
        "FF FF 01 0A 03 29 32 00 08 00 00 E8 03 A3", frame => StsEncoder.Write(frame, 1, 41, Hex.Bytes("32 00 08 00 00 E8 03")), 1, StsInstruction.Write, "29 32 00 08 00 00 E8 03");

    [Test]
    public void SyncRead() => Check("FF FF FE 06 82 38 02 01 02 3C", frame => StsEncoder.SyncRead(frame, 56, 2, [1, 2]), StsWire.Broadcast, StsInstruction.SyncRead, "38 02 01 02");

    [Test]
    public void AllTorqueOff() => Check("FF FF FE 04 03 28 00 D2", frame => StsEncoder.Write(frame, StsWire.Broadcast, 40, [0]), StsWire.Broadcast, StsInstruction.Write, "28 00");

    private static void Check(string vector, Encode encode, byte id, StsInstruction instruction, string parameters)
    {
        var frame = new byte[64];
        var length = encode(frame);
        Assert.That(Hex.Text(frame.AsSpan(0, length)), Is.EqualTo(vector));

        var decoder = new StsDecoder();
        decoder.Take(Hex.Bytes(vector));
        Assert.That(decoder.TryNext(out var decoded));
        Assert.That((decoded.Id, decoded.Instruction, Hex.Text(decoded.Parameters)), Is.EqualTo((id, instruction, parameters)));
        Assert.That(decoder.TryNext(out _), Is.False);
    }
}
