using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace RobotWorker.Tests.Ros.Rosbridge;

/// <summary>Hides text in an image as rosbridge does, each row with the next of PNG's five filters.</summary>
internal static class TestPng
{
    public static byte[] Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var width = (int)Math.Floor(Math.Sqrt(bytes.Length / 3.0));
        var height = (int)Math.Ceiling(bytes.Length / 3.0 / width);
        var pixels = new byte[width * height * 3];
        pixels.AsSpan().Fill((byte)'\n');
        bytes.CopyTo(pixels, 0);
        using var rows = new MemoryStream();
        using (var packer = new ZLibStream(rows, CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < height; y++) packer.Write(Filtered(pixels, y, width * 3));
        return Wrap(width, height, rows.ToArray());
    }

    /// <summary>An image of rows that are packed already.</summary>
    public static byte[] Wrap(int width, int height, byte[] packed)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n\x1A\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", packed), .. Chunk("IEND", [])];
    }

    private static byte[] Filtered(byte[] pixels, int y, int row)
    {
        var filter = y % 5;
        var line = new byte[row + 1];
        line[0] = (byte)filter;
        for (var x = 0; x < row; x++)
        {
            var here = y * row + x;
            int left = x >= 3 ? pixels[here - 3] : 0, up = y > 0 ? pixels[here - row] : 0, corner = x >= 3 && y > 0 ? pixels[here - row - 3] : 0;
            var guess = left + up - corner;
            var nearest = new[] { left, up, corner }.OrderBy(one => Math.Abs(guess - one)).First();    // stable: left before up before corner
            line[x + 1] = (byte)(pixels[here] - filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => nearest });
        }

        return line;
    }

    // The check sum is left empty: readers of such images here do not look at it.
    private static byte[] Chunk(string kind, byte[] body)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(kind), .. body, 0, 0, 0, 0];
    }
}
