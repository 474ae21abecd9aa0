namespace RobotWorker.Firmware.Dynamixel;

/// <summary>The frame: <c>FF FF FD 00 ID LENl LENh INST P... CRCl CRCh</c>, LEN = parameters + 3 (spec, Dynamixel Protocol 2.0).</summary>
public static class DynamixelWire
{
    /// <summary>All servos; reads and writes to it get no answer.</summary>
    public const byte Broadcast = 0xFE;

    /// <summary>The greatest id of a servo.</summary>
    public const byte LastId = 252;

    /// <summary>Header, id, length, instruction, CRC.</summary>
    public const int ShortestFrame = 10;

    /// <summary>Ours: far above what thirty servos say at once; LEN could say 65,535.</summary>
    public const int LongestFrame = 2048;

    private static readonly ushort[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>CRC-16: polynomial 0x8005, begun at 0, not reflected. Of "123456789" it is 0xFEE8.</summary>
    /// <param name="before">The CRC of what comes before these bytes.</param>
    public static ushort Crc(ReadOnlySpan<byte> bytes, ushort before = 0)
    {
        var crc = before;
        foreach (var part in bytes) crc = (ushort)((crc << 8) ^ Table[(crc >> 8) ^ part]);
        return crc;
    }

    private static ushort Entry(int value)
    {
        var crc = value << 8;
        for (var bit = 0; bit < 8; bit++) crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x8005 : crc << 1;
        return (ushort)crc;
    }
}
