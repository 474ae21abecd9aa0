using System.Buffers;
using System.Text;

namespace RobotWorker.Ros.Codecs;

/// <summary>
/// Walks over JSON text. Own code because rosbridge's wire is not quite JSON: bare <c>NaN</c> and <c>Infinity</c>, and several values in one frame.
/// Every method takes the position and leaves it behind what it took.
/// </summary>
internal readonly ref struct JsonText(ReadOnlySpan<byte> bytes)
{
    /// <summary>The message types that exist nest about ten levels; what is deeper is an attack on the stack of somebody else's parser.</summary>
    private const int DeepestNesting = 64;

    private static readonly SearchValues<byte> SpecialInText = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (byte)code), (byte)'"', (byte)'\\']);
    private static readonly SearchValues<byte> EndsAScalar = SearchValues.Create(" \t\r\n,:]}[{\""u8);

    /// <summary>The whole text.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The next byte that is no white space, not taken; 0 at the end.</summary>
    public byte Peek(ref int at)
    {
        while (at < Bytes.Length && Bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at < Bytes.Length ? Bytes[at] : (byte)0;
    }

    /// <summary>Takes one punctuation mark.</summary>
    public void Take(ref int at, char mark)
    {
        if (Peek(ref at) != mark) throw Unexpected(at, $"'{mark}'");
        at++;
    }

    /// <summary>Takes a mark if it is the next one.</summary>
    public bool TryTake(ref int at, char mark)
    {
        if (Peek(ref at) != mark) return false;
        at++;
        return true;
    }

    /// <summary>Takes a text; gives what stands between the quotes as it stands there.</summary>
    public ReadOnlySpan<byte> RawText(ref int at, out bool escaped)
    {
        if (Peek(ref at) != '"') throw Unexpected(at, "a text");
        var start = at + 1;
        var end = start;
        escaped = false;
        while (true)
        {
            var special = Bytes[end..].IndexOfAny(SpecialInText);
            if (special < 0) throw RosCodecException.At("", at, "the text has no end");
            end += special;
            if (Bytes[end] == '"') break;
            if (Bytes[end] != '\\') throw RosCodecException.At("", end, $"a text may not hold the control character {Bytes[end]:X2} unescaped");
            escaped = true;
            end = Math.Min(end + 2, Bytes.Length);
        }

        at = end + 1;
        return Bytes[start..end];
    }

    /// <summary>Takes a text.</summary>
    public string Text(ref int at)
    {
        var start = at;
        var raw = RawText(ref at, out var escaped);
        return JsonEscapes.Decode(raw, escaped, start);
    }

    /// <summary>Takes a number, or a word such as <c>true</c>.</summary>
    public ReadOnlySpan<byte> Scalar(ref int at)
    {
        Peek(ref at);
        var length = Bytes[at..].IndexOfAny(EndsAScalar);
        var scalar = length < 0 ? Bytes[at..] : Bytes.Slice(at, length);
        if (scalar.Length == 0) throw Unexpected(at, "a number");
        at += scalar.Length;
        return scalar;
    }

    /// <summary>Behind a value in an object or list: takes the comma before the next one. False (and nothing taken) before the end.</summary>
    public bool TakeComma(ref int at, char end)
    {
        if (TryTake(ref at, ','))
        {
            if (Peek(ref at) == end) throw Unexpected(at, "a value after the comma");
            return true;
        }

        if (Peek(ref at) != end) throw Unexpected(at, $"',' or '{end}'");
        return false;
    }

    /// <summary>Takes a whole value of any kind.</summary>
    public void Skip(ref int at)
    {
        Span<bool> isObject = stackalloc bool[DeepestNesting];
        var depth = 0;
        while (true)
        {
            var first = Peek(ref at);
            if (first is (byte)'{' or (byte)'[')
            {
                if (depth == DeepestNesting) throw RosCodecException.At("", at, $"the values are nested deeper than {DeepestNesting} levels");
                at++;
                isObject[depth++] = first == '{';
                if (!TryTake(ref at, first == '{' ? '}' : ']'))
                {
                    if (first == '{') TakeName(ref at);
                    continue;
                }

                depth--;
            }
            else if (first == '"')
            {
                RawText(ref at, out _);
            }
            else
            {
                JsonNumbers.CheckScalar(Scalar(ref at), at);
            }

            while (depth > 0 && !TakeComma(ref at, isObject[depth - 1] ? '}' : ']'))
            {
                at++;
                depth--;
            }

            if (depth == 0) return;
            if (isObject[depth - 1]) TakeName(ref at);
        }
    }

    /// <summary>What is wrong where something else should stand.</summary>
    public RosCodecException Unexpected(int at, string wanted) => RosCodecException.At(
        "", at, at >= Bytes.Length ? $"{wanted} should follow, but the text ends" : $"{wanted} should stand here, not '{Printable(Bytes[at..])}'");

    private static string Printable(ReadOnlySpan<byte> bytes) =>
        string.Concat(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 12)]).Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));

    private void TakeName(ref int at)
    {
        RawText(ref at, out _);
        Take(ref at, ':');
    }
}
