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
}
