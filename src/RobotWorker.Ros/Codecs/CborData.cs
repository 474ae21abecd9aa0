using System.Buffers.Binary;
using System.Text;

namespace RobotWorker.Ros.Codecs;

/// <summary>Walks over CBOR. Every method takes the position and leaves it behind what it took.</summary>
internal readonly ref struct CborData(ReadOnlySpan<byte> bytes)
{
    private const int DeepestNesting = 64;
    private const byte Break = 0xFF;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All of it.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The kind of the next item, not taken.</summary>
    public CborMajor Peek(int at) => (CborMajor)(At(at) >> 5);

    /// <summary>Takes an item's kind and argument; the argument is -1 when a break will end the item.</summary>
    public CborMajor Head(ref int at, out long argument)
    {
        var start = at;
        var major = WholeHead(ref at, out var whole, out var isIndefinite);
        if (whole > long.MaxValue) throw RosCodecException.At("", start, "the length is above 2^63");
        argument = isIndefinite ? -1 : (long)whole;
        return major;
    }

    /// <summary>Takes the head of a list or map; gives the number of its items, or -1 when a break will end it.</summary>
    public int Count(ref int at, CborMajor wanted)
    {
        var start = at;
        var major = Head(ref at, out var count);
        if (major != wanted) throw RosCodecException.At("", start, $"a {wanted} should stand here, not a {major}");

        // Each item takes a byte at least.
        if (count > Bytes.Length - at) throw RosCodecException.At("", start, $"{count} items are announced, but only {Bytes.Length - at} bytes follow");
        return (int)count;
    }

    /// <summary>Whether the list or map ends here; takes its break.</summary>
    public bool IsEnd(ref int at, int count, int index)
    {
        if (count >= 0) return index == count;
        if (At(at) != Break) return false;
        at++;
        return true;
    }

    /// <summary>Takes octets. They point into the data, but where they come in pieces.</summary>
    public ReadOnlySpan<byte> Octets(scoped ref int at, scoped out CborMajor major)
    {
        var start = at;
        major = Head(ref at, out var length);
        if (major is not (CborMajor.Bytes or CborMajor.Text)) throw RosCodecException.At("", start, $"a text should stand here, not a {major}");
        if (length >= 0) return Slice(ref at, length);

        var pieces = new MemoryStream();
        while (At(at) != Break)
        {
            start = at;
            if (Head(ref at, out length) != major || length < 0) throw RosCodecException.At("", start, $"a piece of a {major} should stand here");
            pieces.Write(Slice(ref at, length));
        }

        at++;
        return pieces.ToArray();
    }

    /// <summary>Takes a text. Older servers write it as octets; then what is no UTF-8 becomes U+FFFD.</summary>
    public string Text(ref int at)
    {
        var start = at;
        var octets = Octets(ref at, out var major);
        try
        {
            return major == CborMajor.Text ? StrictUtf8.GetString(octets) : Encoding.UTF8.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            throw RosCodecException.At("", start, "the text is not UTF-8");
        }
    }

    /// <summary>Takes a number, truth value or null.</summary>
    public CborScalar Scalar(ref int at)
    {
        var start = at;
        var major = WholeHead(ref at, out var argument, out var isIndefinite);
        if (isIndefinite) throw RosCodecException.At("", start, "a number should stand here");
        return (major, at - start) switch
        {
            (CborMajor.Unsigned, _) => new((Int128)argument),
            (CborMajor.Negative, _) => new(-1 - (Int128)argument),
            (CborMajor.Simple, 1) when argument is 20 or 21 => new(argument == 21),
            (CborMajor.Simple, 1) when argument is 22 or 23 => new(double.NaN),
            (CborMajor.Simple, 3) => new((double)BitConverter.UInt16BitsToHalf((ushort)argument)),
            (CborMajor.Simple, 5) => new((double)BitConverter.UInt32BitsToSingle((uint)argument)),
            (CborMajor.Simple, 9) => new(BitConverter.UInt64BitsToDouble(argument)),
            _ => throw RosCodecException.At("", start, $"a number should stand here, not a {major}"),
        };
    }

    /// <summary>Takes a whole item of any kind.</summary>
    public void Skip(ref int at, int depth = 0)
    {
        if (depth > DeepestNesting) throw RosCodecException.At("", at, $"the items are nested deeper than {DeepestNesting} levels");
        var major = Peek(at);
        switch (major)
        {
            case CborMajor.Bytes or CborMajor.Text:
                Octets(ref at, out _);
                break;
            case CborMajor.List or CborMajor.Map:
                var count = Count(ref at, major);
                for (var i = 0; !IsEnd(ref at, count, i); i++)
                {
                    if (major == CborMajor.Map) Octets(ref at, out _);
                    Skip(ref at, depth + 1);
                }

                break;
            case CborMajor.Tag:
                Head(ref at, out _);
                Skip(ref at, depth + 1);
                break;
            default:
                Scalar(ref at);
                break;
        }
    }

    private CborMajor WholeHead(ref int at, out ulong argument, out bool isIndefinite)
    {
        var start = at;
        var first = At(at++);
        var major = (CborMajor)(first >> 5);
        isIndefinite = false;
        argument = (ulong)(first & 31);
        switch (argument)
        {
            case < 24:
                break;
            case 24:
                argument = Slice(ref at, 1)[0];
                break;
            case 25:
                argument = BinaryPrimitives.ReadUInt16BigEndian(Slice(ref at, 2));
                break;
            case 26:
                argument = BinaryPrimitives.ReadUInt32BigEndian(Slice(ref at, 4));
                break;
            case 27:
                argument = BinaryPrimitives.ReadUInt64BigEndian(Slice(ref at, 8));
                break;
            case 31 when major is CborMajor.Bytes or CborMajor.Text or CborMajor.List or CborMajor.Map:
                isIndefinite = true;
                break;
            default:
                throw RosCodecException.At("", start, $"{first:X2} begins no item of CBOR here");
        }

        return major;
    }

    private byte At(int at) => at < Bytes.Length ? Bytes[at] : throw RosCodecException.At("", at, "the data ends in the middle of an item");

    private ReadOnlySpan<byte> Slice(scoped ref int at, long length)
    {
        if (length > Bytes.Length - at) throw RosCodecException.At("", at, $"{length} bytes are needed, only {Bytes.Length - at} are left");
        var taken = Bytes.Slice(at, (int)length);
        at += (int)length;
        return taken;
    }
}
