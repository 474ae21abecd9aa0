using System.Buffers;
using System.Text.Json;

namespace RobotWorker.Ros.Rosbridge.Server.Ops;

/// <summary>Cuts a message into <c>fragment</c> operations, never within a character.</summary>
internal static class FragmentCutter
{
    /// <summary>Smaller pieces would cost far more in their envelopes than they carry.</summary>
    public const int LeastSize = 64;

    /// <summary>The pieces of a JSON text, each a whole operation.</summary>
    /// <param name="message">The text in UTF-8.</param>
    /// <param name="size">Bytes of the text in a piece, at least <see cref="LeastSize"/>.</param>
    /// <param name="id">What the pieces have in common; unique on the connection.</param>
    public static IEnumerable<byte[]> Cut(byte[] message, int size, string id)
    {
        var starts = new List<int>();
        for (var at = 0; at < message.Length; at = EndOf(message, at, size)) starts.Add(at);
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1] : message.Length;
            yield return Fragment(message.AsSpan(starts[i], end - starts[i]), id, i, starts.Count);
        }
    }

    private static int EndOf(byte[] message, int start, int size)
    {
        if (message.Length - start <= size) return message.Length;
        var end = start + size;
        while ((message[end] & 0xC0) == 0x80) end--;    // bytes 10xxxxxx go on with a character
        return end;
    }

    private static byte[] Fragment(ReadOnlySpan<byte> data, string id, int number, int total)
    {
        var output = new ArrayBufferWriter<byte>(data.Length + 128);
        using (var writer = new Utf8JsonWriter(output, Frames.Json))
        {
            writer.WriteStartObject();
            writer.WriteString("op"u8, "fragment"u8);
            writer.WriteString("id"u8, id);
            writer.WriteString("data"u8, data);
            writer.WriteNumber("num"u8, number);
            writer.WriteNumber("total"u8, total);
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }
}
