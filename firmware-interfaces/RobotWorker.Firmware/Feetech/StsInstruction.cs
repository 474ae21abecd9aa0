namespace RobotWorker.Firmware.Feetech;

/// <summary>What a host asks (spec, Feetech STS).</summary>
public enum StsInstruction : byte
{
    Ping = 0x01,
    Read = 0x02,
    Write = 0x03,
    RegWrite = 0x04,
    Action = 0x05,
    Reset = 0x06,
    SyncRead = 0x82,
    SyncWrite = 0x83,
}
