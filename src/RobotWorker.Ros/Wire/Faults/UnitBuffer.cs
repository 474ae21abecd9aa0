namespace RobotWorker.Ros.Wire.Faults;

/// <summary>Bytes that wait for the rest of their unit. What does not end within <see cref="Most"/> bytes is passed on as it comes.</summary>
internal sealed class UnitBuffer
{
    /// <summary>The longest unit that is kept together.</summary>
    public const int Most = 64 << 20;

    private byte[] bytes = new byte[4096];
    private int start;
    private int end;

    public ReadOnlySpan<byte> Waiting => bytes.AsSpan(start, end - start);

    public void Add(ReadOnlySpan<byte> received)
    {
        if (bytes.Length - end < received.Length) MakeRoom(received.Length);
        received.CopyTo(bytes.AsSpan(end));
        end += received.Length;
    }

    /// <summary>Takes the first bytes out.</summary>
    public byte[] Take(int count)
    {
        var taken = bytes.AsSpan(start, count).ToArray();
        start += count;
        return taken;
    }

    private void MakeRoom(int more)
    {
        var waiting = Waiting;
        var target = waiting.Length + more > bytes.Length ? new byte[Math.Max(2 * bytes.Length, waiting.Length + more)] : bytes;
        waiting.CopyTo(target);
        (bytes, start, end) = (target, 0, waiting.Length);
    }
}
