using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace RobotWorker.Recording.Mcap;

/// <summary>Takes the fields of a record one after the other.</summary>
/// <exception cref="InvalidDataException">From every method: the field would end behind the record.</exception>
internal sealed class RecordCursor(ReadOnlyMemory<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int position;

    public int Left => bytes.Length - position;

    /// <summary>What was taken so far.</summary>
    public ReadOnlyMemory<byte> Taken => bytes[..position];

    public byte U8() => Take(1).Span[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2).Span);

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span);

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8).Span);

    public long Time() => (long)U64();

    public ReadOnlyMemory<byte> Rest() => Take(Left);

    public ReadOnlyMemory<byte> Take(ulong count)
    {
        if (count > (ulong)Left) throw new InvalidDataException($"a field of {count} bytes does not fit into the {Left} bytes that are left");
        var part = bytes.Slice(position, (int)count);
        position += (int)count;
        return part;
    }

    public string Text()
    {
        var data = Take(U32());
        try
        {
            return Strict.GetString(data.Span);
        }
        catch (DecoderFallbackException problem)
        {
            throw new InvalidDataException("a text is not UTF-8", problem);
        }
    }

    public ImmutableSortedDictionary<string, string> Map()
    {
        var inner = new RecordCursor(Take(U32()));
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        while (inner.Left > 0) map[inner.Text()] = inner.Text();
        return map.ToImmutable();
    }

    private ReadOnlyMemory<byte> Take(int count) => Take((ulong)count);
}
