using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace RobotWorker.Tests.Ros.Rosbridge.Server;

/// <summary>Reads an RGB image whose rows are not filtered, and checks what a decoder would check.</summary>
internal static class PngPixels
{
    public static string Of(byte[] image)
    {
        Assert.That(image[..8], Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10 }));
        var (width, height, packed) = (0, 0, new MemoryStream());
        for (var at = 8; at < image.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(image.AsSpan(at));
            var name = Encoding.ASCII.GetString(image, at + 4, 4);
            var data = image.AsSpan(at + 8, length);
            Assert.That(BinaryPrimitives.ReadUInt32BigEndian(image.AsSpan(at + 8 + length)), Is.EqualTo(Crc32.HashToUInt32(image.AsSpan(at + 4, length + 4))), name);
            if (name == "IHDR") (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
            if (name == "IDAT") packed.Write(data);
            at += 12 + length;
        }

        var pixels = new MemoryStream();
        packed.Position = 0;
        using (var zip = new ZLibStream(packed, CompressionMode.Decompress)) zip.CopyTo(pixels);
        var row = width * 3;
        Assert.That(pixels.Length, Is.EqualTo((row + 1) * height));
        return string.Concat(pixels.ToArray().Chunk(row + 1).Select(line => Encoding.UTF8.GetString(line, 1, row)));
    }
}
