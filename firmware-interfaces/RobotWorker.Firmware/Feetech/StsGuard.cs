using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Feetech;

/// <summary>What must never be written, whoever asks.</summary>
internal static class StsGuard
{
    /// <exception cref="ArgumentException">The write would harm the servo; nothing was sent.</exception>
    public static void Check(byte address, ReadOnlySpan<byte> data)
    {
        // 128 there re-centres the position, for good, at once and without a sound.
        var torque = StsRegisters.Torque.Address - address;
        if (torque >= 0 && torque < data.Length && data[torque] is not (0 or 1))
            throw new ArgumentException($"register 40 (torque) takes 0 or 1, not {data[torque]}: other values re-centre the servo; nothing was written", nameof(data));

        if (StsRegisters.Table.IsEeprom(address, data.Length))
            throw new ArgumentException($"registers {address} to {address + data.Length - 1} reach into the EEPROM; use {nameof(FeetechBus.WriteEeprom)}; nothing was written", nameof(address));
    }
}
