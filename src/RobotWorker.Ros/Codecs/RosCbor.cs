using System.Buffers;
using System.Text;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>
/// Messages as rosbridge writes them in CBOR (RFC 8949): maps by field name, octets as byte strings, arrays of numbers as typed arrays (RFC 8746).
/// Reading takes typed arrays of either byte order and plain lists, members in any order, text as byte strings (older servers write it so).
/// </summary>
public static class RosCbor
{
    /// <summary>The message as CBOR.</summary>
    /// <exception cref="RosCodecException">An array or text does not fit its definition.</exception>
    public static byte[] Serialize(IRosMessage message, RosDialect dialect)
    {
        var output = new ArrayBufferWriter<byte>(256);
        Serialize(message, dialect, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Appends the message to a buffer. After an exception the buffer may hold a part of the message.</summary>
    /// <exception cref="RosCodecException">An array or text does not fit its definition.</exception>
    public static void Serialize(IRosMessage message, RosDialect dialect, IBufferWriter<byte> output)
    {
        try
        {
            new CborFieldWriter(new(output), dialect).Map(message);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Of(message.TypeName);
        }
    }

    /// <summary>The message in this CBOR.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="cbor">One map, and nothing behind it.</param>
    /// <param name="dialect">Whose names the fields have.</param>
    /// <param name="unknown">What becomes of members that the type does not have.</param>
    /// <exception cref="RosCodecException">It is no CBOR, or no message of this type.</exception>
    public static T Deserialize<T>(MessageType<T> type, ReadOnlySpan<byte> cbor, RosDialect dialect, UnknownFields unknown = UnknownFields.Refuse)
        where T : IRosMessage
    {
        try
        {
            return CborFieldReader.Read(type, new(cbor), dialect, unknown);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Of(type.Name);
        }
    }

    /// <summary>Appends what rosbridge's <c>publish</c> is in compression <c>cbor</c>.</summary>
    /// <exception cref="RosCodecException">An array or text does not fit its definition.</exception>
    public static void SerializePublish(string topic, IRosMessage message, RosDialect dialect, IBufferWriter<byte> output)
    {
        PublishHead(topic, output);
        Serialize(message, dialect, output);
    }

    /// <summary>Appends what rosbridge's <c>publish</c> is in compression <c>cbor-raw</c>: the bytes as the nodes send them, and when they came.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="serialized">The message in ROS 1's serialisation, or in CDR on ROS 2.</param>
    /// <param name="stamp">When it was received.</param>
    /// <param name="output">The buffer.</param>
    public static void SerializeRawPublish(string topic, ReadOnlySpan<byte> serialized, Messages.BuiltinInterfaces.Time stamp, IBufferWriter<byte> output)
    {
        PublishHead(topic, output);
        var cbor = new CborOutput(output);
        cbor.Head(CborMajor.Map, 3);
        cbor.Text("secs");
        cbor.Integer(stamp.Sec);
        cbor.Text("nsecs");
        cbor.Integer(stamp.Nanosec);
        cbor.Text("bytes");
        cbor.Bytes(serialized);
    }

    /// <summary>The serialised message in the <c>msg</c> of a <c>cbor-raw</c> publish; it points into <paramref name="cbor"/>.</summary>
    /// <exception cref="RosCodecException">It is no such map.</exception>
    public static ReadOnlySpan<byte> RawBytes(ReadOnlySpan<byte> cbor)
    {
        try
        {
            for (var members = new CborMembers(cbor); members.MoveNext();)
                if (members.Name == "bytes") return members.Bytes;
            throw RosCodecException.At("bytes", 0, "the map has no bytes");
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Of("cbor-raw");
        }
    }

    private static void PublishHead(string topic, IBufferWriter<byte> output)
    {
        var cbor = new CborOutput(output);
        cbor.Head(CborMajor.Map, 3);
        cbor.Text("op");
        cbor.Text("publish");
        cbor.Text("topic");
        cbor.Text(topic);
        cbor.Text("msg");
    }
}
