using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RobotWorker.Ros.Rosbridge.Server.Ops;

/// <summary>The operations that the server sends, as the bytes of a text frame. Those that carry a topic's messages are <see cref="TopicFrames{T}"/>.</summary>
internal static class Frames
{
    /// <summary>Nothing of it ever stands in a web page: text stays readable.</summary>
    public static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Status(OpId id, string level, string text) => Of("status", id, writer =>
    {
        writer.WriteString("level"u8, level);
        writer.WriteString("msg"u8, text);
    });

    public static byte[] ServiceResponse(OpId id, string service, ReadOnlyMemory<byte> values) => Of("service_response", id, writer =>
    {
        writer.WriteString("service"u8, service);
        Message(writer, "values"u8, values);
        writer.WriteBoolean("result"u8, true);
    });

    public static byte[] ServiceFailure(OpId id, string service, string why) => Of("service_response", id, writer =>
    {
        writer.WriteString("service"u8, service);
        writer.WriteString("values"u8, why);
        writer.WriteBoolean("result"u8, false);
    });

    public static byte[] CallService(OpId id, string service, ReadOnlyMemory<byte> arguments) => Of("call_service", id, writer =>
    {
        writer.WriteString("service"u8, service);
        Message(writer, "args"u8, arguments);
    });

    public static byte[] SendActionGoal(OpId id, string action, string type, ReadOnlyMemory<byte> arguments) => Of("send_action_goal", id, writer =>
    {
        writer.WriteString("action"u8, action);
        writer.WriteString("action_type"u8, type);
        Message(writer, "args"u8, arguments);
        writer.WriteBoolean("feedback"u8, true);
    });

    public static byte[] CancelActionGoal(OpId id, string action) => Of("cancel_action_goal", id, writer => writer.WriteString("action"u8, action));

    public static byte[] ActionFeedback(OpId id, string action, ReadOnlyMemory<byte> values) => Of("action_feedback", id, writer =>
    {
        writer.WriteString("action"u8, action);
        Message(writer, "values"u8, values);
    });

    public static byte[] ActionResult(OpId id, string action, int status, ReadOnlyMemory<byte> values) => Of("action_result", id, writer =>
    {
        writer.WriteString("action"u8, action);
        Message(writer, "values"u8, values);
        writer.WriteNumber("status"u8, status);
        writer.WriteBoolean("result"u8, true);
    });

    /// <summary>The goal did not run, or nobody knows how it ended.</summary>
    public static byte[] ActionFailure(OpId id, string action, string why) => Of("action_result", id, writer =>
    {
        writer.WriteString("action"u8, action);
        writer.WriteString("values"u8, why);
        writer.WriteNumber("status"u8, 0);
        writer.WriteBoolean("result"u8, false);
    });

    private static byte[] Of(string op, OpId id, Action<Utf8JsonWriter> fields)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Json))
        {
            writer.WriteStartObject();
            writer.WriteString("op"u8, op);
            id.Write(writer);
            fields(writer);
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Message(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlyMemory<byte> json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json.Span, skipInputValidation: true);
    }
}
