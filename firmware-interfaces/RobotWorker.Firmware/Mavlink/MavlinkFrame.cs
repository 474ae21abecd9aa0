namespace RobotWorker.Firmware.Mavlink;

/// <summary>A frame whose CRC is right. It points into the decoder's buffer: valid until the decoder is used again.</summary>
/// <param name="message">The message's id: 0 or 1.</param>
/// <param name="system">The id of the system that sent it.</param>
/// <param name="payload">Without the zeros at its end, which are not sent.</param>
public readonly ref struct MavlinkFrame(int message, byte system, ReadOnlySpan<byte> payload)
{
    public int Message { get; } = message;

    public byte System { get; } = system;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}
