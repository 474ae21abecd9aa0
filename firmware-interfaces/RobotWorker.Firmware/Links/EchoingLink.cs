namespace RobotWorker.Firmware.Links;

/// <summary>A link through an adapter that hears itself: on a single data line whatever is sent comes back first. Here it is left out.</summary>
/// <param name="inner">Disposed of with this.</param>
public sealed class EchoingLink(IByteLink inner, TimeProvider time) : IByteLink
{
    // What was sent and has not come back yet.
    private int owed;

    public string Name => inner.Name;

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        inner.Write(bytes, within);
        owed += bytes.Length;
    }

    public int Read(Span<byte> buffer, TimeSpan within)
    {
        var start = time.GetTimestamp();
        for (var left = within; inner.Read(buffer, left) is var count and > 0;)
        {
            var echo = Own(count);
            left = within - time.GetElapsedTime(start);
            if (left < TimeSpan.Zero) left = TimeSpan.Zero;
            if (count == echo) continue;
            buffer[echo..count].CopyTo(buffer);
            return count - echo;
        }
        // One that has not come by now never will; the next answer must not be taken for it.
        if (within > TimeSpan.Zero) owed = 0;
        return 0;
    }

    // What was written without an answer to wait for may still be on its way back.
    public void DiscardInput()
    {
        Span<byte> old = stackalloc byte[512];
        while (inner.Read(old, TimeSpan.Zero) is var count and > 0) Own(count);
    }

    public void Dispose() => inner.Dispose();

    private int Own(int count)
    {
        var echo = Math.Min(owed, count);
        owed -= echo;
        return echo;
    }
}
