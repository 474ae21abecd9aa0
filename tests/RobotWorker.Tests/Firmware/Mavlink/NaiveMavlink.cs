namespace RobotWorker.Tests.Firmware.Mavlink;

/// <summary>The second parser, and a writer: all bytes are there, it looks at each place anew, its CRC goes bit by bit, and nothing in it is shared with the decoder.</summary>
internal static class NaiveMavlink
{
    /// <summary>Message, system and payload of every HEARTBEAT and SYS_STATUS of a stream that ended.</summary>
    public static IEnumerable<byte[]> Frames(byte[] stream, int count)
    {
        for (var at = 0; at < count; at++)
        {
            if (WholeAt(stream, at, count) is not { } whole) continue;
            yield return [stream[at + 7], stream[at + 5], .. stream.AsSpan(at + 10, stream[at + 1])];
            at += whole - 1;
        }
    }

    /// <param name="isSigned">With thirteen bytes of a signature behind it.</param>
    /// <returns>The number of bytes.</returns>
    public static int Write(Span<byte> frame, byte flags, byte system, int message, ReadOnlySpan<byte> payload, bool isSigned, Random random)
    {
        random.NextBytes(frame[..10]);
        (frame[0], frame[1], frame[2], frame[5]) = (0xFD, (byte)payload.Length, (byte)(flags | (isSigned ? 1 : 0)), system);
        (frame[7], frame[8], frame[9]) = ((byte)message, (byte)(message >> 8), (byte)(message >> 16));
        payload.CopyTo(frame[10..]);
        var end = 10 + payload.Length;
        var crc = Crc(frame[1..end], message);
        (frame[end], frame[end + 1]) = ((byte)crc, (byte)(crc >> 8));
        if (!isSigned) return end + 2;
        random.NextBytes(frame.Slice(end + 2, 13));
        return end + 15;
    }

    private static int? WholeAt(byte[] stream, int at, int count)
    {
        if (stream[at] != 0xFD || count - at < 12) return null;
        var payload = stream[at + 1];
        var flags = stream[at + 2];
        // 1 is a signature; any other flag makes a frame that must be left alone.
        if (flags > 1) return null;
        var message = stream[at + 7] + (256 * stream[at + 8]) + (65536 * stream[at + 9]);
        if (message > 1) return null;
        var whole = 10 + payload + 2 + (flags == 1 ? 13 : 0);
        if (at + whole > count) return null;
        var crc = Crc(stream.AsSpan(at + 1, 9 + payload), message);
        return crc == stream[at + 10 + payload] + (256 * stream[at + 11 + payload]) ? whole : null;
    }

    // X.25's polynomial from the low end, and as a last byte what the definition of the message adds: 50 for HEARTBEAT, 124 for SYS_STATUS.
    private static int Crc(ReadOnlySpan<byte> bytes, int message)
    {
        var crc = 0xFFFF;
        for (var i = 0; i <= bytes.Length; i++)
        {
            var value = i < bytes.Length ? bytes[i] : message == 0 ? 50 : 124;
            for (var bit = 0; bit < 8; bit++)
            {
                var carry = (crc ^ (value >> bit)) & 1;
                crc = (crc >> 1) ^ (carry * 0x8408);
            }
        }

        return crc;
    }
}
