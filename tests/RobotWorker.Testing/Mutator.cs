namespace RobotWorker.Testing;

/// <summary>Makes wrong inputs of valid ones: bits turned, bytes and lengths replaced, pieces cut out, doubled, swapped in from elsewhere.</summary>
public sealed class Mutator(IReadOnlyList<byte[]> corpus, int seed)
{
    private const int LongestInput = 20_000;

    // What decoders trip over: the ends of the ranges of lengths, structure of JSON, XML and CBOR.
    private static readonly byte[][] Tokens =
    [
        [0], [0xFF], [0x7F], [0x80], [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80], [0xFE, 0xFF, 0xFF, 0xFF], [0, 0, 0, 1],
        [0x9F], [0xBF], [0x5F], [0x7F, 0x61], [0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0xBA, 0xFF, 0xFF, 0xFF, 0xFF], [0xD8, 0x56], [0xF9, 0x7E, 0],
        .. new[]
        {
            "{", "}", "[", "]", "\"", "\\", ",", ":", "null", "NaN", "-Infinity", "1e999", "-1", "18446744073709551616", "\\u", "\\ud800", "{}", "[[[[[[[[",
            "<", ">", "</", "&lt;", "&#0;", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "<value>", "\n", "=", "#", "---", "[<=", "MSG: a/B\n", "Header header\n", "float64[999999999] x\n",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    private readonly Random random = new(seed);

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var input = new List<byte>(Any());
        for (var changes = 1 + random.Next(4); changes > 0; changes--) Change(input);
        if (input.Count > LongestInput) input.RemoveRange(LongestInput, input.Count - LongestInput);
        return [.. input];
    }

    private byte[] Any() => corpus[random.Next(corpus.Count)];

    private void Change(List<byte> input)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(input.Count - at, 1 + random.Next(16));
        switch (random.Next(8))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 4:
                input.RemoveRange(at, input.Count - at);
                break;
            case 5:
                var other = Any();
                var from = random.Next(other.Length + 1);
                input.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(64))]);
                break;
            case 6:
                var token = Tokens[random.Next(Tokens.Length)];
                input.RemoveRange(at, Math.Min(token.Length, input.Count - at));
                input.InsertRange(at, token);
                break;
            default:
                input.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
        }
    }
}
