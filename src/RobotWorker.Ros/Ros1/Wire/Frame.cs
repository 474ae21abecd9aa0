using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>
/// A message as it goes over TCPROS: serialised once, its length before it, shared by the queues of all subscribers, and given back when the last
/// one has let go of it.
/// </summary>
internal sealed class Frame : IBufferWriter<byte>
{
    private const int MostSpare = 1024;

    private static readonly ConcurrentQueue<Frame> Spare = new();

    private byte[] buffer = [];
    private int length;
    private int holders;

    private Frame()
    {
    }

    public int Length => length;

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>The message's frame, held by the caller.</summary>
    /// <exception cref="RosCodecException">The message does not fit its definition.</exception>
    public static Frame Of(IRosMessage message)
    {
        var frame = Spare.TryDequeue(out var spare) ? spare : new();
        (frame.length, frame.holders) = (0, 1);
        try
        {
            frame.GetSpan(4);
            frame.Advance(4);
            Ros1Wire.Serialize(message, frame);
            BinaryPrimitives.WriteInt32LittleEndian(frame.buffer, frame.length - 4);
            return frame;
        }
        catch (RosCodecException)
        {
            frame.Release();
            throw;
        }
    }

    public void Hold() => Interlocked.Increment(ref holders);

    public void Release()
    {
        if (Interlocked.Decrement(ref holders) > 0) return;
        // A small buffer stays with its frame; a large one is worth more to others.
        if (buffer.Length > 4096)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }

        if (Spare.Count < MostSpare) Spare.Enqueue(this);
    }

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return buffer.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return buffer.AsSpan(length);
    }

    private void Grow(int more)
    {
        var needed = length + Math.Max(more, 1);
        if (needed <= buffer.Length) return;
        var next = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 256));
        buffer.AsSpan(0, length).CopyTo(next);
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        buffer = next;
    }
}
