namespace RobotWorker.Firmware.Board;

/// <summary>Consistent Overhead Byte Stuffing (Cheshire and Baker, 1999): bytes without a zero, so that a zero can end a frame.</summary>
public static class Cobs
{
    /// <summary>The most bytes that so many take, without the zero at the end.</summary>
    public static int MostOf(int count) => count + 1 + (count / 254);

    /// <returns>The number of bytes written, none of them zero.</returns>
    public static int Encode(ReadOnlySpan<byte> data, Span<byte> into)
    {
        var (code, at) = (0, 1);
        foreach (var b in data)
        {
            if (b != 0) into[at++] = b;
            if (b != 0 && at - code < 0xFF) continue;
            into[code] = (byte)(at - code);
            code = at++;
        }
        into[code] = (byte)(at - code);
        return at;
    }

    /// <param name="encoded">A frame without the zero at its end.</param>
    /// <returns>The number of bytes written; -1 where it is no such frame, or has no room.</returns>
    public static int Decode(ReadOnlySpan<byte> encoded, Span<byte> into)
    {
        var (at, count) = (0, 0);
        while (at < encoded.Length)
        {
            int code = encoded[at++];
            if (code == 0 || at + code - 1 > encoded.Length || count + code - 1 > into.Length) return -1;
            encoded.Slice(at, code - 1).CopyTo(into[count..]);
            at += code - 1;
            count += code - 1;
            if (code == 0xFF || at == encoded.Length) continue;
            if (count == into.Length) return -1;
            into[count++] = 0;
        }
        return count;
    }
}
