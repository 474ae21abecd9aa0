using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RobotWorker.Ros.Codecs;

/// <summary>
/// Typed arrays (RFC 8746, 2.1): the tag is 010fsell, where f says floating point, s signed, e little-endian, and an element has 2^(f+ll) octets.
/// </summary>
internal static class CborTypedArray
{
    private const ulong Clamped = 68;

    /// <summary>The tag under which this machine's memory is such an array.</summary>
    public static ulong LittleEndianTag<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(sbyte)) return 72;
        if (typeof(T) == typeof(byte)) return 64;
        var isReal = typeof(T) == typeof(float) || typeof(T) == typeof(double);
        var isSigned = typeof(T) == typeof(short) || typeof(T) == typeof(int) || typeof(T) == typeof(long);
        var exponent = int.Log2(Unsafe.SizeOf<T>()) - (isReal ? 1 : 0);
        return (ulong)(64 | (isReal ? 16 : 0) | (isSigned ? 8 : 0) | 4 | exponent);
    }

    /// <summary>The values of a typed array.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="octets">Its octets.</param>
    /// <param name="at">Where it stands, for the error.</param>
    public static T[] Read<T>(long tag, ReadOnlySpan<byte> octets, int at) where T : unmanaged
    {
        var isReal = (tag & 16) != 0;
        var size = 1 << ((int)(tag & 3) + (isReal ? 1 : 0));
        if (tag is < 64 or > 87 || size > 8 || tag == 76) throw RosCodecException.At("", at, $"tag {tag} is no array of numbers that is known here");
        if (octets.Length % size != 0) throw RosCodecException.At("", at, $"{octets.Length} octets are no array of numbers of {size} octets");
        var values = new T[octets.Length / size];
        if (typeof(T) != typeof(bool) && (ulong)tag == LittleEndianTag<T>())
        {
            octets.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }

        Span<byte> element = stackalloc byte[8];
        element = element[..size];
        for (var i = 0; i < values.Length; i++)
        {
            octets.Slice(i * size, size).CopyTo(element);
            if ((tag & 4) == 0 && size > 1) element.Reverse();
            values[i] = Element(element, isReal, (tag & 8) != 0 && (ulong)tag != Clamped).As<T>(at);
        }

        return values;
    }

    private static CborScalar Element(ReadOnlySpan<byte> element, bool isReal, bool isSigned) => (element.Length, isReal, isSigned) switch
    {
        (1, _, true) => new((Int128)(sbyte)element[0]),
        (1, _, _) => new((Int128)element[0]),
        (2, true, _) => new((double)MemoryMarshal.Read<Half>(element)),
        (2, _, true) => new((Int128)MemoryMarshal.Read<short>(element)),
        (2, _, _) => new((Int128)MemoryMarshal.Read<ushort>(element)),
        (4, true, _) => new((double)MemoryMarshal.Read<float>(element)),
        (4, _, true) => new((Int128)MemoryMarshal.Read<int>(element)),
        (4, _, _) => new((Int128)MemoryMarshal.Read<uint>(element)),
        (_, true, _) => new(MemoryMarshal.Read<double>(element)),
        (_, _, true) => new((Int128)MemoryMarshal.Read<long>(element)),
        _ => new((Int128)MemoryMarshal.Read<ulong>(element)),
    };
}
