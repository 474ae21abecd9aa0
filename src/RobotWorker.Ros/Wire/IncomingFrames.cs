using System.Buffers;
using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace RobotWorker.Ros.Wire;

/// <summary>What a WebSocket received next.</summary>
internal enum Arrival
{
    /// <summary>Nothing whole: more bytes must be read.</summary>
    Nothing,
    Text,
    Binary,

    /// <summary>A message longer than is allowed was skipped.</summary>
    TooLong,
    Ping,
    Pong,
    Close,
}

/// <summary>
/// The reading half of a WebSocket (RFC 6455, 5): one read of the stream brings many frames, which are taken out of the buffer where they stand. The
/// framework's WebSocket reads each frame in two steps and copies it, which costs more than a small message itself.
/// </summary>
internal sealed class IncomingFrames(Stream stream, bool isServer, int mostBytes)
{
    private const int UsualBuffer = 64 * 1024, LongestHeader = 14, LongestControl = 125;

    // A larger buffer than this is not kept when nothing stands in it: one large message must not cost memory for ever.
    private const int MostKept = 1 << 20;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(UsualBuffer);
    private int start;
    private int end;
    private int needed;    // bytes from start on that make the next frame whole, as far as is known
    private byte[]? begun;    // a message of several frames
    private int begunLength;
    private Arrival begunKind;
    private long skipLeft;

    /// <summary>How much of a message that is too long was announced so far; 0 when none is being skipped. After <see cref="Arrival.TooLong"/> it is its length.</summary>
    public long Skipping { get; private set; }

    /// <summary>Takes the next message or control frame out of the buffer. The bytes are gone with the next call of <see cref="FillAsync"/>.</summary>
    /// <exception cref="WebSocketException">The other side does not keep to the protocol.</exception>
    public Arrival Next(out ReadOnlySpan<byte> payload)
    {
        while (true)
        {
            payload = default;
            if (skipLeft > 0)
            {
                var passed = (int)Math.Min(skipLeft, end - start);
                start += passed;
                skipLeft -= passed;
                if (skipLeft > 0) return Arrival.Nothing;
                if (begunKind != Arrival.Nothing) continue;
                return Arrival.TooLong;
            }

            if (!TryHeader(out var head)) return Arrival.Nothing;
            if (head.Operation < 8)
            {
                if (head.Operation == 0 == (begunKind == Arrival.Nothing)) throw Broken("a frame that continues nothing, or starts within a message");
                if (head.Operation != 0) Skipping = 0;
                if (Skipping > 0 || head.Length > mostBytes - begunLength)
                {
                    Skip(head);
                    if (skipLeft == 0 && head.IsLast) return Arrival.TooLong;
                    continue;
                }
            }

            needed = head.Size + (int)head.Length;
            if (end - start < needed) return Arrival.Nothing;
            var here = buffer.AsSpan(start + head.Size, (int)head.Length);
            if (isServer) FrameMask.Apply(here, head.Mask);
            start += needed;
            needed = 0;
            switch (head.Operation)
            {
                case 8: payload = here; return Arrival.Close;
                case 9: payload = here; return Arrival.Ping;
                case 10: payload = here; return Arrival.Pong;
                default:
                    var kind = head.Operation == 0 ? begunKind : head.Operation == 1 ? Arrival.Text : Arrival.Binary;
                    if (head.Operation == 0 || !head.IsLast)
                    {
                        Continue(here, kind);
                        if (!head.IsLast) continue;
                        here = begun.AsSpan(0, begunLength);
                        (begunKind, begunLength) = (Arrival.Nothing, 0);
                    }

                    if (kind == Arrival.Text && !Utf8.IsValid(here)) throw Broken("a text that is not UTF-8", WebSocketCloseStatus.InvalidPayloadData);
                    payload = here;
                    return kind;
            }
        }
    }

    /// <summary>Reads more. False at the stream's end.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancel = default)
    {
        MakeRoom();
        var count = await stream.ReadAsync(buffer.AsMemory(end), cancel).ConfigureAwait(false);
        end += count;
        return count > 0;
    }

    /// <summary>What must be told to a side that broke the protocol.</summary>
    public static WebSocketCloseStatus StatusOf(WebSocketException broken) =>
        broken.Data["status"] is WebSocketCloseStatus status ? status : WebSocketCloseStatus.ProtocolError;

    private bool TryHeader(out Header head)
    {
        head = default;
        var bytes = buffer.AsSpan(start, end - start);
        if (bytes.Length < 2) return false;
        var (operation, isLast, isMasked) = (bytes[0] & 0x0F, (bytes[0] & 0x80) != 0, (bytes[1] & 0x80) != 0);
        if ((bytes[0] & 0x70) != 0) throw Broken("reserved bits are set, though no extension was agreed on");
        if (operation is > 2 and < 8 or > 10) throw Broken($"a frame with operation {operation}");
        if (isMasked != isServer) throw Broken(isServer ? "a frame without a mask" : "a frame with a mask");
        long length = bytes[1] & 0x7F;
        var at = length switch { 126 => 4, 127 => 10, _ => 2 };
        var size = at + (isMasked ? 4 : 0);
        if (bytes.Length < size) return false;
        if (at == 4) length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        else if (at == 10) length = BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
        if (length < 0) throw Broken("a frame's length is negative");
        if (operation >= 8 && (!isLast || length > LongestControl)) throw Broken("a control frame is cut or too long");
        head = new(operation, isLast, length, size, isMasked ? MemoryMarshal.Read<uint>(bytes[at..]) : 0);
        return true;
    }

    private void Skip(Header head)
    {
        Skipping = Math.Min(Skipping + begunLength, long.MaxValue - head.Length) + head.Length;
        begunLength = 0;
        begunKind = head.IsLast ? Arrival.Nothing : Arrival.Binary;
        start += head.Size;
        skipLeft = head.Length;
    }

    private void Continue(ReadOnlySpan<byte> part, Arrival kind)
    {
        if (begun is null || begun.Length - begunLength < part.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(begunLength + part.Length, begunLength * 2));
            begun.AsSpan(0, begunLength).CopyTo(larger);
            if (begun is not null) ArrayPool<byte>.Shared.Return(begun);
            begun = larger;
        }

        part.CopyTo(begun.AsSpan(begunLength));
        begunLength += part.Length;
        begunKind = kind;
    }

    private void MakeRoom()
    {
        if (begunLength == 0 && begun is { Length: > MostKept })
        {
            ArrayPool<byte>.Shared.Return(begun);
            begun = null;
        }

        var rest = end - start;
        if (rest == 0 && buffer.Length > 2 * MostKept) Replace(UsualBuffer);    // the pool keeps it for the next one
        else if (end == buffer.Length && rest >= buffer.Length / 2) Replace((int)Math.Min(2L * buffer.Length, Math.Max(needed, rest + UsualBuffer)));
        else if (start > 0 && rest <= start)
        {
            buffer.AsSpan(start, rest).CopyTo(buffer);
            (start, end) = (0, rest);
        }
    }

    private void Replace(int size)
    {
        var other = ArrayPool<byte>.Shared.Rent(Math.Max(size, end - start + LongestHeader));
        buffer.AsSpan(start, end - start).CopyTo(other);
        ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end) = (other, 0, end - start);
    }

    private static WebSocketException Broken(string what, WebSocketCloseStatus status = WebSocketCloseStatus.ProtocolError) =>
        new(WebSocketError.Faulted, $"the other side broke the WebSocket protocol: {what}") { Data = { ["status"] = status } };

    private readonly record struct Header(int Operation, bool IsLast, long Length, int Size, uint Mask);
}
