using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace RobotWorker.Recording.Video;

/// <summary>Writes PNG files (W3C PNG, third edition): 8 bits a channel, RGB, no interlacing.</summary>
public static class Png
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A picture as the bytes of a PNG file.</summary>
    /// <param name="rgb">Red, green and blue, a byte each; rows from top to bottom, without padding.</param>
    /// <exception cref="ArgumentException">The bytes are not width x height x 3.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> rgb, int width, int height)
    {
        if (rgb.Length != width * height * 3) throw new ArgumentException($"a picture of {width} x {height} has {width * height * 3} bytes", nameof(rgb));
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;      // bits a channel
        header[9] = 2;      // colour type RGB
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(rgb, width * 3));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    // Filter "up" (2): rendered pictures repeat from row to row.
    private static byte[] Compress(ReadOnlySpan<byte> rgb, int stride)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var filtered = new byte[stride + 1];
            filtered[0] = 2;
            for (var row = 0; row < rgb.Length; row += stride)
            {
                for (var i = 0; i < stride; i++) filtered[i + 1] = (byte)(rgb[row + i] - (row == 0 ? 0 : rgb[row + i - stride]));
                zlib.Write(filtered);
            }
        }
        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        file.Write(number);
    }
}
