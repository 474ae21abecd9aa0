using System.Buffers.Binary;

namespace RobotWorker.Firmware.Servos;

/// <summary>One entry of a servo's control table.</summary>
/// <param name="Name">As the maker's manual calls it, in snake case.</param>
/// <param name="Size">Bytes, little-endian: 1, 2 or 4.</param>
/// <param name="Scale">What one count is, in <paramref name="Unit"/>; 1 for plain numbers.</param>
/// <param name="Unit">SI where there is one; empty for codes and flags.</param>
/// <param name="SignBit">For <see cref="RegisterForm.SignMagnitude"/>: the bit that says minus.</param>
public sealed record Register(
    string Name, int Address, int Size, RegisterAccess Access, RegisterArea Area, double Scale = 1, string Unit = "", RegisterForm Form = RegisterForm.Unsigned, int SignBit = 0)
{
    /// <summary>The first address behind it.</summary>
    public int End => Address + Size;

    /// <summary>The number that these bytes are, in counts.</summary>
    public long Decode(ReadOnlySpan<byte> bytes)
    {
        uint raw = Size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        };
        return Form switch
        {
            RegisterForm.Unsigned => raw,
            RegisterForm.TwosComplement => Size switch { 1 => (sbyte)raw, 2 => (short)raw, _ => (int)raw },
            RegisterForm.SignMagnitude => Servos.SignMagnitude.Decode(raw, SignBit),
        };
    }

    /// <summary>Writes a number of counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit.</exception>
    public void Encode(long value, Span<byte> bytes)
    {
        var raw = RawOf(value);
        for (var i = 0; i < Size; i++) bytes[i] = (byte)(raw >> (8 * i));
    }

    private uint RawOf(long value)
    {
        var bits = 8 * Size;
        var (least, most) = Form switch
        {
            RegisterForm.Unsigned => (0L, (1L << bits) - 1),
            RegisterForm.TwosComplement => (-(1L << (bits - 1)), (1L << (bits - 1)) - 1),
            RegisterForm.SignMagnitude => (1 - (1L << SignBit), (1L << SignBit) - 1),
        };
        if (value < least || value > most) throw new ArgumentOutOfRangeException(nameof(value), value, $"{Name} at {Address} takes {least} to {most}; nothing was written.");
        return Form == RegisterForm.SignMagnitude ? Servos.SignMagnitude.Encode((int)value, SignBit) : (uint)(value & ((1L << bits) - 1));
    }
}
