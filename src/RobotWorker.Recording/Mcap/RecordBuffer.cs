using System.Buffers.Binary;
using System.Text;

namespace RobotWorker.Recording.Mcap;

/// <summary>Bytes that grow: records are put together here before they go to a file or into a chunk. Reused, so that steady writing allocates nothing.</summary>
internal sealed class RecordBuffer(int capacity = 4096)
{
    private byte[] bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Takes back the last bytes.</summary>
    public void Truncate(int count) => Length -= count;

    /// <summary>Starts a record whose length is not known yet; <see cref="End"/> fills it in.</summary>
    /// <returns>The mark for <see cref="End"/>.</returns>
    public int Begin(Opcode opcode)
    {
        U8((byte)opcode);
        U64(0);
        return Length;
    }

    public void End(int mark) => BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(mark - 8), (ulong)(Length - mark));

    public void U8(byte value) => Take(1)[0] = value;

    public void U16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void Raw(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>A text with its length in bytes of UTF-8 before it.</summary>
    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        U32((uint)length);
        Encoding.UTF8.GetBytes(value, Take(length));
    }

    /// <summary>A map of texts, in the order of its keys, with its length in bytes before it.</summary>
    public void Map(IEnumerable<KeyValuePair<string, string>> values)
    {
        var mark = Reserve32();
        foreach (var (key, value) in values)
        {
            Text(key);
            Text(value);
        }
        Patch32(mark);
    }

    /// <summary>Leaves room for a length of four bytes.</summary>
    public int Reserve32()
    {
        U32(0);
        return Length;
    }

    /// <summary>Fills in the length of what was written since <see cref="Reserve32"/>.</summary>
    public void Patch32(int mark) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(mark - 4), (uint)(Length - mark));

    private Span<byte> Take(int count)
    {
        if (Length + count > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + count));
        var span = bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }
}
