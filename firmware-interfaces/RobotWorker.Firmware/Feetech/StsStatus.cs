using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Feetech;

/// <summary>The bits of register 65 and of each answer's error byte (spec, Feetech STS).</summary>
[Flags]
public enum StsStatus : byte
{
    None = 0,
    Voltage = 1 << 0,
    Encoder = 1 << 1,
    Temperature = 1 << 2,
    Current = 1 << 3,
    Load = 1 << 5,
}

/// <summary>The same in the words of all servos.</summary>
public static class StsStatusText
{
    public static ServoFlags Flags(this StsStatus status) =>
        Has(status, StsStatus.Voltage, ServoFlags.Voltage) | Has(status, StsStatus.Encoder, ServoFlags.Encoder) | Has(status, StsStatus.Temperature, ServoFlags.Overheat)
        | Has(status, StsStatus.Current, ServoFlags.Overcurrent) | Has(status, StsStatus.Load, ServoFlags.Overload);

    // Not HasFlag: until the method is compiled a second time, it allocates.
    private static ServoFlags Has(StsStatus status, StsStatus bit, ServoFlags flag) => (status & bit) != 0 ? flag : ServoFlags.None;
}
