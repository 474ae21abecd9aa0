namespace RobotWorker.Firmware.Links;

/// <summary>How a serial port is opened: 8 bits, no parity, one stop bit, no flow control, as servo buses and boards have it.</summary>
/// <param name="Baud">Bits a second, 300 to 4,000,000; what the adapter cannot do it refuses.</param>
/// <param name="Log">Hears warnings a person should read, such as an adapter that holds bytes back.</param>
public sealed record SerialSettings(int Baud, Action<string>? Log = null);
