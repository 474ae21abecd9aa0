namespace RobotWorker.Firmware.Servos;

/// <summary>Numbers as Feetech writes them: one bit says minus, the bits below it how much. Minus nothing is read as 0 and never written.</summary>
public static class SignMagnitude
{
    /// <param name="raw">The register's bits; those above the sign bit belong to something else and are ignored.</param>
    /// <param name="signBit">15 for speed and position, 11 for homing, 10 for load.</param>
    public static int Decode(uint raw, int signBit)
    {
        var magnitude = (int)(raw & ((1u << signBit) - 1));
        return (raw >> signBit & 1) == 1 ? -magnitude : magnitude;
    }

    /// <exception cref="ArgumentOutOfRangeException">The magnitude reaches into the sign bit.</exception>
    public static uint Encode(int value, int signBit)
    {
        var magnitude = Math.Abs((long)value);
        if (magnitude >= 1L << signBit) throw new ArgumentOutOfRangeException(nameof(value), value, $"with the sign in bit {signBit}, at most {(1L << signBit) - 1} can be written");
        return (uint)magnitude | (value < 0 ? 1u << signBit : 0);
    }
}
