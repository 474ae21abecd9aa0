namespace RobotWorker.Firmware.Dynamixel;

/// <summary>An answer's error, bits 0 to 6: a number, no flags. Bit 7 is the alert.</summary>
public enum DynamixelError : byte
{
    None = 0,

    /// <summary>It could not do it.</summary>
    Result = 1,

    /// <summary>It does not know the instruction, or an action came without a registered write.</summary>
    Instruction = 2,

    Crc = 3,

    /// <summary>The value is none for this register.</summary>
    Range = 4,

    /// <summary>Fewer bytes than the register has.</summary>
    Length = 5,

    /// <summary>The value is beyond a limit register.</summary>
    Limit = 6,

    /// <summary>The register is read-only, now or always: the EEPROM while the torque is on, goals after the watchdog tripped.</summary>
    Access = 7,
}
