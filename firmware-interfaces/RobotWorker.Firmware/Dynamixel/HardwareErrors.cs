using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Dynamixel;

/// <summary>The bits of register 70 (spec, X series). What register 63 lists too has switched the torque off until a reboot.</summary>
[Flags]
public enum HardwareErrors : byte
{
    None = 0,
    InputVoltage = 1 << 0,

    /// <summary>On some models only.</summary>
    HallSensor = 1 << 1,
    Overheating = 1 << 2,
    Encoder = 1 << 3,
    ElectricalShock = 1 << 4,
    Overload = 1 << 5,
}

/// <summary>The same in the words of all servos.</summary>
public static class HardwareErrorsText
{
    public static ServoFlags Flags(this HardwareErrors errors) =>
        (errors.HasFlag(HardwareErrors.InputVoltage) ? ServoFlags.Voltage : 0)
        | (errors.HasFlag(HardwareErrors.HallSensor) || errors.HasFlag(HardwareErrors.Encoder) ? ServoFlags.Encoder : 0)
        | (errors.HasFlag(HardwareErrors.Overheating) ? ServoFlags.Overheat : 0)
        | (errors.HasFlag(HardwareErrors.ElectricalShock) ? ServoFlags.ElectricalShock : 0)
        | (errors.HasFlag(HardwareErrors.Overload) ? ServoFlags.Overload : 0);
}
