namespace RobotWorker.Firmware.Board;

/// <summary>Why the board started (the ATmega328P's MCUSR); several may hold, and none where a bootloader has cleared them.</summary>
[Flags]
public enum ResetCause : byte
{
    None = 0,
    Power = 1,

    /// <summary>The reset pin, or an Uno's port being opened.</summary>
    Pin = 2,

    /// <summary>Its supply sagged.</summary>
    BrownOut = 4,

    /// <summary>Its program hung.</summary>
    Watchdog = 8,
}
