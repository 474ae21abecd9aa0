namespace RobotWorker.Firmware.Feetech;

/// <summary>
/// Finds frames in a stream of bytes that come in any portions; allocates nothing. What looks like a frame and has a wrong length or checksum is left by one byte only, so that a true frame inside of it
/// is found. Instructions and answers have one form: the reader of the bus knows which it expects.
/// </summary>
/// <param name="longest">Longer frames are taken for noise: a host knows how long the answers to its question can be, and need not wait for 250 bytes that a flipped bit announced.</param>
public sealed class StsDecoder(int longest = StsWire.LongestFrame)
{
    private readonly byte[] buffer = new byte[2 * longest];
    private int start;
    private int end;

    /// <summary>Headers whose checksum or length was wrong.</summary>
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
    public bool TryNext(out StsFrame frame) => TryNext(isIdle: false, out frame);

    /// <summary>After silence on the line: a frame begun and not ended is none, and what came behind its header is looked through.</summary>
    public bool TryNextAfterSilence(out StsFrame frame) => TryNext(isIdle: true, out frame);

    /// <summary>Forgets all that has come.</summary>
    public void Clear() => (start, end) = (0, 0);

    private bool TryNext(bool isIdle, out StsFrame frame)
    {
        frame = default;
        while (FindHeader())
        {
            var waiting = buffer.AsSpan(start, end - start);
            if (waiting.Length < 4)
            {
                if (!isIdle) return false;
                start++;
                continue;
            }

            int length = waiting[3];
            if (waiting[2] == 0xFF)
            {
                // Three FF: the header may begin with the second.
                start++;
            }
            else if (length < 2 || length + 4 > longest)
            {
                BadChecks++;
                start++;
            }
            else if (waiting.Length < length + 4)
            {
                if (!isIdle) return false;
                start++;
            }
            else if (StsWire.Checksum(waiting[2..(length + 3)]) != waiting[length + 3])
            {
                BadChecks++;
                start++;
            }
            else
            {
                frame = new StsFrame(waiting[2], waiting[4], waiting[5..(length + 3)]);
                start += length + 4;
                return true;
            }
        }

        return false;
    }

    // To the next FF FF, or to a last FF that may become one.
    private bool FindHeader()
    {
        while (start < end)
        {
            var found = buffer.AsSpan(start, end - start).IndexOf((byte)0xFF);
            if (found < 0)
            {
                start = end;
                return false;
            }

            start += found;
            if (start + 1 == end) return false;
            if (buffer[start + 1] == 0xFF) return true;
            start++;
        }

        return false;
    }
}
