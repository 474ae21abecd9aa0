namespace RobotWorker.Firmware.Dynamixel;

/// <summary>What a factory reset leaves as it is.</summary>
public enum FactoryResetKeeps : byte
{
    Nothing = 0xFF,
    Id = 0x01,
    IdAndBaud = 0x02,
}
