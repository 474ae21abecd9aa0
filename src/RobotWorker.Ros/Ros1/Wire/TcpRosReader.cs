using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>
/// Takes length-prefixed pieces out of a stream of bytes. Many small ones come with one read, and are handed out in place; a large one gets a buffer that
/// grows with what arrives, so that a length that is only claimed costs nothing.
/// </summary>
/// <param name="receive">Puts the next bytes, however many, into the memory that it is given; 0 when the peer closed.</param>
/// <param name="maximalBytes">The longest piece that is taken.</param>
internal sealed class TcpRosReader(Func<Memory<byte>, CancellationToken, ValueTask<int>> receive, int maximalBytes) : IDisposable
{
    private const int Least = 64 << 10;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Least);
    private int start;
    private int end;
    private int wanted;    // bytes from start on that the next piece takes, as far as is known

    /// <summary>Reads from a socket.</summary>
    public TcpRosReader(Socket socket, int maximalBytes)
        : this((memory, cancel) => socket.ReceiveAsync(memory, SocketFlags.None, cancel), maximalBytes)
    {
    }

    /// <summary>The longest piece that is taken.</summary>
    public int MaximalBytes { get; set; } = maximalBytes;

    /// <summary>The next piece, if all of it is here. It stays valid until the next <see cref="FillAsync"/>.</summary>
    /// <exception cref="Ros1Exception">It is longer than allowed.</exception>
    public bool TryTake(out ReadOnlyMemory<byte> piece)
    {
        piece = default;
        wanted = 4;
        if (end - start < wanted) return false;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(start));
        if (length > (uint)MaximalBytes) throw new Ros1Exception($"the peer announces {length} bytes, and at most {MaximalBytes} are taken");
        wanted = 4 + (int)length;
        if (end - start < wanted) return false;
        piece = buffer.AsMemory(start + 4, (int)length);
        start += wanted;
        return true;
    }

    /// <summary>The next byte, if it is here.</summary>
    public bool TryTakeByte(out byte value)
    {
        wanted = 1;
        value = 0;
        if (start == end) return false;
        value = buffer[start++];
        return true;
    }

    /// <summary>Waits for more.</summary>
    /// <returns>Whether anything came; false when the peer closed.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> FillAsync(CancellationToken cancel)
    {
        MakeRoom();
        // Of a large piece no more is read than itself: the next one need not be moved then.
        var most = wanted > Least ? Math.Min(buffer.Length - end, wanted - (end - start)) : buffer.Length - end;
        var read = await receive(buffer.AsMemory(end, most), cancel);
        end += read;
        return read > 0;
    }

    /// <summary>The next piece; null when the peer closed.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> TakeAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (TryTake(out var piece)) return piece;
            if (!await FillAsync(cancel)) return null;
        }
    }

    /// <summary>The next byte; null when the peer closed.</summary>
    public async ValueTask<byte?> TakeByteAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (TryTakeByte(out var value)) return value;
            if (!await FillAsync(cancel)) return null;
        }
    }

    public void Dispose()
    {
        if (buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private void MakeRoom()
    {
        if (start == end) start = end = 0;
        if (buffer.Length - start >= wanted && end < buffer.Length) return;
        var size = Math.Clamp(wanted, Least, Math.Max(buffer.Length, 2 * (end - start)));
        var next = size > buffer.Length ? ArrayPool<byte>.Shared.Rent(size) : buffer;
        buffer.AsSpan(start, end - start).CopyTo(next);
        (start, end) = (0, end - start);
        if (next == buffer) return;
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = next;
    }
}
