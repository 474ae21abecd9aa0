namespace RobotWorker.Firmware.Feetech;

/// <summary>The frame: <c>FF FF ID LEN INST|ERR P... CHK</c>, LEN = parameters + 2 (spec, Feetech STS).</summary>
public static class StsWire
{
    /// <summary>All servos; nobody answers, but to a sync read.</summary>
    public const byte Broadcast = 0xFE;

    /// <summary>The greatest id of a servo.</summary>
    public const byte LastId = 0xFD;

    /// <summary>A frame without parameters.</summary>
    public const int ShortestFrame = 6;

    /// <summary>LEN is one byte.</summary>
    public const int LongestFrame = 4 + 255;

    /// <summary>The inverted sum of all from the id on.</summary>
    public static byte Checksum(ReadOnlySpan<byte> fromId)
    {
        byte sum = 0;
        foreach (var part in fromId) sum += part;
        return (byte)~sum;
    }
}
