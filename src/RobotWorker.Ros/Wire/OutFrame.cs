using System.Buffers;
using System.Collections.Concurrent;

namespace RobotWorker.Ros.Wire;

/// <summary>What happens to a frame for which the queue has no room.</summary>
internal enum FrameKind
{
    /// <summary>It is refused, and whoever sends it is told: advertisements, calls, goals, cancellations, answers.</summary>
    Command,

    /// <summary>The oldest of its kind makes room and is counted: published messages, of which the newest matters.</summary>
    Telemetry,
}

/// <summary>A frame on its way out, in a rented buffer that goes back when it was sent or dropped.</summary>
internal readonly record struct OutFrame(byte[] Buffer, int Length, FrameKind Kind)
{
    public Memory<byte> Bytes => Buffer.AsMemory(0, Length);

    public void Return()
    {
        if (Buffer is not null) FramePool.Return(Buffer);
    }
}

/// <summary>
/// Buffers of frames. Small ones are kept here: they are rented on the loop and given back on the socket's thread, and the shared pool, which keeps
/// a few for each thread, would make a new one for nearly every message of a burst.
/// </summary>
internal static class FramePool
{
    private const int Small = 512;
    private const int MostKept = 8192;    // 4 MB

    private static readonly ConcurrentQueue<byte[]> Kept = new();

    /// <summary>A buffer of at least so many bytes, and of 512 at least.</summary>
    public static byte[] Rent(int bytes) =>
        bytes > Small ? ArrayPool<byte>.Shared.Rent(bytes) : Kept.TryDequeue(out var kept) ? kept : new byte[Small];

    /// <summary>Gives a buffer back.</summary>
    public static void Return(byte[] buffer)
    {
        if (buffer.Length != Small) ArrayPool<byte>.Shared.Return(buffer);
        else if (Kept.Count < MostKept) Kept.Enqueue(buffer);
    }
}

/// <summary>Builds a frame in a rented buffer.</summary>
internal sealed class FrameBuilder : IBufferWriter<byte>
{
    private byte[] buffer = [];
    private int length;

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return buffer.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return buffer.AsSpan(length);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        length += bytes.Length;
    }

    /// <summary>Gives the frame away; the builder starts anew.</summary>
    public OutFrame Take(FrameKind kind)
    {
        var frame = new OutFrame(buffer, length, kind);
        (buffer, length) = ([], 0);
        return frame;
    }

    /// <summary>Forgets what was written, as after a message that could not be written.</summary>
    public void Clear() => length = 0;

    private void Ensure(int more)
    {
        more = Math.Max(more, 1);
        if (buffer.Length - length >= more) return;
        var larger = FramePool.Rent(Math.Max(length + more, buffer.Length * 2));
        buffer.AsSpan(0, length).CopyTo(larger);
        if (buffer.Length > 0) FramePool.Return(buffer);
        buffer = larger;
    }
}
