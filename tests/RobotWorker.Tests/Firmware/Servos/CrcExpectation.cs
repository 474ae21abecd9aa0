using System.Numerics;

namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>
/// How many harmed frames Protocol 2.0's CRC-16 lets expect to pass, reckoned from what became of each frame, without a look at what a servo did. Its polynomial has the factor x + 1: an odd number of bits,
/// and any that lie within 16, are found for certain; of all others one in 2^15 passes. A frame with bytes too many, too few, or with another length in it has its CRC looked for elsewhere, where one in 2^16 fits.
/// </summary>
internal sealed class CrcExpectation
{
    private const int LengthAt = 5;

    /// <summary>Frames that did not arrive as they were sent.</summary>
    public long Harmed { get; private set; }

    /// <summary>Of these, how many are to be expected to pass.</summary>
    public double Passing { get; private set; }

    public void Take(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> arrived)
    {
        if (sent.SequenceEqual(arrived)) return;
        Harmed++;
        if (sent.Length != arrived.Length || (sent.Length > LengthAt + 1 && !sent.Slice(LengthAt, 2).SequenceEqual(arrived.Slice(LengthAt, 2))))
        {
            Passing += 1 / 65536.0;
            return;
        }

        int first = -1, last = 0, bits = 0;
        for (var i = 0; i < sent.Length; i++)
        {
            var differs = (byte)(sent[i] ^ arrived[i]);
            if (differs == 0) continue;
            if (first < 0) first = (8 * i) + BitOperations.LeadingZeroCount((uint)differs << 24);
            last = (8 * i) + 7 - BitOperations.TrailingZeroCount(differs);
            bits += BitOperations.PopCount(differs);
        }

        if (bits % 2 == 0 && last - first >= 16) Passing += 1 / 32768.0;
    }
}
