using System.Buffers.Binary;
using System.IO.Compression;
using RobotWorker.Ros.Codecs;

namespace RobotWorker.Ros.Rosbridge.Protocol;

/// <summary>
/// The bytes that rosbridge hides in the pixels of a PNG image (<c>compression: png</c>): 8-bit RGB without interlacing, ended by line breaks.
/// Other images are refused: nobody sends them here.
/// </summary>
internal static class PngText
{
    private const int Pixel = 3;

    /// <summary>The bytes of the pixels.</summary>
    /// <param name="png">The file.</param>
    /// <param name="mostBytes">A larger image is refused before it is unpacked.</param>
    /// <exception cref="RosCodecException">It is no such image.</exception>
    public static byte[] Read(ReadOnlySpan<byte> png, int mostBytes)
    {
        if (png.Length < 33 || png[0] != 0x89 || !png[1..8].SequenceEqual("PNG\r\n\x1A\n"u8))
            throw Wrong("is no PNG image");
        var packed = new MemoryStream();
        var (width, height) = (0L, 0L);
        for (var at = 8; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png[at..]);
            if (length < 0 || length > png.Length - at - 12) throw Wrong("is cut off");
            var kind = png.Slice(at + 4, 4);
            var body = png.Slice(at + 8, length);
            if (kind.SequenceEqual("IHDR"u8)) (width, height) = Header(body);
            else if (kind.SequenceEqual("IDAT"u8)) packed.Write(body);
            at += length + 12;
        }

        var row = width * Pixel + 1;
        if (width == 0 || row * height > mostBytes) throw Wrong($"of {width} by {height} pixels is too large or empty");
        packed.Position = 0;
        return Unfilter(Unpack(packed, (int)(row * height)), (int)row, (int)height);
    }

    private static (long Width, long Height) Header(ReadOnlySpan<byte> body)
    {
        if (body.Length < 13 || body[8] != 8 || body[9] != 2 || body[12] != 0) throw Wrong("is not 8-bit RGB without interlacing");
        return (BinaryPrimitives.ReadUInt32BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body[4..]));
    }

    private static byte[] Unpack(MemoryStream packed, int length)
    {
        try
        {
            var rows = new byte[length];
            using var stream = new ZLibStream(packed, CompressionMode.Decompress);
            stream.ReadExactly(rows);
            return rows;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException)    // zlib's other errors (a preset dictionary) are IOExceptions
        {
            throw Wrong($"does not unpack: {wrong.Message}");
        }
    }

    // PNG (ISO 15948), 9.2: each row says how it was predicted from its left, upper and upper left neighbours.
    private static byte[] Unfilter(byte[] rows, int row, int height)
    {
        var pixels = new byte[(row - 1) * height];
        for (var y = 0; y < height; y++)
        {
            var filter = rows[y * row];
            for (var x = 0; x < row - 1; x++)
            {
                var here = y * (row - 1) + x;
                int left = x >= Pixel ? pixels[here - Pixel] : 0;
                int up = y > 0 ? pixels[here - row + 1] : 0;
                int corner = x >= Pixel && y > 0 ? pixels[here - row + 1 - Pixel] : 0;
                var predicted = filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, corner),
                    _ => throw Wrong($"has a row with filter {filter}"),
                };
                pixels[here] = (byte)(rows[y * row + 1 + x] + predicted);
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static RosCodecException Wrong(string problem) => RosCodecException.At("data", 0, "the image " + problem);
}
