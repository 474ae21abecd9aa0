namespace RobotWorker.Firmware.Servos;

/// <summary>How a register writes negative numbers.</summary>
public enum RegisterForm
{
    Unsigned,
    TwosComplement,

    /// <summary>One bit says minus, the bits below it how much (Feetech).</summary>
    SignMagnitude,
}
