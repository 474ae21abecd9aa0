using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Integration.Recording;

/// <summary>Fills in every field of a message of any type with values that a mix-up would show: distinct, negative, non-ASCII, now and then empty.</summary>
internal sealed class InventingReader(RandomStream random, RosDialect dialect = RosDialect.Ros2) : IFieldReader
{
    private static readonly string[] Words = ["", "cup/red", "arm_joint_7", "Küche", "机器人", "a \"quoted\"\nline"];

    public RosDialect Dialect => dialect;

    public static T Invent<T>(MessageType<T> type, RandomStream random) where T : IRosMessage
    {
        var reader = new InventingReader(random);
        return type.Read(ref reader);
    }

    public T Value<T>(string name) where T : unmanaged
    {
        object value = typeof(T) switch
        {
            // genpy carries whole seconds over, and has no time before 1970.
            _ when name == "nsecs" => (uint)Next(1_000_000_000),
            _ when name == "secs" => Next(int.MaxValue),
            var type when type == typeof(bool) => Next(2) == 1,
            var type when type == typeof(byte) => (byte)Next(256),
            var type when type == typeof(sbyte) => (sbyte)(Next(256) - 128),
            var type when type == typeof(short) => (short)(Next(65536) - 32768),
            var type when type == typeof(ushort) => (ushort)Next(65536),
            var type when type == typeof(int) => Next(int.MaxValue) - (1 << 30),
            var type when type == typeof(uint) => (uint)Next(int.MaxValue) * 2,
            var type when type == typeof(long) => ((long)Next(int.MaxValue) << 32) - (1L << 62) + 1,
            var type when type == typeof(ulong) => ((ulong)Next(int.MaxValue) << 33) + 1,
            var type when type == typeof(float) => Odd() ?? (Next(1 << 20) - (1 << 19)) / 7f,
            var type when type == typeof(double) => (double?)Odd() ?? (Next(1 << 20) - (1 << 19)) / 7.0,
            var type => throw new NotSupportedException($"a field of type {type}"),
        };
        return (T)value;
    }

    public string Text(string name, int limit = int.MaxValue) => Words[Next(Words.Length)];

    public T Message<T>(string name) where T : IRosMessage<T> => Message(name, MessageType.Of<T>());

    public T Message<T>(string name, MessageType<T> type) where T : IRosMessage
    {
        var self = this;
        return type.Read(ref self);
    }

    public ImmutableArray<T> Values<T>(string name, Bounds bounds) where T : unmanaged => Several(bounds, () => Value<T>(name));

    public ImmutableArray<string> Texts(string name, Bounds bounds) => Several(bounds, () => Text(name));

    public ImmutableArray<T> Messages<T>(string name, Bounds bounds) where T : IRosMessage<T> => Several(bounds, () => Message<T>(name));

    public ImmutableArray<T> Messages<T>(string name, MessageType<T> type, Bounds bounds) where T : IRosMessage => Several(bounds, () => Message(name, type));

    public void Nothing()
    {
    }

    private ImmutableArray<T> Several<T>(Bounds bounds, Func<T> one)
    {
        var count = bounds.IsFixed ? bounds.Most : Math.Min(Next(4), bounds.Most);
        return [.. Enumerable.Range(0, count).Select(_ => one())];
    }

    private float? Odd() => Next(20) switch
    {
        0 => float.NaN,
        1 => float.PositiveInfinity,
        2 => float.NegativeInfinity,
        _ => null,
    };

    private int Next(int below) => random.NextInt(below);
}
