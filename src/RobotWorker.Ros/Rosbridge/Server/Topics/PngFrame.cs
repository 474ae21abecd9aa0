using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace RobotWorker.Ros.Rosbridge.Server.Topics;

/// <summary>
/// rosbridge's <c>png</c> operation: a JSON text as the pixels of an RGB image, nearly square, filled up with line feeds; a browser unpacks it without a
/// library.
/// </summary>
internal static class PngFrame
{
    private static readonly uint[] Table = MakeTable();

    /// <summary>The operation that carries <paramref name="json"/>.</summary>
    public static byte[] Of(byte[] json) => Encoding.ASCII.GetBytes($$"""{"op":"png","data":"{{Convert.ToBase64String(Image(json))}}"}""");

    private static byte[] Image(byte[] json)
    {
        var width = Math.Max(1, (int)Math.Sqrt(json.Length / 3.0));
        var height = Math.Max(1, (int)Math.Ceiling(json.Length / 3.0 / width));
        var output = new MemoryStream();
        output.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);    // 8 bits, RGB
        Chunk(output, "IHDR"u8, header);
        Chunk(output, "IDAT"u8, Pixels(json, width * 3, height));
        Chunk(output, "IEND"u8, []);
        return output.ToArray();
    }

    private static byte[] Pixels(byte[] json, int row, int height)
    {
        var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            var line = new byte[row + 1];    // each row begins with its filter: none
            for (var i = 0; i < height; i++)
            {
                var part = json.AsSpan(Math.Min(i * row, json.Length), Math.Clamp(json.Length - (i * row), 0, row));
                line.AsSpan(1).Fill((byte)'\n');
                part.CopyTo(line.AsSpan(1));
                zip.Write(line);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        output.Write(number);
        output.Write(type);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(data, Crc(type, uint.MaxValue)) ^ uint.MaxValue);
        output.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> data, uint crc)
    {
        foreach (var value in data) crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        return crc;
    }

    // PNG specification, annex D
    private static uint[] MakeTable() => [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1))];
}
