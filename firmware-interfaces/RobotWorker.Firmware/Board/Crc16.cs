namespace RobotWorker.Firmware.Board;

internal static class Crc16
{
    /// <summary>CRC-16/CCITT-FALSE: polynomial 0x1021, initial value 0xFFFF, nothing reflected; check("123456789") = 0x29B1.</summary>
    public static ushort CcittFalse(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0xFFFF;
        foreach (var b in bytes)
        {
            // A byte at a time without a table (a known identity for this polynomial).
            crc = (ushort)((crc >> 8) | (crc << 8));
            crc ^= b;
            crc ^= (ushort)((crc & 0xFF) >> 4);
            crc ^= (ushort)(crc << 12);
            crc ^= (ushort)((crc & 0xFF) << 5);
        }
        return crc;
    }
}
