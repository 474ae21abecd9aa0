namespace RobotWorker.Firmware.Dynamixel;

/// <summary>
/// Finds frames in a stream of bytes that come in any portions; allocates nothing. What looks like a frame and has a wrong length or CRC is left by one byte only, so that a true frame inside of it is
/// found.
/// </summary>
/// <param name="longest">Longer frames are taken for noise.</param>
public sealed class DynamixelDecoder(int longest = DynamixelWire.LongestFrame)
{
    private const int Overhead = 7;

    private readonly byte[] buffer = new byte[2 * longest];
    private int start;
    private int end;

    private static ReadOnlySpan<byte> Header => [0xFF, 0xFF, 0xFD, 0x00];

    /// <summary>Headers whose CRC or length was wrong.</summary>
    public long BadChecks { get; private set; }

    /// <summary>Takes as many bytes as it has room for: at least one, once <see cref="TryNext"/> has said no.</summary>
    /// <returns>How many.</returns>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        var count = Math.Min(bytes.Length, buffer.Length - end);
        bytes[..count].CopyTo(buffer.AsSpan(end));
        end += count;
        return count;
    }

    /// <summary>The next frame, if it is there in whole.</summary>
    public bool TryNext(out DynamixelFrame frame) => TryNext(isIdle: false, out frame);

    /// <summary>After silence on the line: a frame begun and not ended is none, and what came behind its header is looked through.</summary>
    public bool TryNextAfterSilence(out DynamixelFrame frame) => TryNext(isIdle: true, out frame);

    /// <summary>Forgets all that has come.</summary>
    public void Clear() => (start, end) = (0, 0);

    private bool TryNext(bool isIdle, out DynamixelFrame frame)
    {
        frame = default;
        while (FindHeader())
        {
            var waiting = buffer.AsSpan(start, end - start);
            var total = waiting.Length < Overhead ? 0 : Overhead + waiting[5] + (waiting[6] << 8);
            if (total > longest || (total > 0 && (total < DynamixelWire.ShortestFrame || waiting[4] > DynamixelWire.Broadcast)))
            {
                BadChecks++;
                start++;
            }
            else if (total == 0 || waiting.Length < total)
            {
                if (!isIdle) return false;
                start++;
            }
            else if (DynamixelWire.Crc(waiting[..(total - 2)]) != (waiting[total - 2] | (waiting[total - 1] << 8)))
            {
                BadChecks++;
                start++;
            }
            else
            {
                start += total;
                frame = Unpack(waiting[..total]);
                return true;
            }
        }

        return false;
    }

    private static DynamixelFrame Unpack(Span<byte> whole)
    {
        var instruction = (DynamixelInstruction)whole[Overhead];
        var parameters = whole[(Overhead + 1)..^2];

        // What many servos answer as one to a fast read is not stuffed (manual of Protocol 2.0).
        var isFast = instruction == DynamixelInstruction.Status && whole[4] == DynamixelWire.Broadcast;
        return new(whole[4], instruction, isFast ? parameters : parameters[..Unstuff(parameters, whole[Overhead])]);
    }

    private static int Unstuff(Span<byte> body, uint last)
    {
        var length = 0;
        for (var i = 0; i < body.Length; i++)
        {
            if (last == 0xFFFFFD && body[i] == 0xFD)
            {
                last = 0;
                continue;
            }

            last = ((last << 8) | body[i]) & 0xFFFFFF;
            body[length++] = body[i];
        }

        return length;
    }

    // To the next FF FF FD 00, or to what may become one.
    private bool FindHeader()
    {
        for (; start < end; start++)
        {
            var found = buffer.AsSpan(start, end - start).IndexOf((byte)0xFF);
            if (found < 0) break;
            start += found;
            var known = Math.Min(4, end - start);
            if (!Header[..known].SequenceEqual(buffer.AsSpan(start, known))) continue;
            return known == 4;
        }

        start = end;
        return false;
    }
}
