namespace RobotWorker.Generation.Replay;

/// <summary>Numbers as eight rows of bytes of equal weight: the upper ones are mostly alike, and pack well.</summary>
internal static class Planes
{
    private const int Bytes = sizeof(ulong);

    public static void WritePlanes(this BinaryWriter to, ReadOnlySpan<ulong> numbers)
    {
        var planes = new byte[numbers.Length * Bytes];
        for (var i = 0; i < numbers.Length; i++)
            for (var weight = 0; weight < Bytes; weight++) planes[(weight * numbers.Length) + i] = (byte)(numbers[i] >> (8 * weight));
        to.Write(planes);
    }

    /// <exception cref="EndOfStreamException">There are not so many.</exception>
    public static ulong[] ReadPlanes(this BinaryReader from, int count)
    {
        var left = from.BaseStream.Length - from.BaseStream.Position;
        if (count < 0 || count > left / Bytes) throw new EndOfStreamException($"{count} numbers should follow, and {left} bytes do");
        var planes = from.ReadBytes(count * Bytes);
        var numbers = new ulong[count];
        for (var i = 0; i < count; i++)
            for (var weight = 0; weight < Bytes; weight++) numbers[i] |= (ulong)planes[(weight * count) + i] << (8 * weight);
        return numbers;
    }
}
