namespace RobotWorker.Firmware.Servos;

public enum ServoMake
{
    /// <summary>STS and SMS series.</summary>
    Feetech,

    /// <summary>X series, Protocol 2.0.</summary>
    Dynamixel,
}
