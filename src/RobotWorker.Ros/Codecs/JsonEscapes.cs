using System.Buffers;
using System.Globalization;
using System.Text;

namespace RobotWorker.Ros.Codecs;

/// <summary>Turns what stands between the quotes of a JSON text into a string.</summary>
internal static class JsonEscapes
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text itself.</summary>
    /// <param name="raw">UTF-8, escapes not yet resolved.</param>
    /// <param name="escaped">Whether there are any.</param>
    /// <param name="at">Where it stands, for the error.</param>
    public static string Decode(ReadOnlySpan<byte> raw, bool escaped, int at)
    {
        try
        {
            return escaped ? Resolve(raw, at) : StrictUtf8.GetString(raw);
        }
        catch (DecoderFallbackException)
        {
            throw RosCodecException.At("", at, "the text is not UTF-8");
        }
    }

    private static string Resolve(ReadOnlySpan<byte> raw, int at)
    {
        var rented = ArrayPool<char>.Shared.Rent(raw.Length);
        try
        {
            var length = 0;
            while (raw.Length > 0)
            {
                var escape = raw.IndexOf((byte)'\\');
                if (escape < 0) escape = raw.Length;
                length += StrictUtf8.GetChars(raw[..escape], rented.AsSpan(length));
                raw = raw[escape..];
                if (raw.Length == 0) break;
                rented[length++] = Letter(raw, at, out var taken);
                raw = raw[taken..];
            }

            return WithoutLoneSurrogates(rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private static char Letter(ReadOnlySpan<byte> raw, int at, out int taken)
    {
        taken = 2;
        switch (raw.Length > 1 ? raw[1] : 0)
        {
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'b': return '\b';
            case 'f': return '\f';
            case '"' or '\\' or '/': return (char)raw[1];
            case 'u' when raw.Length >= 6 && ushort.TryParse(raw.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                taken = 6;
                return (char)code;
            default: throw RosCodecException.At("", at, "the text holds an escape that JSON does not have");
        }
    }

    // Python writes bytes that were no UTF-8 as lone surrogates; no string of ours may hold what cannot be written again.
    private static string WithoutLoneSurrogates(Span<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else text[i] = '\uFFFD';
        }

        return new(text);
    }
}
