namespace RobotWorker.Firmware.Dynamixel;

/// <summary>What a bulk instruction asks of one servo.</summary>
public readonly record struct BulkRange(byte Id, ushort Address, ushort Length);
