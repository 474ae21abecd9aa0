using System.Buffers.Binary;

namespace RobotWorker.Firmware.Mavlink;

/// <summary>
/// Reads HEARTBEAT and SYS_STATUS from a flight controller or a board that speaks MAVLink 2 (https://mavlink.io/en/guide/serialization.html): a source of telemetry. Other messages are skipped; what is
/// damaged is skipped and counted, and the first whole frame after garbage is found. A signature is passed over, not checked. It allocates nothing but the messages.
/// </summary>
public sealed class MavlinkReader
{
    private const byte Start = 0xFD;
    private const int Header = 10, Check = 2, Signature = 13, MostPayload = 255, Signed = 0x01;

    // CRC_EXTRA of the message definitions: a reader with another definition sees another CRC.
    private const byte HeartbeatExtra = 50, SysStatusExtra = 124;

    private readonly byte[] buffer = new byte[2 * (Header + MostPayload + Check + Signature)];
    private int count;

    /// <summary>Frames of the two messages whose CRC was wrong.</summary>
    public long Damaged { get; private set; }

    /// <summary>Takes bytes as they come.</summary>
    /// <param name="bytes">What came; afterwards what is left of it.</param>
    /// <returns>The next of the two messages; null where none ends in these bytes, and then all are taken.</returns>
    public MavlinkMessage? Next(ref ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            if (TakeFrame() is { } message) return message;
            if (bytes.IsEmpty) return null;
            var more = Math.Min(bytes.Length, buffer.Length - count);
            bytes[..more].CopyTo(buffer.AsSpan(count));
            count += more;
            bytes = bytes[more..];
        }
    }

    private MavlinkMessage? TakeFrame()
    {
        while (true)
        {
            var start = buffer.AsSpan(0, count).IndexOf(Start);
            Drop(start < 0 ? count : start);
            if (count < Header) return null;
            var length = buffer[1];
            var whole = Header + length + Check + ((buffer[2] & Signed) != 0 ? Signature : 0);
            if (count < whole) return null;
            var id = buffer[7] | (buffer[8] << 8) | (buffer[9] << 16);
            if (id is not (0 or 1))
            {
                // Its CRC cannot be checked without its definition. If this was no frame at all, a true one may begin inside of it.
                Drop(1);
                continue;
            }
            var crc = BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(Header + length));
            if (crc != Crc(buffer.AsSpan(1, Header - 1 + length), id == 0 ? HeartbeatExtra : SysStatusExtra))
            {
                Damaged++;
                Drop(1);
                continue;
            }
            var message = Message(id, buffer[5], buffer.AsSpan(Header, length));
            Drop(whole);
            return message;
        }
    }

    private void Drop(int bytes)
    {
        buffer.AsSpan(bytes, count - bytes).CopyTo(buffer);
        count -= bytes;
    }

    private static MavlinkMessage Message(int id, byte system, ReadOnlySpan<byte> payload)
    {
        // Zeros at a payload's end are not sent.
        Span<byte> full = stackalloc byte[64];
        full.Clear();
        payload[..Math.Min(payload.Length, full.Length)].CopyTo(full);
        if (id == 0) return new MavlinkMessage.Heartbeat(system, full[4], full[5], (full[6] & 0x80) != 0, full[7]);
        var percent = (sbyte)full[30];
        var (volts, amperes) = (BinaryPrimitives.ReadUInt16LittleEndian(full[14..]), BinaryPrimitives.ReadInt16LittleEndian(full[16..]));
        var (present, healthy) = (BinaryPrimitives.ReadUInt32LittleEndian(full[4..]), BinaryPrimitives.ReadUInt32LittleEndian(full[8..]));
        return new MavlinkMessage.SysStatus(system, present & ~healthy, volts == ushort.MaxValue ? null : volts / 1000.0, amperes < 0 ? null : amperes / 100.0, percent < 0 ? null : percent / 100.0,
            BinaryPrimitives.ReadUInt16LittleEndian(full[12..]) / 1000.0);
    }

    /// <summary>CRC-16/MCRF4XX over what follows the start byte, and then the definition's extra byte.</summary>
    private static ushort Crc(ReadOnlySpan<byte> bytes, byte extra)
    {
        ushort crc = 0xFFFF;
        foreach (var b in bytes) crc = Accumulate(crc, b);
        return Accumulate(crc, extra);
    }

    private static ushort Accumulate(ushort crc, byte b)
    {
        var t = (byte)(b ^ (byte)crc);
        t ^= (byte)(t << 4);
        return (ushort)((crc >> 8) ^ (t << 8) ^ (t << 3) ^ (t >> 4));
    }
}
