using System.Collections.Immutable;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>Counts the fields that a message has in a dialect.</summary>
internal struct FieldCounter(RosDialect dialect) : IFieldWriter
{
    public int Count { get; private set; }

    public readonly RosDialect Dialect => dialect;

    public void Value<T>(string name, T value) where T : unmanaged => Count++;

    public void Text(string name, string value, int limit) => Count++;

    public void Message<T>(string name, T value) where T : IRosMessage => Count++;

    public void Values<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : unmanaged => Count++;

    public void Texts(string name, ImmutableArray<string> values, Bounds bounds) => Count++;

    public void Messages<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : IRosMessage => Count++;

    public readonly void Nothing()
    {
    }
}
