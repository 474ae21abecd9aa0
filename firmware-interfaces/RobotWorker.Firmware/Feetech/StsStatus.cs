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
        (status.HasFlag(StsStatus.Voltage) ? ServoFlags.Voltage : 0)
        | (status.HasFlag(StsStatus.Encoder) ? ServoFlags.Encoder : 0)
        | (status.HasFlag(StsStatus.Temperature) ? ServoFlags.Overheat : 0)
        | (status.HasFlag(StsStatus.Current) ? ServoFlags.Overcurrent : 0)
        | (status.HasFlag(StsStatus.Load) ? ServoFlags.Overload : 0);
}
