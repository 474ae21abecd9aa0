using System.Buffers.Binary;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Mavlink;

/// <summary>
/// Frames of HEARTBEAT and SYS_STATUS in MAVLink 2 (https://mavlink.io/en/guide/serialization.html). Others are stepped over byte by byte: their CRC cannot be checked without their definition, and if one
/// was no frame at all, a true one may begin inside of it. A signature is passed over, not checked.
/// </summary>
public sealed class MavlinkDecoder() : FrameDecoder<MavlinkFrame>(LongestFrame, [0xFD])
{
    internal const int Heartbeat = 0, SysStatus = 1;

    private const int Header = 10, Check = 2, Signature = 13, MostPayload = 255, Signed = 0x01;
    private const int LongestFrame = Header + MostPayload + Check + Signature;

    // CRC_EXTRA of the message definitions: a reader with another definition sees another CRC.
    private const byte HeartbeatExtra = 50, SysStatusExtra = 124;

    protected override int TotalOf(ReadOnlySpan<byte> waiting)
    {
        if (waiting.Length < Header) return Unknown;
        // Of flags that it does not know a reader does not know what they change: the protocol has it leave such a frame.
        if ((waiting[2] & ~Signed) != 0 || MessageOf(waiting) is not (Heartbeat or SysStatus)) return Shifted;
        return Header + waiting[1] + Check + ((waiting[2] & Signed) != 0 ? Signature : 0);
    }

    protected override bool IsValid(ReadOnlySpan<byte> whole)
    {
        var end = Header + whole[1];
        return BinaryPrimitives.ReadUInt16LittleEndian(whole[end..]) == Crc(whole[1..end], MessageOf(whole) == Heartbeat ? HeartbeatExtra : SysStatusExtra);
    }

    protected override MavlinkFrame Unpack(Span<byte> whole) => new(MessageOf(whole), whole[5], whole.Slice(Header, whole[1]));

    private static int MessageOf(ReadOnlySpan<byte> frame) => frame[7] | (frame[8] << 8) | (frame[9] << 16);

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
