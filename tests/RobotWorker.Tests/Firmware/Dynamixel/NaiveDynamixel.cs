namespace RobotWorker.Tests.Firmware.Dynamixel;

/// <summary>The second parser: all bytes are there, it looks at each place anew, its CRC goes bit by bit, and nothing in it is shared with the decoder.</summary>
internal static class NaiveDynamixel
{
    private static readonly byte[] Header = [0xFF, 0xFF, 0xFD, 0x00];

    /// <summary>Id, instruction and unstuffed parameters of every frame of a stream that ended.</summary>
    public static IEnumerable<byte[]> Frames(byte[] stream, int count, int longest)
    {
        for (var at = 0; at < count; at++)
        {
            if (WholeAt(stream, at, count, longest) is not { } whole) continue;
            yield return Unstuffed(stream.AsSpan(at, whole));
            at += whole - 1;
        }
    }

    private static int? WholeAt(byte[] stream, int at, int count, int longest)
    {
        if (count - at < 10) return null;
        for (var i = 0; i < 4; i++)
        {
            if (stream[at + i] != Header[i]) return null;
        }

        var whole = 7 + stream[at + 5] + (256 * stream[at + 6]);
        if (stream[at + 4] == 0xFF || whole < 10 || whole > longest || at + whole > count) return null;
        var crc = 0;
        for (var i = at; i < at + whole - 2; i++)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                var carry = ((crc >> 15) ^ (stream[i] >> bit)) & 1;
                crc = ((crc << 1) & 0xFFFF) ^ (carry * 0x8005);
            }
        }

        return crc == stream[at + whole - 2] + (256 * stream[at + whole - 1]) ? whole : null;
    }

    private static byte[] Unstuffed(ReadOnlySpan<byte> frame)
    {
        var body = frame[7..^2].ToArray();
        if (frame[4] == 0xFE && body[0] == 0x55) return [frame[4], .. body];
        var text = string.Concat(body.Select(part => (char)part)).Replace("\u00FF\u00FF\u00FD\u00FD", "\u00FF\u00FF\u00FD");
        return [frame[4], .. text.Select(part => (byte)part)];
    }
}
