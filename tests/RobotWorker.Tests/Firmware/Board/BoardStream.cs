using System.Buffers.Binary;
using RobotWorker.Firmware.Board;

namespace RobotWorker.Tests.Firmware.Board;

/// <summary>What a <see cref="Servos.MutatedStream"/> is filled with where a board is at its end.</summary>
internal static class BoardStream
{
    public static readonly byte[] Noise = [0x00, 0x00, 0x01, 0x02, 0xFF, 0x4A, 0x48, 0x81];

    // One in sixteen has a body that is longer than may be, and else is right.
    public static int Write(Random random, Span<byte> frame)
    {
        var longest = random.Next(8) == 0 ? BoardFrame.MostBody : 30;
        Span<byte> plain = stackalloc byte[6 + (random.Next(16) == 0 ? BoardFrame.MostBody + random.Next(1, 4) : random.Next(longest + 1)) + 2];
        random.NextBytes(plain);
        for (var i = random.Next(6); i > 0; i--) plain[random.Next(plain.Length)] = Noise[random.Next(Noise.Length)];
        if (plain.Length > 12 && random.Next(8) == 0) plain[random.Next(plain.Length)..].Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(plain[^2..], Crc16.CcittFalse(plain[..^2]));
        var length = Cobs.Encode(plain, frame);
        frame[length] = 0;
        return length + 1;
    }
}
