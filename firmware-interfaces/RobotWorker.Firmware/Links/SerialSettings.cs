namespace RobotWorker.Firmware.Links;

/// <summary>How a serial port is opened: 8 bits, no parity, one stop bit, no flow control, as servo buses and boards have it.</summary>
/// <param name="Baud">Bits a second, 300 to 4,000,000; what the adapter cannot do it refuses.</param>
/// <param name="Log">Hears warnings a person should read, such as an adapter that holds bytes back.</param>
public sealed record SerialSettings(int Baud, Action<string>? Log = null)
{
    /// <summary>How long a bridge (tcp://) may take to answer.</summary>
    public TimeSpan ConnectsWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the opening of a link waits for the bridge. A loop that leads a robot does not: there nothing comes from a link that is not connected yet, and it is lost where nobody answers in time.</summary>
    public bool WaitsForBridge { get; init; } = true;
}
