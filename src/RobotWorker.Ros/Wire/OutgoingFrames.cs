using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RobotWorker.Ros.Wire;

/// <summary>
/// The writing half of a WebSocket (RFC 6455, 5): small frames gather in one buffer and leave together by <see cref="FlushAsync"/>, large ones leave at once.
/// One writer at a time, apart from <see cref="ControlAsync"/>, which anybody may call.
/// </summary>
#pragma warning disable CA1001 // a semaphore holds nothing while nobody asks for its handle, and one that is disposed leaves those that wait hanging
internal sealed class OutgoingFrames(Stream stream, bool isServer)
#pragma warning restore CA1001
{
    private const int BufferSize = 64 * 1024, LongestHeader = 14;

    // The stream sees whole frames only, one writer after the other: a ping must not fall into another frame's middle.
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly byte[] gathered = new byte[BufferSize];
    private readonly FrameMask? masks = isServer ? null : new();
    private int length;

    /// <summary>Sends a message, or puts it to those that the next flush sends.</summary>
    /// <param name="message">Its bytes; a client's are masked where they stand and no longer readable afterwards.</param>
    /// <param name="isBinary">Else text, which must be UTF-8.</param>
    /// <param name="cancel">Ends the waiting; the stream is broken then.</param>
    public ValueTask SendAsync(Memory<byte> message, bool isBinary, CancellationToken cancel)
    {
        if (message.Length > BufferSize - LongestHeader) return SendLargeAsync(message, isBinary, cancel);
        if (message.Length > BufferSize - LongestHeader - length) return FlushAndSendAsync(message, isBinary, cancel);
        Gather(message.Span, isBinary ? 2 : 1);
        return ValueTask.CompletedTask;
    }

    /// <summary>What was gathered leaves.</summary>
    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        if (length == 0) return;
        await writing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var count = length;
            length = 0;
            await stream.WriteAsync(gathered.AsMemory(0, count), cancel).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Sends a control frame now, from any thread.</summary>
    /// <param name="operation">8 closes, 9 is a ping, 10 a pong.</param>
    /// <param name="payload">At most 125 bytes; asked for when it is its turn.</param>
    /// <param name="cancel">Ends the waiting; the stream is broken then.</param>
    public async Task ControlAsync(int operation, Func<byte[]> payload, CancellationToken cancel)
    {
        await writing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var content = payload();
            var frame = new byte[LongestHeader + content.Length];
            var mask = isServer ? 0 : FrameMask.One();
            var at = Head(frame, operation, content.Length, mask);
            FrameMask.Copy(content, frame.AsSpan(at), mask);
            await stream.WriteAsync(frame.AsMemory(0, at + content.Length), cancel).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    private void Gather(ReadOnlySpan<byte> message, int operation)
    {
        var mask = masks?.Next() ?? 0;
        length += Head(gathered.AsSpan(length), operation, message.Length, mask);
        var to = gathered.AsSpan(length);
        if (isServer) message.CopyTo(to);
        else FrameMask.Copy(message, to, mask);
        length += message.Length;
    }

    private async ValueTask FlushAndSendAsync(Memory<byte> message, bool isBinary, CancellationToken cancel)
    {
        await FlushAsync(cancel).ConfigureAwait(false);
        Gather(message.Span, isBinary ? 2 : 1);
    }

    private async ValueTask SendLargeAsync(Memory<byte> message, bool isBinary, CancellationToken cancel)
    {
        await FlushAsync(cancel).ConfigureAwait(false);
        await writing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var mask = masks?.Next() ?? 0;
            var size = Head(gathered, isBinary ? 2 : 1, message.Length, mask);
            if (!isServer) FrameMask.Apply(message.Span, mask);
            // The first piece goes with the header: a segment of 14 bytes of its own would wake the other side for nothing.
            var first = Math.Min(message.Length, BufferSize - size);
            message.Span[..first].CopyTo(gathered.AsSpan(size));
            await stream.WriteAsync(gathered.AsMemory(0, size + first), cancel).ConfigureAwait(false);
            await stream.WriteAsync(message[first..], cancel).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    private int Head(Span<byte> to, int operation, int count, uint mask)
    {
        to[0] = (byte)(0x80 | operation);
        var at = 2;
        if (count < 126)
        {
            to[1] = (byte)count;
        }
        else if (count <= ushort.MaxValue)
        {
            to[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)count);
            at = 4;
        }
        else
        {
            to[1] = 127;
            BinaryPrimitives.WriteInt64BigEndian(to[2..], count);
            at = 10;
        }

        if (isServer) return at;
        to[1] |= 0x80;
        MemoryMarshal.Write(to[at..], mask);
        return at + sizeof(uint);
    }
}
