using System.Collections.Immutable;
using System.Text;
using RobotWorker.Ros.Codecs;

namespace RobotWorker.Ros.Messages;

/// <summary>
/// A message of a type that was not compiled in. It shows its fields as a record does, so every codec works for it. Two are equal when type and fields are,
/// arrays by their content.
/// </summary>
public sealed class DynamicMessage : IRosMessage, IEquatable<DynamicMessage>
{
    private readonly object[] values;

    internal DynamicMessage(DynamicMessageType type, object[] values) => (Type, this.values) = (type, values);

    /// <summary>Its type.</summary>
    public MessageType<DynamicMessage> Type { get; }

    /// <summary>The names of its fields, as in the definition.</summary>
    public ImmutableArray<string> FieldNames => Own.FieldNames;

    string IRosMessage.TypeName => Type.Name;

    string IRosMessage.TypeDefinition => Type.Definition;

    private DynamicMessageType Own => (DynamicMessageType)Type;

    /// <summary>
    /// A field: a number (<see cref="double"/>, <see cref="int"/>, ...), truth value, text, <see cref="DynamicMessage"/>, or an
    /// <see cref="ImmutableArray{T}"/> of them. A path goes inwards: <c>header.frame_id</c>.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such field.</exception>
    public object this[string path] => TryGet(path, out var value)
        ? value
        : throw new KeyNotFoundException($"{Type.Name} has no field '{path}'; it has {string.Join(", ", FieldNames)}");

    /// <summary>A field by its path, if it is there.</summary>
    public bool TryGet(string path, out object value)
    {
        value = this;
        foreach (var name in path.Split('.'))
        {
            if (value is not DynamicMessage inner || inner.Own.IndexOf(name) is not (>= 0 and var index)) return false;
            value = inner.values[index];
        }

        return true;
    }

    /// <summary>The same message with another value of one field, of exactly the C# type that the indexer gives.</summary>
    /// <exception cref="ArgumentException">There is no such field, or the value does not fit it.</exception>
    public DynamicMessage With(string name, object value)
    {
        var index = Own.IndexOf(name);
        if (index < 0) throw new ArgumentException($"{Type.Name} has no field '{name}'; it has {string.Join(", ", FieldNames)}");
        if (!Own.Holds(index, value)) throw new ArgumentException($"field '{name}' of {Type.Name} holds a {values[index].GetType()}, not a {value.GetType()}");
        var changed = (object[])values.Clone();
        changed[index] = value;
        return new(Own, changed);
    }

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer) where TWriter : IFieldWriter, allows ref struct => Own.Write(ref writer, values);

    /// <inheritdoc/>
    public bool Equals(DynamicMessage? other) => other is not null && (ReferenceEquals(this, other) || (Own.IsSameAs(other.Own) && Own.AreEqual(values, other.values)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DynamicMessage);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type.Name, Own.HashOf(values));

    /// <summary>The type's name and the fields as JSON.</summary>
    public override string ToString() => $"{Type.Name} {Encoding.UTF8.GetString(RosJson.Serialize(this, RosDialect.Ros2))}";
}
