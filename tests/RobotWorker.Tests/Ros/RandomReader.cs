using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Tests.Ros;

/// <summary>Makes up a message of any type: it hands out random fields where a codec would read them.</summary>
internal struct RandomReader(Random random, RosDialect dialect = RosDialect.Ros2) : IFieldReader
{
    private static readonly string[] Texts_ = ["", "a", "map", "base_link", "größer", "机器人", "\U0001F916 robot", "with \"quotes\"\n"];

    public readonly RosDialect Dialect => dialect;

    public readonly T Value<T>(string name) where T : unmanaged
    {
        if (typeof(T) == typeof(bool)) return (T)(object)(random.Next(2) == 0);
        if (typeof(T) == typeof(double) && random.Next(8) == 0) return (T)(object)(random.Next(2) == 0 ? double.NaN : double.NegativeInfinity);
        var value = default(T);
        random.NextBytes(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    public readonly string Text(string name, int limit) => Texts_[random.Next(Texts_.Length)];

    public T Message<T>(string name) where T : IRosMessage<T> => T.Read(ref this);

    public T Message<T>(string name, MessageType<T> type) where T : IRosMessage => type.Read(ref this);

    public readonly ImmutableArray<T> Values<T>(string name, Bounds bounds) where T : unmanaged
    {
        var values = new T[Count(bounds)];
        for (var i = 0; i < values.Length; i++) values[i] = Value<T>(name);
        return [.. values];
    }

    public readonly ImmutableArray<string> Texts(string name, Bounds bounds)
    {
        var values = new string[Count(bounds)];
        for (var i = 0; i < values.Length; i++) values[i] = Text(name, int.MaxValue);
        return [.. values];
    }

    public ImmutableArray<T> Messages<T>(string name, Bounds bounds) where T : IRosMessage<T> => Messages(name, MessageType.Of<T>(), bounds);

    public ImmutableArray<T> Messages<T>(string name, MessageType<T> type, Bounds bounds) where T : IRosMessage
    {
        var values = ImmutableArray.CreateBuilder<T>();
        for (var left = Count(bounds); left > 0; left--) values.Add(type.Read(ref this));
        return values.DrainToImmutable();
    }

    public readonly void Nothing()
    {
    }

    private readonly int Count(Bounds bounds) => bounds.IsFixed ? bounds.Most : random.Next(Math.Min(bounds.Most, 4) + 1);
}
