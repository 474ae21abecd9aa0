using System.Buffers;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>
/// The serialisation of ROS 1 (TCPROS, rosbag, rosbridge's <c>cbor-raw</c>): the fields one after the other, little-endian, without padding. A text is its
/// length and its bytes, a fixed array has no length.
/// </summary>
public static class Ros1Wire
{
    /// <summary>The message as bytes.</summary>
    /// <exception cref="RosCodecException">An array or text does not fit its definition.</exception>
    public static byte[] Serialize(IRosMessage message)
    {
        var bytes = new byte[SizeOf(message)];
        Write(message, bytes);
        return bytes;
    }

    /// <summary>Appends the message to a buffer; nothing is allocated, and nothing is written when it does not fit its definition.</summary>
    /// <exception cref="RosCodecException">An array or text does not fit its definition.</exception>
    public static void Serialize(IRosMessage message, IBufferWriter<byte> output)
    {
        var size = SizeOf(message);
        Write(message, output.GetSpan(size)[..size]);
        output.Advance(size);
    }

    /// <summary>How many bytes the message takes.</summary>
    /// <exception cref="RosCodecException">An array or text does not fit its definition.</exception>
    public static int SizeOf(IRosMessage message)
    {
        var sizer = new Ros1Sizer();
        try
        {
            message.Write(ref sizer);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Of(message.TypeName);
        }

        return sizer.Size;
    }

    /// <summary>The message in these bytes. Text that is no UTF-8 (ROS 1 does not ask for it) has U+FFFD where it is none.</summary>
    /// <exception cref="RosCodecException">They are cut off, too many, or otherwise no message of this type.</exception>
    public static T Deserialize<T>(MessageType<T> type, ReadOnlySpan<byte> bytes) where T : IRosMessage
    {
        try
        {
            var reader = new Ros1Reader(bytes);
            var message = type.Read(ref reader);
            reader.Close();
            return message;
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Of(type.Name);
        }
    }

    private static void Write(IRosMessage message, Span<byte> bytes)
    {
        var writer = new Ros1Writer(bytes);
        message.Write(ref writer);
    }
}
