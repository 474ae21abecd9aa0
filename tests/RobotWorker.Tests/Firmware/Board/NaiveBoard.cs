namespace RobotWorker.Tests.Firmware.Board;

/// <summary>The second parser: all bytes are there, it cuts them at the zeros, its CRC goes bit by bit, and nothing in it is shared with the decoder.</summary>
internal static class NaiveBoard
{
    /// <summary>Type, sequence, session and body of every frame; what no zero ends is none.</summary>
    /// <param name="damaged">How many pieces were no frames.</param>
    public static List<byte[]> Frames(ReadOnlySpan<byte> stream, out int damaged)
    {
        var frames = new List<byte[]>();
        damaged = 0;
        var piece = new List<byte>();
        foreach (var value in stream)
        {
            if (value != 0)
            {
                piece.Add(value);
                continue;
            }

            if (piece.Count > 0)
            {
                if (FrameOf(piece) is { } frame) frames.Add(frame);
                else damaged++;
            }

            piece.Clear();
        }

        return frames;
    }

    private static byte[]? FrameOf(List<byte> piece)
    {
        var plain = new List<byte>();
        for (var at = 0; at < piece.Count;)
        {
            var (code, end) = (piece[at], at + piece[at]);
            if (end > piece.Count) return null;
            for (at++; at < end; at++) plain.Add(piece[at]);
            if (code != 255 && at < piece.Count) plain.Add(0);
        }

        // Type, sequence, session and CRC are eight bytes, and a body has at most 64.
        if (plain.Count is < 8 or > 72) return null;
        var crc = 0xFFFF;
        for (var i = 0; i < plain.Count - 2; i++)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                var carry = ((crc >> 15) ^ (plain[i] >> bit)) & 1;
                crc = ((crc << 1) & 0xFFFF) ^ (carry * 0x1021);
            }
        }

        return crc == plain[^2] + (256 * plain[^1]) ? [.. plain[..^2]] : null;
    }
}
