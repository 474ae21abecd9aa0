namespace RobotWorker.Firmware.Servos;

/// <summary>Who answered a ping.</summary>
/// <param name="Firmware">As the maker counts: 44, or 3.9 as 309.</param>
public sealed record FoundServo(byte Id, int Model, int Firmware);
