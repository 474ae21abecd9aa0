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
        Has(errors, HardwareErrors.InputVoltage, ServoFlags.Voltage) | Has(errors, HardwareErrors.HallSensor | HardwareErrors.Encoder, ServoFlags.Encoder)
        | Has(errors, HardwareErrors.Overheating, ServoFlags.Overheat) | Has(errors, HardwareErrors.ElectricalShock, ServoFlags.ElectricalShock) | Has(errors, HardwareErrors.Overload, ServoFlags.Overload);

    // Not HasFlag: until the method is compiled a second time, it allocates.
    private static ServoFlags Has(HardwareErrors errors, HardwareErrors bits, ServoFlags flag) => (errors & bits) != 0 ? flag : ServoFlags.None;
}
