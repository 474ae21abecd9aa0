using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RobotWorker.Ros.Codecs;

namespace RobotWorker.Ros.Rosbridge.Protocol;

/// <summary>Texts and numbers of an op's envelope.</summary>
internal static class EnvelopeText
{
    /// <summary>A text; a number is taken as its digits, since ids come as either. Null for what is missing.</summary>
    /// <exception cref="RosCodecException">It is neither.</exception>
    public static string? Read(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json.SequenceEqual("null"u8)) return null;
        if (json[0] != '"') return json[0] is (byte)'{' or (byte)'[' ? throw RosCodecException.At("", 0, "is no text") : Encoding.UTF8.GetString(json);
        var inner = json[1..^1];
        return inner.Contains((byte)'\\') ? Unescaped(json) : Encoding.UTF8.GetString(inner);
    }

    /// <summary>A whole number; a fraction is cut off, as ROS 1 servers under Python 3 need (a <c>total</c> of 2.566 means 2).</summary>
    /// <exception cref="RosCodecException">It is no number of that size.</exception>
    public static int Floor(ReadOnlySpan<byte> json, string field) =>
        double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < int.MaxValue
            ? (int)Math.Floor(value)
            : throw RosCodecException.At(field, 0, "is no number");

    /// <summary>Whether it is true; what is missing is <paramref name="otherwise"/>.</summary>
    public static bool Truth(ReadOnlySpan<byte> json, bool otherwise) => json.IsEmpty ? otherwise : json.SequenceEqual("true"u8);

    /// <summary>Appends a text in quotes.</summary>
    public static void Append(IBufferWriter<byte> output, string text)
    {
        var encoded = JsonEncodedText.Encode(text).EncodedUtf8Bytes;
        output.Write("\""u8);
        output.Write(encoded);
        output.Write("\""u8);
    }

    private static string Unescaped(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            return reader.GetString()!;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw RosCodecException.At("", 0, $"is no text: {wrong.Message}");
        }
    }
}
