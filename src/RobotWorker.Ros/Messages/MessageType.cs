using RobotWorker.Ros.Codecs;

namespace RobotWorker.Ros.Messages;

/// <summary>A type of messages as connections and codecs need it: compiled in, or known from its definition's text alone.</summary>
public abstract class MessageType
{
    private protected MessageType(string name, string definition) => (Name, Definition) = (name, definition);

    /// <summary>The ROS 2 name, <c>geometry_msgs/msg/PoseStamped</c>.</summary>
    public string Name { get; }

    /// <summary>The definition with all that it depends on (MCAP's <c>ros2msg</c>).</summary>
    public string Definition { get; }

    /// <summary>The type of a message record.</summary>
    public static MessageType<T> Of<T>() where T : IRosMessage<T> => CompiledType<T>.Instance;

    /// <summary>Does something that must know the C# type.</summary>
    public abstract TOut Accept<TOut>(IMessageTypeVisitor<TOut> visitor);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A type of messages whose C# type is known.</summary>
public abstract class MessageType<T> : MessageType where T : IRosMessage
{
    private protected MessageType(string name, string definition) : base(name, definition)
    {
    }

    /// <summary>The message that nobody filled in.</summary>
    public abstract T Default { get; }

    /// <summary>Takes the fields in the order of the wire.</summary>
    public abstract T Read<TReader>(ref TReader reader) where TReader : IFieldReader, allows ref struct;

    /// <inheritdoc/>
    public override TOut Accept<TOut>(IMessageTypeVisitor<TOut> visitor) => visitor.Visit(this);
}

/// <summary>What is done with a message type once its C# type is known.</summary>
public interface IMessageTypeVisitor<out TOut>
{
    /// <summary>Does it.</summary>
    TOut Visit<T>(MessageType<T> type) where T : IRosMessage;
}

/// <summary>The type of a generated record.</summary>
internal sealed class CompiledType<T> : MessageType<T> where T : IRosMessage<T>
{
    public static readonly CompiledType<T> Instance = new();

    private CompiledType() : base(T.RosType, T.Definition)
    {
    }

    public override T Default => T.Default;

    public override T Read<TReader>(ref TReader reader) => T.Read(ref reader);
}
