using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RobotWorker.Ros.Wire.Faults;

/// <summary>
/// Cuts a WebSocket (RFC 6455, 5.2) into messages: the handshake passes as it comes, control frames and what <paramref name="nameOf"/> does not name are no messages.
/// A message in several frames stays together.
/// </summary>
/// <param name="nameOf">The topic, service or action of a message by its payload, unmasked; null: it sets the connection up.</param>
internal sealed class WebSocketUnits(Func<ReadOnlySpan<byte>, string?> nameOf) : IUnitCutter
{
    private const int LongestHead = 64 << 10;

    private readonly UnitBuffer buffer = new();
    private readonly List<byte[]> fragments = [];
    private bool isOpen;
    private bool isPlain;    // no WebSocket came of it, or none that can be followed

    public static WireCutters Both(Func<ReadOnlySpan<byte>, string?> nameOf) => new(new WebSocketUnits(nameOf), new WebSocketUnits(nameOf));

    public IEnumerable<WireUnit> Take(ReadOnlyMemory<byte> received)
    {
        buffer.Add(received.Span);
        while (Next() is { } unit) yield return unit;
    }

    private WireUnit? Next()
    {
        if (isPlain) return Rest();
        if (!isOpen) return Handshake();
        while (true)
        {
            if (FrameHead.Read(buffer.Waiting) is not { } head) return null;
            if (head.Length > UnitBuffer.Most)
            {
                isPlain = true;
                return Rest();
            }

            if (buffer.Waiting.Length < head.Bytes + (int)head.Length) return null;
            var frame = buffer.Take(head.Bytes + (int)head.Length);
            if (head.IsControl) return WireUnit.Plain(frame);
            if (head.IsLast && fragments.Count == 0) return new(frame, nameOf(Unmasked(frame, head)), head.Bytes..) { IsText = head.IsText };
            fragments.Add(frame);
            if (!head.IsLast) continue;
            // Where a message begins says what it is about; only its first frame is corrupted.
            var first = fragments[0];
            var opening = FrameHead.Read(first)!.Value;
            WireUnit whole = new([.. fragments.SelectMany(piece => piece)], nameOf(Unmasked(first, opening)), opening.Bytes..first.Length) { IsText = opening.IsText };
            fragments.Clear();
            return whole;
        }
    }

    private WireUnit? Handshake()
    {
        var end = buffer.Waiting.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            if (buffer.Waiting.Length <= LongestHead) return null;
            isPlain = true;
            return Rest();
        }

        var head = buffer.Take(end + 4);
        isOpen = true;
        isPlain = head.AsSpan().StartsWith("HTTP/"u8) && head.AsSpan().IndexOf(" 101 "u8) < 0;
        return WireUnit.Plain(head);
    }

    private WireUnit? Rest() => buffer.Waiting.IsEmpty ? null : new(buffer.Take(buffer.Waiting.Length), null, ..0);

    private static ReadOnlySpan<byte> Unmasked(byte[] frame, FrameHead head)
    {
        var payload = frame.AsSpan(head.Bytes);
        if (head.Mask == 0) return payload;
        var clear = new byte[payload.Length];
        FrameMask.Copy(payload, clear, head.Mask);
        return clear;
    }

    /// <param name="Bytes">Of the head itself, mask included.</param>
    /// <param name="Length">Of the payload.</param>
    private readonly record struct FrameHead(int Bytes, ulong Length, uint Mask, bool IsControl, bool IsLast, bool IsText)
    {
        /// <summary>Null while it is not whole.</summary>
        public static FrameHead? Read(ReadOnlySpan<byte> at)
        {
            if (at.Length < 2) return null;
            var (isLast, isControl, isMasked, length) = ((at[0] & 0x80) != 0, (at[0] & 0x08) != 0, (at[1] & 0x80) != 0, (ulong)(at[1] & 0x7F));
            var size = 2 + (length == 127 ? 8 : length == 126 ? 2 : 0);
            if (at.Length < size + (isMasked ? 4 : 0)) return null;
            if (length == 126) length = BinaryPrimitives.ReadUInt16BigEndian(at[2..]);
            else if (length == 127) length = BinaryPrimitives.ReadUInt64BigEndian(at[2..]);
            return new(size + (isMasked ? 4 : 0), length, isMasked ? MemoryMarshal.Read<uint>(at[size..]) : 0, isControl, isLast, (at[0] & 0x0F) == 1);
        }
    }
}
