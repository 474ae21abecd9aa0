using System.Buffers.Binary;
using System.Text;

namespace RobotWorker.Ros.Ros1;

/// <summary>
/// The header with which a TCPROS connection begins, in both directions: fields <c>name=value</c>, each after its length, all after the
/// whole's length (four bytes each, little-endian). Fields that nobody knows are kept and mean nothing.
/// </summary>
public static class TcpRosHeader
{
    /// <summary>The longest header that is read: a message's definition with all that it depends on takes far less.</summary>
    public const int MaximalBytes = 1 << 20;

    /// <summary>The bytes, the whole's length first.</summary>
    public static byte[] Write(params IEnumerable<(string Name, string Value)> fields)
    {
        var bytes = new MemoryStream();
        bytes.Write([0, 0, 0, 0]);
        Span<byte> length = stackalloc byte[4];
        foreach (var (name, value) in fields)
        {
            var field = Encoding.UTF8.GetBytes($"{name}={value}");
            BinaryPrimitives.WriteInt32LittleEndian(length, field.Length);
            bytes.Write(length);
            bytes.Write(field);
        }

        var whole = bytes.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(whole, whole.Length - 4);
        return whole;
    }

    /// <summary>The fields.</summary>
    /// <param name="bytes">What stands after the whole's length.</param>
    /// <exception cref="Ros1Exception">It is no header.</exception>
    public static IReadOnlyDictionary<string, string> Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < 4) throw new Ros1Exception("a connection header ends within a field's length");
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            if (length > (uint)(bytes.Length - 4)) throw new Ros1Exception($"a connection header's field has {length} bytes and only {bytes.Length - 4} are left");
            var field = bytes.Slice(4, (int)length);
            var at = field.IndexOf((byte)'=');
            if (at < 0) throw new Ros1Exception("a connection header has a field without '='");
            fields[Encoding.UTF8.GetString(field[..at])] = Encoding.UTF8.GetString(field[(at + 1)..]);
            bytes = bytes[(4 + (int)length)..];
        }

        return fields;
    }
}
