using System.Numerics;
using RobotWorker.Firmware.Links;

namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>A noisy cable: of the share of bytes that it harms, half lose one bit, and half lie in bursts of 2 to 8 bytes of noise. Both directions; the same seed, the same harm.</summary>
internal sealed class LossyLink(IByteLink link, double rate, int seed) : IByteLink
{
    private readonly Random random = new(seed);
    private readonly byte[] buffer = new byte[4096];
    private int burst;

    public string Name => link.Name;

    /// <summary>Frames of the host's that were harmed.</summary>
    public long Harmed { get; private set; }

    /// <summary>
    /// Of these, how many a CRC-16 with the factor x + 1 lets pass: an even number of bits, spread over more than 16. All others it finds for certain; of these one in 2^15 passes.
    /// </summary>
    public long CrcMayMiss { get; private set; }

    public bool IsQuiet { get; set; }

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        Harm(bytes, buffer);
        Judge(bytes, buffer.AsSpan(0, bytes.Length));
        link.Write(buffer.AsSpan(0, bytes.Length), within);
    }

    public int Read(Span<byte> into, TimeSpan within)
    {
        var count = link.Read(into, within);
        Harm(into[..count], into);
        return count;
    }

    public void DiscardInput() => link.DiscardInput();

    public void Dispose() => link.Dispose();

    private void Harm(ReadOnlySpan<byte> bytes, Span<byte> harmed)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = bytes[i];
            var dice = IsQuiet ? 1 : random.NextDouble() / rate;
            if (burst > 0)
            {
                burst--;
                value = (byte)random.Next(256);
            }
            else if (dice < 0.5)
            {
                value ^= (byte)(1 << random.Next(8));
            }
            else if (dice < 0.6)
            {
                burst = random.Next(1, 8);
                value = (byte)random.Next(256);
            }

            harmed[i] = value;
        }
    }

    private void Judge(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> harmed)
    {
        int first = -1, last = 0, bits = 0;
        for (var i = 0; i < sent.Length; i++)
        {
            var differs = (byte)(sent[i] ^ harmed[i]);
            if (differs == 0) continue;
            if (first < 0) first = (8 * i) + BitOperations.LeadingZeroCount((uint)differs << 24);
            last = (8 * i) + 7 - BitOperations.TrailingZeroCount(differs);
            bits += BitOperations.PopCount(differs);
        }

        if (bits == 0) return;
        Harmed++;
        if (bits % 2 == 0 && last - first >= 16) CrcMayMiss++;
    }
}
