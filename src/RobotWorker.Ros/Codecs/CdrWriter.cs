using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>Writes into zeroed bytes of the size that <see cref="CdrSizer"/> measured; it relies on a little-endian machine.</summary>
internal ref struct CdrWriter(Span<byte> bytes) : IFieldWriter
{
    private readonly Span<byte> bytes = bytes;
    private int offset;

    public readonly RosDialect Dialect => RosDialect.Ros2;

    public void Value<T>(string name, T value) where T : unmanaged => MemoryMarshal.Write(Take(Unsafe.SizeOf<T>(), Unsafe.SizeOf<T>()), value);

    public void Text(string name, string value, int limit)
    {
        var length = Take(sizeof(uint), sizeof(uint));
        var written = Encoding.UTF8.GetBytes(value, bytes[offset..]);
        offset += written + 1;
        MemoryMarshal.Write(length, (uint)written + 1);
    }

    public void Message<T>(string name, T value) where T : IRosMessage => value.Write(ref this);

    public void Values<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : unmanaged
    {
        var source = MemoryMarshal.AsBytes(values.AsSpan());
        Count(values.AsSpan().Length, bounds);
        if (source.Length > 0) source.CopyTo(Take(Unsafe.SizeOf<T>(), source.Length));
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

    public void Nothing() => Take(1, 1);

    private void Count(int count, Bounds bounds)
    {
        if (!bounds.IsFixed) MemoryMarshal.Write(Take(sizeof(uint), sizeof(uint)), (uint)count);
    }

    private Span<byte> Take(int alignment, int length)
    {
        offset = (offset + alignment - 1) & -alignment;
        var taken = bytes.Slice(offset, length);
        offset += length;
        return taken;
    }
}
