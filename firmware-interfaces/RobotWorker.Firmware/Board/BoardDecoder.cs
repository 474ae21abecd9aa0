using System.Buffers.Binary;

namespace RobotWorker.Firmware.Board;

/// <summary>Finds frames in bytes as they come. What is no frame is skipped up to the next zero and counted: a frame after garbage is always found. It allocates nothing.</summary>
public sealed class BoardDecoder
{
    private readonly byte[] encoded = new byte[BoardFrame.MostBytes];
    private readonly byte[] plain = new byte[BoardFrame.MostBytes];
    private int count;
    private bool tooLong, isInStep;

    /// <summary>Pieces between zeros that were no frame, or whose CRC was wrong.</summary>
    public long Damaged { get; private set; }

    /// <summary>Takes bytes up to the end of the next frame.</summary>
    /// <param name="bytes">What came; afterwards what is left of it.</param>
    /// <returns>False where no frame ends in them; then all are taken.</returns>
    public bool TryTake(ref ReadOnlySpan<byte> bytes, out BoardFrame frame)
    {
        while (!bytes.IsEmpty)
        {
            var b = bytes[0];
            bytes = bytes[1..];
            if (b != 0)
            {
                if (count < encoded.Length) encoded[count++] = b;
                else tooLong = true;
                continue;
            }
            var whole = !tooLong && count > 0;
            var isDamaged = tooLong;
            var length = whole ? Cobs.Decode(encoded.AsSpan(0, count), plain) : -1;
            isDamaged |= whole && !IsValid(length);
            (count, tooLong) = (0, false);
            // What came before the first zero began before somebody listened.
            if (isDamaged && isInStep) Damaged++;
            isInStep = true;
            if (!whole || isDamaged) continue;
            frame = new((BoardFrameType)plain[0], plain[1], BinaryPrimitives.ReadUInt32LittleEndian(plain.AsSpan(2)), plain.AsSpan(6, length - BoardFrame.Overhead));
            return true;
        }
        frame = default;
        return false;
    }

    private bool IsValid(int length) => length is >= BoardFrame.Overhead and <= BoardFrame.Overhead + BoardFrame.MostBody
        && BinaryPrimitives.ReadUInt16LittleEndian(plain.AsSpan(length - 2)) == Crc16.CcittFalse(plain.AsSpan(0, length - 2));
}
