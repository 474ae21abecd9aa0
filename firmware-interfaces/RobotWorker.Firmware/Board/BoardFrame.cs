using System.Buffers.Binary;

namespace RobotWorker.Firmware.Board;

/// <summary>
/// One message between host and safety board: `type seq session[4] body[0..64] crc[2]`, COBS-encoded and ended by a zero (board.h). The session is a number that the board draws at each start, so
/// that nothing that was sent to it before a reset is taken for new.
/// </summary>
public readonly ref struct BoardFrame(BoardFrameType type, byte sequence, uint session, ReadOnlySpan<byte> body)
{
    public const int MostBody = 64;

    internal const int Overhead = 8;

    /// <summary>The most bytes on the wire, with the zero.</summary>
    public static readonly int MostBytes = Cobs.MostOf(Overhead + MostBody) + 1;

    public BoardFrameType Type { get; } = type;

    public byte Sequence { get; } = sequence;

    public uint Session { get; } = session;

    /// <summary>In a frame that was received: valid until the next one is taken.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>Writes it as it goes on the wire, with the zero at its end.</summary>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="ArgumentException">The body is longer than <see cref="MostBody"/>.</exception>
    public int Write(Span<byte> into)
    {
        if (Body.Length > MostBody) throw new ArgumentException($"a body of {Body.Length} bytes; at most {MostBody} are sent");
        Span<byte> plain = stackalloc byte[Overhead + MostBody];
        plain[0] = (byte)Type;
        plain[1] = Sequence;
        BinaryPrimitives.WriteUInt32LittleEndian(plain[2..], Session);
        Body.CopyTo(plain[6..]);
        var length = 6 + Body.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(plain[length..], Crc16.CcittFalse(plain[..length]));
        var written = Cobs.Encode(plain[..(length + 2)], into);
        into[written] = 0;
        return written + 1;
    }
}
