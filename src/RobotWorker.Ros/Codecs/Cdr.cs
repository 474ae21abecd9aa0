using System.Buffers;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>
/// The wire format of ROS 2: OMG CDR, XCDR1 little-endian (DDS-XTypes 1.3, 7.4.3; RTPS 2.5, 10.2 for the 4-byte encapsulation header).
/// Big-endian is read as well. A value is aligned to its size, counted from after the header. A message is measured first and then written, so that nothing grows.
/// </summary>
public static class Cdr
{
    /// <summary>Encapsulation CDR_LE and no options.</summary>
    internal const int HeaderLength = 4;

    /// <summary>The message as bytes, with its encapsulation header.</summary>
    /// <exception cref="RosCodecException">A fixed or bounded array or text has the wrong length.</exception>
    public static byte[] Serialize(IRosMessage message)
    {
        var bytes = new byte[SizeOf(message)];
        Write(message, bytes);
        return bytes;
    }

    /// <summary>Appends the message to a buffer; nothing is allocated.</summary>
    /// <exception cref="RosCodecException">A fixed or bounded array or text has the wrong length.</exception>
    public static void Serialize(IRosMessage message, IBufferWriter<byte> output)
    {
        var size = SizeOf(message);
        Write(message, output.GetSpan(size)[..size]);
        output.Advance(size);
    }

    /// <summary>How many bytes the message takes, encapsulation header included.</summary>
    /// <exception cref="RosCodecException">A fixed or bounded array or text has the wrong length.</exception>
    public static int SizeOf(IRosMessage message)
    {
        var sizer = new CdrSizer();
        try
        {
            message.Write(ref sizer);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Of(message.TypeName);
        }

        return HeaderLength + sizer.Size;
    }

    /// <summary>The message in these bytes.</summary>
    /// <exception cref="RosCodecException">They are cut off, too many, or otherwise no message of this type.</exception>
    public static T Deserialize<T>(ReadOnlySpan<byte> bytes) where T : IRosMessage<T> => Deserialize(MessageType.Of<T>(), bytes);

    /// <summary>The message of this type in these bytes.</summary>
    /// <exception cref="RosCodecException">They are cut off, too many, or otherwise no message of this type.</exception>
    public static T Deserialize<T>(MessageType<T> type, ReadOnlySpan<byte> bytes) where T : IRosMessage
    {
        try
        {
            var reader = CdrReader.Open(bytes);
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
        bytes.Clear();
        bytes[1] = 1;
        var writer = new CdrWriter(bytes[HeaderLength..]);
        message.Write(ref writer);
    }
}
