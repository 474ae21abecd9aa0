namespace RobotWorker.Firmware.Servos;

/// <summary>What is wrong with a servo, in the same words for every make. The first six a servo says of itself, the others the host found out.</summary>
[Flags]
public enum ServoFlags
{
    None = 0,

    /// <summary>The supply is outside of the servo's limits.</summary>
    Voltage = 1 << 0,

    /// <summary>The position sensor fails.</summary>
    Encoder = 1 << 1,

    /// <summary>The motor is hotter than its limit.</summary>
    Overheat = 1 << 2,

    /// <summary>More current than the motor may have.</summary>
    Overcurrent = 1 << 3,

    /// <summary>A load for longer than the servo's protection allows.</summary>
    Overload = 1 << 4,

    /// <summary>A shock to its electronics, or too little power to drive the motor.</summary>
    ElectricalShock = 1 << 5,

    /// <summary>It did not answer in this cycle; the state is the last one known.</summary>
    NoAnswer = 1 << 8,

    /// <summary>What it answered cannot be; the state is the last one believed.</summary>
    Implausible = 1 << 9,

    /// <summary>Its goal register holds another number than the host sent.</summary>
    GoalDiffers = 1 << 10,

    /// <summary>The host stalled and the servo stopped by itself (Dynamixel's bus watchdog).</summary>
    WatchdogTripped = 1 << 11,

    /// <summary>Its torque was on and is off: it let go by itself, was rebooted, or lost power for a moment.</summary>
    TorqueLost = 1 << 12,

    /// <summary>A register that bounds it (torque limit, torque enable) held another number than the host sent; it was put right.</summary>
    Tampered = 1 << 13,
}
