using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>Reads ROS 1's serialisation. A length on the wire is believed only as far as bytes are there to back it.</summary>
internal ref struct Ros1Reader : IFieldReader
{
    private readonly ReadOnlySpan<byte> bytes;
    private int offset;

    public Ros1Reader(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    /// <summary>Checks that nothing is left.</summary>
    public readonly void Close()
    {
        if (bytes.Length > offset) throw Wrong("", $"the message ends here, but {bytes.Length - offset} bytes follow");
    }

    public readonly RosDialect Dialect => RosDialect.Ros1;

    public T Value<T>(string name) where T : unmanaged
    {
        var taken = Take(name, Unsafe.SizeOf<T>());
        return typeof(T) == typeof(bool) ? (T)(object)(taken[0] != 0) : MemoryMarshal.Read<T>(taken);
    }

    public string Text(string name, int limit) => Encoding.UTF8.GetString(Take(name, Length(name, 1, limit)));

    public T Message<T>(string name) where T : IRosMessage<T>
    {
        try
        {
            return T.Read(ref this);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Inside(name);
        }
    }

    public T Message<T>(string name, MessageType<T> type) where T : IRosMessage
    {
        try
        {
            return type.Read(ref this);
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Inside(name);
        }
    }

    public ImmutableArray<T> Values<T>(string name, Bounds bounds) where T : unmanaged
    {
        var count = Count(name, Unsafe.SizeOf<T>(), bounds);
        if (count == 0) return [];
        var taken = Take(name, checked(count * Unsafe.SizeOf<T>()));
        var values = GC.AllocateUninitializedArray<T>(count);    // an image need not be cleared before it is written over
        if (typeof(T) == typeof(bool))
            for (var i = 0; i < count; i++) values[i] = (T)(object)(taken[i] != 0);
        else taken.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    public ImmutableArray<string> Texts(string name, Bounds bounds)
    {
        var count = Count(name, sizeof(uint), bounds);
        var values = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < count; i++) values.Add(Text(name, int.MaxValue));
        return values.DrainToImmutable();
    }

    public ImmutableArray<T> Messages<T>(string name, Bounds bounds) where T : IRosMessage<T> => Messages(name, MessageType.Of<T>(), bounds);

    public ImmutableArray<T> Messages<T>(string name, MessageType<T> type, Bounds bounds) where T : IRosMessage
    {
        // A message has at least one byte (but for Empty, of which nobody sends many), so the count is backed; a reference is eight, so the
        // array grows with what is really read.
        var count = Count(name, 1, bounds);
        var values = ImmutableArray.CreateBuilder<T>(Math.Min(count, 256));
        for (var i = 0; i < count; i++)
        {
            try
            {
                values.Add(type.Read(ref this));
            }
            catch (RosCodecException wrong)
            {
                throw wrong.Inside($"{name}[{i}]");
            }
        }

        return values.DrainToImmutable();
    }

    public readonly void Nothing()
    {
    }

    private int Count(string name, int leastSize, Bounds bounds) => bounds.IsFixed ? bounds.Most : Length(name, leastSize, bounds.Most);

    private int Length(string name, int leastSize, int most)
    {
        var length = MemoryMarshal.Read<uint>(Take(name, sizeof(uint)));
        if (length > most) throw Wrong(name, $"length {length} is above the limit of {most}");
        if ((long)length * leastSize > bytes.Length - offset)
            throw Wrong(name, $"length {length} needs {(long)length * leastSize} bytes, only {bytes.Length - offset} are left");
        return (int)length;
    }

    private ReadOnlySpan<byte> Take(string name, int length)
    {
        if (length > bytes.Length - offset) throw Wrong(name, $"{length} bytes are needed, only {bytes.Length - offset} are left");
        var taken = bytes.Slice(offset, length);
        offset += length;
        return taken;
    }

    private readonly RosCodecException Wrong(string name, string problem) => RosCodecException.At(name, offset, problem);
}
