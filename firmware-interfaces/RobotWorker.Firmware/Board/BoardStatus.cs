using System.Buffers.Binary;

namespace RobotWorker.Firmware.Board;

/// <summary>What the board tells every 20 ms (`rw_status` in board.h).</summary>
/// <param name="InputOpen">The emergency stop's contact is open, or its wire is broken: before the latch, without debounce.</param>
/// <param name="RelayClosed">The drives have power.</param>
/// <param name="HostHeard">A valid heartbeat came within the last 100 ms.</param>
/// <param name="Uptime">Since its last start.</param>
/// <param name="BatteryVolts">At the battery, before the divider.</param>
/// <param name="CrcErrors">Frames to the board that were damaged, since its start; wraps at 65,536.</param>
/// <param name="Overruns">Bytes to the board that were lost, likewise.</param>
/// <param name="Challenge">A heartbeat answers it with its one's complement; the last three count.</param>
/// <param name="Hold">Between an emergency stop and the relay's opening.</param>
public sealed record BoardStatus(uint Session, BoardState State, bool InputOpen, bool RelayClosed, bool HostHeard, ResetCause ResetCause, TimeSpan Uptime, double BatteryVolts, int CrcErrors,
    int Overruns, byte LastHostSequence, ushort Challenge, TimeSpan Hold)
{
    /// <summary>Of the wire format that this host speaks.</summary>
    public const byte Protocol = 1;

    internal const int Length = 19;

    /// <summary>Milliseconds, as a command tells them back.</summary>
    internal uint UptimeMilliseconds => (uint)(long)Uptime.TotalMilliseconds;

    /// <returns>Null where the body is none of this protocol.</returns>
    public static BoardStatus? Read(in BoardFrame frame)
    {
        var body = frame.Body;
        if (frame.Type != BoardFrameType.Status || body.Length != Length || body[0] != Protocol) return null;
        if (body[1] is < (byte)BoardState.Safe or > (byte)BoardState.Stopped) return null;
        var flags = body[2];
        return new(frame.Session, (BoardState)body[1], (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, (ResetCause)(body[3] & 0x0F),
            TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt32LittleEndian(body[4..])), BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) / 1000.0,
            BinaryPrimitives.ReadUInt16LittleEndian(body[10..]), BinaryPrimitives.ReadUInt16LittleEndian(body[12..]), body[14], BinaryPrimitives.ReadUInt16LittleEndian(body[15..]),
            TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt16LittleEndian(body[17..])));
    }
}
