namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>Valid frames, some of them harmed, with noise between, in one stream.</summary>
internal sealed class MutatedStream(int seed)
{
    private readonly Random random = new(seed);

    public byte[] Bytes { get; } = new byte[64 * 1024];

    public int Count { get; private set; }

    public Random Random => random;

    public delegate int FrameWriter(Random random, Span<byte> frame);

    public void Fill(FrameWriter write, byte[] noise)
    {
        Count = 0;
        while (Count < Bytes.Length - 1024)
        {
            if (random.Next(4) == 0)
            {
                for (var left = random.Next(12); left > 0; left--) Bytes[Count++] = random.Next(3) == 0 ? noise[random.Next(noise.Length)] : (byte)random.Next(256);
            }

            var frame = Bytes.AsSpan(Count);
            var length = write(random, frame);
            switch (random.Next(8))
            {
                case 0:
                    frame[random.Next(length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    frame[random.Next(length)] = noise[random.Next(noise.Length)];
                    break;
                case 2:
                    length = random.Next(length);
                    break;
                case 3:
                    var hole = random.Next(length);
                    frame[(hole + 1)..length].CopyTo(frame[hole..]);
                    length--;
                    break;
                default:
                    break;
            }

            Count += length;
        }
    }

    /// <summary>Zeros at its end, as of a line on which nobody speaks.</summary>
    public void Quieten(int zeros)
    {
        Bytes.AsSpan(Count, zeros).Clear();
        Count += zeros;
    }

    /// <summary>How many of the bytes come next.</summary>
    public int Portion(int left) => Math.Min(left, random.Next(3) == 0 ? random.Next(1, 4) : random.Next(1, 700));

    /// <summary>One number for a frame.</summary>
    public static ulong Digest(ulong before, ReadOnlySpan<byte> bytes)
    {
        var digest = before;
        foreach (var part in bytes) digest = (digest ^ part) * 1099511628211;
        return digest;
    }
}
