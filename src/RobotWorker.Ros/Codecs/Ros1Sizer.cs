using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>Measures what <see cref="Ros1Writer"/> will write, and refuses what does not fit its definition.</summary>
internal struct Ros1Sizer : IFieldWriter
{
    public int Size { get; private set; }

    public readonly RosDialect Dialect => RosDialect.Ros1;

    public void Value<T>(string name, T value) where T : unmanaged => Add(Unsafe.SizeOf<T>());

    public void Text(string name, string value, int limit)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        if (length > limit) throw RosCodecException.At(name, Size, $"the text has {length} bytes, at most {limit} are allowed");
        Add(sizeof(uint));
        Add(length);
    }

    public void Message<T>(string name, T value) where T : IRosMessage
    {
        try
        {
            value.Write(ref this);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Inside(name);
        }
    }

    public void Values<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : unmanaged
    {
        var count = Count(name, values, bounds);
        Add(checked(count * Unsafe.SizeOf<T>()));
    }

    public void Texts(string name, ImmutableArray<string> values, Bounds bounds)
    {
        Count(name, values, bounds);
        foreach (var value in values.AsSpan()) Text(name, value, int.MaxValue);
    }

    public void Messages<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : IRosMessage
    {
        Count(name, values, bounds);
        foreach (var value in values.AsSpan()) Message(name, value);
    }

    public readonly void Nothing()
    {
    }

    private int Count<T>(string name, ImmutableArray<T> values, Bounds bounds)
    {
        var count = values.AsSpan().Length;
        if (!bounds.Allow(count)) throw RosCodecException.At(name, Size, $"the array has {count} values, {bounds} are allowed");
        if (!bounds.IsFixed) Add(sizeof(uint));
        return count;
    }

    private void Add(int bytes) => Size = checked(Size + bytes);
}
