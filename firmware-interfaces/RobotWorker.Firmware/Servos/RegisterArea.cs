namespace RobotWorker.Firmware.Servos;

/// <summary>Where a register lives, and so what becomes of it when the power goes.</summary>
public enum RegisterArea
{
    /// <summary>It stays. It wears out after some 100,000 writes: it is written only when different.</summary>
    Eeprom,

    /// <summary>It starts anew after each power-on or reboot.</summary>
    Ram,
}
