using System.Buffers.Binary;

namespace RobotWorker.Firmware.Mavlink;

/// <param name="System">The system's id.</param>
public abstract record MavlinkMessage(byte System)
{
    /// <summary>HEARTBEAT (0).</summary>
    /// <param name="Type">MAV_TYPE.</param>
    /// <param name="Autopilot">MAV_AUTOPILOT.</param>
    /// <param name="Armed">Its motors may run.</param>
    /// <param name="State">MAV_STATE: 3 standby, 4 active, 5 critical, 6 emergency.</param>
    public sealed record Heartbeat(byte System, byte Type, byte Autopilot, bool Armed, byte State) : MavlinkMessage(System);

    /// <summary>SYS_STATUS (1); null where the board does not measure.</summary>
    /// <param name="Unhealthy">MAV_SYS_STATUS_SENSOR bits that are enabled and not healthy.</param>
    /// <param name="Remaining">Of the battery, 0 to 1.</param>
    /// <param name="Load">Of its processor, 0 to 1.</param>
    public sealed record SysStatus(byte System, uint Unhealthy, double? Volts, double? Amperes, double? Remaining, double Load) : MavlinkMessage(System);

    /// <summary>What a frame says.</summary>
    public static MavlinkMessage Read(in MavlinkFrame frame)
    {
        Span<byte> full = stackalloc byte[64];
        full.Clear();
        frame.Payload[..Math.Min(frame.Payload.Length, full.Length)].CopyTo(full);
        if (frame.Message == MavlinkDecoder.Heartbeat) return new Heartbeat(frame.System, full[4], full[5], (full[6] & 0x80) != 0, full[7]);
        var percent = (sbyte)full[30];
        var (volts, amperes) = (BinaryPrimitives.ReadUInt16LittleEndian(full[14..]), BinaryPrimitives.ReadInt16LittleEndian(full[16..]));
        var (present, healthy) = (BinaryPrimitives.ReadUInt32LittleEndian(full[4..]), BinaryPrimitives.ReadUInt32LittleEndian(full[8..]));
        return new SysStatus(frame.System, present & ~healthy, volts == ushort.MaxValue ? null : volts / 1000.0, amperes < 0 ? null : amperes / 100.0, percent < 0 ? null : percent / 100.0,
            BinaryPrimitives.ReadUInt16LittleEndian(full[12..]) / 1000.0);
    }
}
