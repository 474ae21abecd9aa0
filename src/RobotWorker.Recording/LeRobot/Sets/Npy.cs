using System.Buffers.Binary;
using System.Text;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>numpy's file of one array (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html), version 1.0, little-endian, in C order.</summary>
internal static class Npy
{
    private const int Alignment = 64;

    /// <summary>The bytes before the numbers.</summary>
    /// <param name="type">numpy's word for the type, such as <c>&lt;f4</c>.</param>
    public static byte[] Header(string type, IReadOnlyList<int> shape)
    {
        var described = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", shape)}{(shape.Count == 1 ? "," : "")}), }}";
        // Magic, version and length take ten bytes; the text ends with a new line where the numbers are aligned.
        var length = (((10 + described.Length + 1 + Alignment - 1) / Alignment) * Alignment) - 10;
        var header = new byte[10 + length];
        header[0] = 0x93;
        Encoding.ASCII.GetBytes("NUMPY").CopyTo(header, 1);
        (header[6], header[7]) = (1, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)length);
        Encoding.ASCII.GetBytes(described.PadRight(length - 1) + "\n").CopyTo(header, 10);
        return header;
    }

    /// <summary>numpy's word for a feature's dtype.</summary>
    public static string Type(string dtype) => dtype switch { "float32" => "<f4", "bool" => "|b1", _ when dtype.StartsWith("int", StringComparison.Ordinal) || dtype.StartsWith("uint", StringComparison.Ordinal) => "<i8", _ => "<f8" };

    public static void Write(Stream file, double[] values, string type, IReadOnlyList<int> shape)
    {
        file.Write(Header(type, shape));
        Span<byte> number = stackalloc byte[8];
        foreach (var value in values)
        {
            switch (type)
            {
                case "<f4":
                    BinaryPrimitives.WriteSingleLittleEndian(number, (float)value);
                    file.Write(number[..4]);
                    break;
                case "|b1":
                    file.WriteByte(value != 0 ? (byte)1 : (byte)0);
                    break;
                case "<i8":
                    BinaryPrimitives.WriteInt64LittleEndian(number, (long)value);
                    file.Write(number);
                    break;
                default:
                    BinaryPrimitives.WriteDoubleLittleEndian(number, value);
                    file.Write(number);
                    break;
            }
        }
    }
}
