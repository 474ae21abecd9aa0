using System.Buffers;
using RobotWorker.Ros.Codecs;

namespace RobotWorker.Ros.Rosbridge.Protocol;

/// <summary>
/// Finds where a JSON value ends, without reading it: the envelope of an op is taken apart cheaply, and what it carries is left to the codec of
/// its type. Bare <c>NaN</c> and <c>Infinity</c>, which some servers emit, are values here.
/// </summary>
internal static class JsonSlices
{
    private const int DeepestNesting = 128;

    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"[]{}"u8);
    private static readonly SearchValues<byte> EndsOfScalar = SearchValues.Create(",]} \t\r\n"u8);

    /// <summary>The first byte from <paramref name="at"/> on that is no white space, or the end.</summary>
    public static int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        return at;
    }

    /// <summary>The first byte behind the value that starts at <paramref name="at"/>.</summary>
    /// <exception cref="RosCodecException">It does not end, or nests too deeply.</exception>
    public static int EndOfValue(ReadOnlySpan<byte> json, int at)
    {
        if (at >= json.Length) throw RosCodecException.At("", at, "a value is missing");
        switch (json[at])
        {
            case (byte)'"':
                return EndOfString(json, at);
            case (byte)'{' or (byte)'[':
                return EndOfNest(json, at);
            default:
                var length = json[at..].IndexOfAny(EndsOfScalar);
                return length == 0 ? throw RosCodecException.At("", at, "a value is missing") : length < 0 ? json.Length : at + length;
        }
    }

    /// <summary>The first byte behind the string that starts at <paramref name="at"/>.</summary>
    /// <exception cref="RosCodecException">It does not end.</exception>
    public static int EndOfString(ReadOnlySpan<byte> json, int at)
    {
        for (var i = at + 1; i < json.Length; i += 2)    // behind a backslash one byte is skipped as well
        {
            var next = json[i..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0) break;
            i += next;
            if (json[i] == '"') return i + 1;
        }

        throw RosCodecException.At("", at, "a string does not end");
    }

    private static int EndOfNest(ReadOnlySpan<byte> json, int at)
    {
        var depth = 0;
        for (var i = at; ;)
        {
            var next = json[i..].IndexOfAny(Marks);
            if (next < 0) throw RosCodecException.At("", at, "an object or list does not end");
            i += next;
            switch (json[i])
            {
                case (byte)'"':
                    i = EndOfString(json, i);
                    continue;
                case (byte)'{' or (byte)'[':
                    if (++depth > DeepestNesting) throw RosCodecException.At("", i, $"nested more than {DeepestNesting} deep");
                    break;
                default:
                    if (--depth == 0) return i + 1;
                    break;
            }

            i++;
            if (i >= json.Length) throw RosCodecException.At("", at, "an object or list does not end");
        }
    }
}
