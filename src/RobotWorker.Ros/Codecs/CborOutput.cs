using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace RobotWorker.Ros.Codecs;

/// <summary>The kinds of data of CBOR (RFC 8949, 3.1).</summary>
internal enum CborMajor
{
    /// <summary>Zero or above.</summary>
    Unsigned,

    /// <summary>Below zero: -1 minus the argument.</summary>
    Negative,

    /// <summary>Octets.</summary>
    Bytes,

    /// <summary>UTF-8.</summary>
    Text,

    /// <summary>A list.</summary>
    List,

    /// <summary>Pairs.</summary>
    Map,

    /// <summary>A number that says what the next item means.</summary>
    Tag,

    /// <summary>Truth values, null, floating point, break.</summary>
    Simple,
}

/// <summary>Appends items of CBOR to a buffer.</summary>
internal readonly struct CborOutput(IBufferWriter<byte> output)
{
    /// <summary>An item's kind and argument, in the shortest form.</summary>
    public void Head(CborMajor major, ulong argument)
    {
        var kind = (byte)((int)major << 5);
        var span = output.GetSpan(9);
        switch (argument)
        {
            case < 24:
                span[0] = (byte)(kind | (byte)argument);
                output.Advance(1);
                break;
            case <= byte.MaxValue:
                (span[0], span[1]) = ((byte)(kind | 24), (byte)argument);
                output.Advance(2);
                break;
            case <= ushort.MaxValue:
                span[0] = (byte)(kind | 25);
                BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)argument);
                output.Advance(3);
                break;
            case <= uint.MaxValue:
                span[0] = (byte)(kind | 26);
                BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)argument);
                output.Advance(5);
                break;
            default:
                span[0] = (byte)(kind | 27);
                BinaryPrimitives.WriteUInt64BigEndian(span[1..], argument);
                output.Advance(9);
                break;
        }
    }

    /// <summary>An integer.</summary>
    public void Integer(long value) => Head(value < 0 ? CborMajor.Negative : CborMajor.Unsigned, value < 0 ? (ulong)~value : (ulong)value);

    /// <summary>A number of 64 bits.</summary>
    public void Real(double value)
    {
        var span = output.GetSpan(9);
        span[0] = 0xFB;
        BinaryPrimitives.WriteDoubleBigEndian(span[1..], value);
        output.Advance(9);
    }

    /// <summary>A number of 32 bits.</summary>
    public void Real(float value)
    {
        var span = output.GetSpan(5);
        span[0] = 0xFA;
        BinaryPrimitives.WriteSingleBigEndian(span[1..], value);
        output.Advance(5);
    }

    /// <summary>A truth value.</summary>
    public void Truth(bool value) => Head(CborMajor.Simple, value ? 21u : 20u);

    /// <summary>A text.</summary>
    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Head(CborMajor.Text, (ulong)length);
        output.Advance(Encoding.UTF8.GetBytes(value, output.GetSpan(length)));
    }

    /// <summary>Octets.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Head(CborMajor.Bytes, (ulong)value.Length);
        output.Write(value);
    }
}
