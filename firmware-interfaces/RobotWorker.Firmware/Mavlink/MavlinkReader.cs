namespace RobotWorker.Firmware.Mavlink;

/// <summary>
/// Reads HEARTBEAT and SYS_STATUS from a flight controller or a board that speaks MAVLink 2: a source of telemetry. Other messages are skipped; what is damaged is skipped and counted, and the first
/// whole frame after garbage is found. It allocates nothing but the messages; who wants none of these either takes the frames of a <see cref="MavlinkDecoder"/>.
/// </summary>
public sealed class MavlinkReader
{
    private readonly MavlinkDecoder decoder = new();

    /// <summary>Frames of the two messages whose CRC was wrong.</summary>
    public long Damaged => decoder.BadChecks;

    /// <summary>Takes bytes as they come.</summary>
    /// <param name="bytes">What came; afterwards what is left of it.</param>
    /// <returns>The next of the two messages; null where none ends in these bytes, and then all are taken.</returns>
    public MavlinkMessage? Next(ref ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            if (decoder.TryNext(out var frame)) return MavlinkMessage.Read(frame);
            if (bytes.IsEmpty) return null;
            bytes = bytes[decoder.Take(bytes)..];
        }
    }
}
