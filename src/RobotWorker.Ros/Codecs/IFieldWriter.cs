using System.Collections.Immutable;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>
/// Is shown the fields of a message in the order of the wire. Every message shows itself to every writer, so a codec is written
/// once and no message knows a format. The primitives are bool, byte, sbyte, short, ushort, int, uint, long, ulong, float, double.
/// </summary>
public interface IFieldWriter
{
    /// <summary>Whose names and fields are wanted.</summary>
    RosDialect Dialect { get; }

    /// <summary>A number or truth value.</summary>
    void Value<T>(string name, T value) where T : unmanaged;

    /// <summary>A text of at most <paramref name="limit"/> bytes of UTF-8.</summary>
    void Text(string name, string value, int limit = int.MaxValue);

    /// <summary>A nested message.</summary>
    void Message<T>(string name, T value) where T : IRosMessage;

    /// <summary>An array of numbers or truth values.</summary>
    void Values<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : unmanaged;

    /// <summary>An array of texts.</summary>
    void Texts(string name, ImmutableArray<string> values, Bounds bounds);

    /// <summary>An array of messages.</summary>
    void Messages<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : IRosMessage;

    /// <summary>A message without fields (C structures cannot be empty, so ROS 2 puts one octet on the wire).</summary>
    void Nothing();
}
