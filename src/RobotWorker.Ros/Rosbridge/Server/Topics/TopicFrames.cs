using System.Buffers;
using System.Text;
using System.Text.Json;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Rosbridge.Server.Ops;

namespace RobotWorker.Ros.Rosbridge.Server.Topics;

/// <summary>Puts a topic's messages into <c>publish</c> operations, each once for each compression.</summary>
internal sealed class TopicFrames<T>(string topic, MessageType<T> type, RosDialect dialect, TimeProvider time) where T : IRosMessage
{
    private readonly (object? Message, byte[] Frame)[] last = new (object?, byte[])[4];
    private readonly byte[] jsonStart = Encoding.UTF8.GetBytes($$"""{"op":"publish","topic":"{{JsonEncodedText.Encode(topic)}}","msg":""");
    private readonly ArrayBufferWriter<byte> output = new();

    public MessageType<T> Type => type;

    /// <summary>The message's frame.</summary>
    /// <exception cref="RosCodecException">The message does not fit its definition.</exception>
    public byte[] Of(T message, Compression compression)
    {
        ref var entry = ref last[(int)compression];
        if (!ReferenceEquals(entry.Message, message)) entry = (message, Encode(message, compression));
        return entry.Frame;
    }

    private byte[] Encode(T message, Compression compression)
    {
        if (compression == Compression.Png) return PngFrame.Of(Of(message, Compression.None));
        output.ResetWrittenCount();
        switch (compression)
        {
            case Compression.Cbor:
                RosCbor.SerializePublish(topic, message, dialect, output);
                break;
            case Compression.CborRaw:
                var stamp = Messages.BuiltinInterfaces.Time.From(time.GetUtcNow() - DateTimeOffset.UnixEpoch);
                RosCbor.SerializeRawPublish(topic, dialect == RosDialect.Ros1 ? Ros1Wire.Serialize(message) : Cdr.Serialize(message), stamp, output);
                break;
            default:
                output.Write(jsonStart);
                RosJson.Serialize(message, dialect, output);
                output.Write("}"u8);
                break;
        }

        return output.WrittenSpan.ToArray();
    }
}
