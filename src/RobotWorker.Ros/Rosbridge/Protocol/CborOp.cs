using System.Buffers.Binary;
using System.Text;
using RobotWorker.Ros.Codecs;

namespace RobotWorker.Ros.Rosbridge.Protocol;

/// <summary>A published message in a binary frame: a CBOR map of <c>op</c>, <c>topic</c> and <c>msg</c> (RFC 8949).</summary>
internal ref struct CborOp
{
    private const int DeepestNesting = 64;

    public string Op;
    public string Topic;
    public ReadOnlySpan<byte> Msg;

    /// <summary>The op in a frame.</summary>
    /// <exception cref="RosCodecException">It is no such map.</exception>
    public static CborOp Read(ReadOnlySpan<byte> frame)
    {
        var op = new CborOp { Op = "", Topic = "" };
        var at = 0;
        for (var left = Count(frame, ref at, major: 5); left > 0 && !Breaks(frame, ref at, left); left--)
        {
            var name = Text(frame, ref at);
            var start = at;
            switch (name)
            {
                case "op":
                    op.Op = Text(frame, ref at);
                    break;
                case "topic":
                    op.Topic = Text(frame, ref at);
                    break;
                default:
                    Skip(frame, ref at, 0);
                    if (name == "msg") op.Msg = frame[start..at];
                    break;
            }
        }

        return op;
    }

    /// <summary>The bytes of a <c>cbor-raw</c> message: <c>{secs, nsecs, bytes}</c>.</summary>
    /// <exception cref="RosCodecException">It is no such map.</exception>
    public static ReadOnlySpan<byte> RawBytes(ReadOnlySpan<byte> msg)
    {
        var at = 0;
        for (var left = Count(msg, ref at, major: 5); left > 0 && !Breaks(msg, ref at, left); left--)
        {
            if (Text(msg, ref at) != "bytes")
            {
                Skip(msg, ref at, 0);
                continue;
            }

            var length = Count(msg, ref at, major: 2);
            return Slice(msg, ref at, length);
        }

        throw RosCodecException.At("msg", at, "a cbor-raw message has no bytes");
    }

    private static string Text(ReadOnlySpan<byte> cbor, ref int at)
    {
        var length = Count(cbor, ref at, major: 3);
        return Encoding.UTF8.GetString(Slice(cbor, ref at, length));
    }

    private static void Skip(ReadOnlySpan<byte> cbor, ref int at, int depth)
    {
        if (depth > DeepestNesting) throw RosCodecException.At("msg", at, $"nested more than {DeepestNesting} deep");
        var (major, length) = Head(cbor, ref at);
        switch (major)
        {
            case 2 or 3:
                if (length < 0)
                    while (!Breaks(cbor, ref at, -1)) Skip(cbor, ref at, depth + 1);
                else
                    Slice(cbor, ref at, length);
                break;
            case 4 or 5:
                var items = length < 0 ? long.MaxValue : major == 5 ? checked(length * 2) : length;
                for (; items > 0 && !(length < 0 && Breaks(cbor, ref at, -1)); items--) Skip(cbor, ref at, depth + 1);
                break;
            case 6:
                Skip(cbor, ref at, depth + 1);
                break;
        }
    }

    private static long Count(ReadOnlySpan<byte> cbor, ref int at, int major)
    {
        var start = at;
        var (found, count) = Head(cbor, ref at);
        if (found != major) throw RosCodecException.At("op", start, $"CBOR type {found} where {major} belongs");
        return count < 0 ? long.MaxValue : count;
    }

    /// <summary>The major type and its number; -1 for an indefinite length.</summary>
    private static (int Major, long Number) Head(ReadOnlySpan<byte> cbor, ref int at)
    {
        var first = Slice(cbor, ref at, 1)[0];
        var number = (first & 31) switch
        {
            < 24 and var small => small,
            24 => Slice(cbor, ref at, 1)[0],
            25 => BinaryPrimitives.ReadUInt16BigEndian(Slice(cbor, ref at, 2)),
            26 => BinaryPrimitives.ReadUInt32BigEndian(Slice(cbor, ref at, 4)),
            27 => (long)(BinaryPrimitives.ReadUInt64BigEndian(Slice(cbor, ref at, 8)) & long.MaxValue),
            31 => -1L,
            _ => throw RosCodecException.At("op", at, "CBOR of a kind that does not exist"),
        };
        // Lengths beyond any frame would overflow what counts with them.
        return (first >> 5, first >> 5 is >= 2 and <= 5 ? Math.Min(number, int.MaxValue) : number);
    }

    private static bool Breaks(ReadOnlySpan<byte> cbor, ref int at, long left)
    {
        if (at >= cbor.Length) throw RosCodecException.At("op", at, "CBOR is cut off");
        if (cbor[at] != 0xFF || (left >= 0 && left < long.MaxValue / 2)) return false;
        at++;
        return true;
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> cbor, scoped ref int at, long length)
    {
        if (length < 0 || length > cbor.Length - at) throw RosCodecException.At("op", at, "CBOR is cut off");
        var slice = cbor.Slice(at, (int)length);
        at += (int)length;
        return slice;
    }
}
