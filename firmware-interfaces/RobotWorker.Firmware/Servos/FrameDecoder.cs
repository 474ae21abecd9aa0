namespace RobotWorker.Firmware.Servos;

/// <summary>
/// Finds frames in a stream of bytes that come in any portions; allocates nothing. What looks like a frame and has a wrong length or check is left by one byte only, so that a true frame inside of it is found.
/// </summary>
/// <param name="longest">Longer frames are taken for noise: a host knows how long the answers to its question can be, and need not wait for what a flipped bit announced.</param>
/// <param name="header">What each frame begins with.</param>
public abstract class FrameDecoder<TFrame>(int longest, byte[] header) where TFrame : allows ref struct
{
    /// <summary>What <see cref="TotalOf"/> says of bytes that need others before anything can be said, of what is no frame, and of a header that may begin one byte later.</summary>
    protected const int Unknown = 0, Noise = -1, Shifted = -2;

    private readonly byte[] buffer = new byte[2 * longest];
    private int start;
    private int end;

    /// <summary>Headers whose check or length was wrong.</summary>
    public long BadChecks { get; private set; }

    protected int Longest { get; } = longest;

    /// <summary>Takes as many bytes as it has room for: at least one, once <see cref="TryNext(out TFrame)"/> has said no.</summary>
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
    public bool TryNext(out TFrame frame) => TryNext(isIdle: false, out frame);

    /// <summary>After silence on the line: a frame begun and not ended is none, and what came behind its header is looked through.</summary>
    public bool TryNextAfterSilence(out TFrame frame) => TryNext(isIdle: true, out frame);

    /// <summary>Forgets all that has come.</summary>
    public void Clear() => (start, end) = (0, 0);

    /// <summary>How long the frame is that begins with these bytes, or why there is none.</summary>
    protected abstract int TotalOf(ReadOnlySpan<byte> waiting);

    /// <summary>Whether a whole frame's own check agrees.</summary>
    protected abstract bool IsValid(ReadOnlySpan<byte> whole);

    /// <summary>What a valid frame says; it may be changed in place.</summary>
    protected abstract TFrame Unpack(Span<byte> whole);

    private bool TryNext(bool isIdle, out TFrame frame)
    {
        frame = default!;
        while (FindHeader())
        {
            var waiting = buffer.AsSpan(start, end - start);
            var total = TotalOf(waiting);
            if (total == Shifted)
            {
                start++;
            }
            else if (total >= 0 && (total == Unknown || waiting.Length < total))
            {
                if (!isIdle) return false;
                start++;
            }
            else if (total == Noise || !IsValid(waiting[..total]))
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

    // To the next header, or to what may become one.
    private bool FindHeader()
    {
        for (; start < end; start++)
        {
            var found = buffer.AsSpan(start, end - start).IndexOf(header[0]);
            if (found < 0) break;
            start += found;
            var known = Math.Min(header.Length, end - start);
            if (!header.AsSpan(0, known).SequenceEqual(buffer.AsSpan(start, known))) continue;
            return known == header.Length;
        }

        start = end;
        return false;
    }
}
