using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>
/// Messages as rosbridge writes them in JSON (rosbridge_library's message_conversion, ROS 1 and ROS 2): octets as base64, NaN and infinities as
/// <c>null</c>, 64-bit integers exact. Reading takes members in any order, octets also as a list of numbers, bare <c>NaN</c> and <c>Infinity</c>,
/// and times in both spellings; a member that is missing keeps the default of its definition. UTF-8 in and out; there is no document in between.
/// </summary>
public static class RosJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // Where a writer points that is not in use, so that it keeps nobody's buffer alive.
    private static readonly ArrayBufferWriter<byte> Nowhere = new();

    [ThreadStatic]
    private static Utf8JsonWriter? spare;

    /// <summary>The message as UTF-8 JSON.</summary>
    /// <exception cref="RosCodecException">An array or text does not fit its definition.</exception>
    public static byte[] Serialize(IRosMessage message, RosDialect dialect)
    {
        var output = new ArrayBufferWriter<byte>(256);
        Serialize(message, dialect, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Appends the message to a buffer; nothing is allocated. After an exception the buffer may hold a part of the message.</summary>
    /// <exception cref="RosCodecException">An array or text does not fit its definition.</exception>
    public static void Serialize(IRosMessage message, RosDialect dialect, IBufferWriter<byte> output)
    {
        var json = spare ?? new(output, Options);
        spare = null;
        json.Reset(output);
        try
        {
            var writer = new JsonFieldWriter(json, dialect);
            json.WriteStartObject();
            message.Write(ref writer);
            json.WriteEndObject();
            json.Flush();
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Of(message.TypeName);
        }
        finally
        {
            json.Reset(Nowhere);
            spare = json;
        }
    }

    /// <summary>The message in this text: an object, or a list of its fields in their order, as service arguments may come.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="json">UTF-8; nothing but white space may follow the message.</param>
    /// <param name="dialect">Whose names the fields have.</param>
    /// <param name="unknown">What becomes of members that the type does not have.</param>
    /// <exception cref="RosCodecException">It is no JSON, or no message of this type.</exception>
    public static T Deserialize<T>(MessageType<T> type, ReadOnlySpan<byte> json, RosDialect dialect, UnknownFields unknown = UnknownFields.Refuse)
        where T : IRosMessage
    {
        try
        {
            return JsonFieldReader.Read(type, new(json), dialect, unknown);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Of(type.Name);
        }
    }

    /// <summary>
    /// How many bytes the first JSON value takes, with the white space before it: a frame may hold several values one after the other.
    /// </summary>
    /// <exception cref="RosCodecException">It is cut off, no JSON, or nested deeper than 64 levels.</exception>
    public static int FirstValueLength(ReadOnlySpan<byte> json)
    {
        var at = 0;
        try
        {
            new JsonText(json).Skip(ref at);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Of("JSON");
        }

        return at;
    }
}
