using System.Collections.Immutable;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>Hands out the fields of a message in the order of the wire; the mirror of <see cref="IFieldWriter"/>.</summary>
public interface IFieldReader
{
    /// <summary>Whose names and fields there are.</summary>
    RosDialect Dialect { get; }

    /// <summary>A number or truth value.</summary>
    T Value<T>(string name) where T : unmanaged;

    /// <summary>A text of at most <paramref name="limit"/> bytes of UTF-8.</summary>
    string Text(string name, int limit = int.MaxValue);

    /// <summary>A nested message.</summary>
    T Message<T>(string name) where T : IRosMessage<T>;

    /// <summary>A nested message of a type that is known at run time.</summary>
    T Message<T>(string name, MessageType<T> type) where T : IRosMessage;

    /// <summary>An array of numbers or truth values.</summary>
    ImmutableArray<T> Values<T>(string name, Bounds bounds) where T : unmanaged;

    /// <summary>An array of texts.</summary>
    ImmutableArray<string> Texts(string name, Bounds bounds);

    /// <summary>An array of messages.</summary>
    ImmutableArray<T> Messages<T>(string name, Bounds bounds) where T : IRosMessage<T>;

    /// <summary>An array of messages of a type that is known at run time.</summary>
    ImmutableArray<T> Messages<T>(string name, MessageType<T> type, Bounds bounds) where T : IRosMessage;

    /// <summary>A message without fields.</summary>
    void Nothing();
}
