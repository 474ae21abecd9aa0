namespace RobotWorker.Firmware.Servos;

/// <summary>Whether a host may write a register.</summary>
public enum RegisterAccess
{
    Read,
    ReadWrite,
}
