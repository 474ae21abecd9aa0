using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>Writes into bytes of the size that <see cref="Ros1Sizer"/> measured; it relies on a little-endian machine.</summary>
internal ref struct Ros1Writer(Span<byte> bytes) : IFieldWriter
{
    private readonly Span<byte> bytes = bytes;
    private int offset;

    public readonly RosDialect Dialect => RosDialect.Ros1;

    public void Value<T>(string name, T value) where T : unmanaged => MemoryMarshal.Write(Take(Unsafe.SizeOf<T>()), value);

    public void Text(string name, string value, int limit)
    {
        var length = Take(sizeof(uint));
        var written = Encoding.UTF8.GetBytes(value, bytes[offset..]);
        offset += written;
        MemoryMarshal.Write(length, (uint)written);
    }

    public void Message<T>(string name, T value) where T : IRosMessage => value.Write(ref this);

    public void Values<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : unmanaged
    {
        var source = MemoryMarshal.AsBytes(values.AsSpan());
        Count(values.AsSpan().Length, bounds);
        source.CopyTo(Take(source.Length));
    }

    public void Texts(string name, ImmutableArray<string> values, Bounds bounds)
    {
        Count(values.AsSpan().Length, bounds);
        foreach (var value in values.AsSpan()) Text(name, value, int.MaxValue);
    }

    public void Messages<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : IRosMessage
    {
        Count(values.AsSpan().Length, bounds);
        foreach (var value in values.AsSpan()) value.Write(ref this);
    }

    public readonly void Nothing()
    {
    }

    private void Count(int count, Bounds bounds)
    {
        if (!bounds.IsFixed) MemoryMarshal.Write(Take(sizeof(uint)), (uint)count);
    }

    private Span<byte> Take(int length)
    {
        var taken = bytes.Slice(offset, length);
        offset += length;
        return taken;
    }
}
