using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Definitions;

namespace RobotWorker.Ros.Messages;

/// <summary>A field of a <see cref="DynamicMessageType"/>; a kind of field is a class below.</summary>
internal abstract class DynamicField(FieldDefinition definition, object initial)
{
    public string Name => definition.Name;

    public string Ros1Name => definition.Ros1Name;

    public bool OnRos1 => definition.OnRos1;

    public bool OnRos2 => definition.OnRos2;

    /// <summary>The value in a message that nobody filled in.</summary>
    public object Initial => initial;

    public abstract void Write<TWriter>(ref TWriter writer, string name, object value) where TWriter : IFieldWriter, allows ref struct;

    public abstract object Read<TReader>(ref TReader reader, string name) where TReader : IFieldReader, allows ref struct;

    public virtual bool Holds(object value) => value.GetType() == Initial.GetType();

    public virtual bool AreEqual(object one, object other) => one.Equals(other);

    public virtual int HashOf(object value) => value.GetHashCode();
}

/// <summary>A number or truth value.</summary>
internal sealed class DynamicValue<T>(FieldDefinition definition, T initial) : DynamicField(definition, initial) where T : unmanaged
{
    public override void Write<TWriter>(ref TWriter writer, string name, object value) => writer.Value(name, (T)value);

    public override object Read<TReader>(ref TReader reader, string name) => reader.Value<T>(name);
}

/// <summary>A text.</summary>
internal sealed class DynamicText(FieldDefinition definition, string initial) : DynamicField(definition, initial)
{
    private readonly int limit = definition.Type.TextLimit;

    public override void Write<TWriter>(ref TWriter writer, string name, object value) => writer.Text(name, (string)value, limit);

    public override object Read<TReader>(ref TReader reader, string name) => reader.Text(name, limit);
}

/// <summary>A nested message.</summary>
internal sealed class DynamicNested(FieldDefinition definition, DynamicMessageType type) : DynamicField(definition, type.Default)
{
    public override void Write<TWriter>(ref TWriter writer, string name, object value) => writer.Message(name, (DynamicMessage)value);

    public override object Read<TReader>(ref TReader reader, string name) => reader.Message(name, type);

    public override bool Holds(object value) => value is DynamicMessage message && message.Type is DynamicMessageType other && other.IsSameAs(type);
}

/// <summary>An array of one of them; equal by its content.</summary>
internal abstract class DynamicArray<T>(FieldDefinition definition, ImmutableArray<T> initial) : DynamicField(definition, initial)
{
    protected Bounds Bounds { get; } = BoundsOf(definition.Type);

    public override bool Holds(object value) => value is ImmutableArray<T> array && !array.IsDefault && Bounds.Allow(array.Length);

    public override bool AreEqual(object one, object other) => ((ImmutableArray<T>)one).AsSpan().SequenceEqual(((ImmutableArray<T>)other).AsSpan(), EqualityComparer<T>.Default);

    public override int HashOf(object value)
    {
        var hash = new HashCode();
        foreach (var item in ((ImmutableArray<T>)value).AsSpan()) hash.Add(item);
        return hash.ToHashCode();
    }

    private static Bounds BoundsOf(FieldType type) => type.Array switch
    {
        ArrayKind.Fixed => Bounds.Exactly(type.Length),
        ArrayKind.Bounded => Bounds.AtMost(type.Length),
        _ => Bounds.None,
    };
}

/// <summary>An array of numbers or truth values.</summary>
internal sealed class DynamicValues<T>(FieldDefinition definition, ImmutableArray<T> initial) : DynamicArray<T>(definition, initial) where T : unmanaged
{
    public override void Write<TWriter>(ref TWriter writer, string name, object value) => writer.Values(name, (ImmutableArray<T>)value, Bounds);

    public override object Read<TReader>(ref TReader reader, string name) => reader.Values<T>(name, Bounds);
}

/// <summary>An array of texts.</summary>
internal sealed class DynamicTexts(FieldDefinition definition, ImmutableArray<string> initial) : DynamicArray<string>(definition, initial)
{
    public override void Write<TWriter>(ref TWriter writer, string name, object value) => writer.Texts(name, (ImmutableArray<string>)value, Bounds);

    public override object Read<TReader>(ref TReader reader, string name) => reader.Texts(name, Bounds);
}

/// <summary>An array of messages.</summary>
internal sealed class DynamicNestedArray(FieldDefinition definition, DynamicMessageType type) : DynamicArray<DynamicMessage>(
    definition, definition.Type.Array == ArrayKind.Fixed ? [.. Enumerable.Repeat(type.Default, definition.Type.Length)] : [])
{
    public override void Write<TWriter>(ref TWriter writer, string name, object value) => writer.Messages(name, (ImmutableArray<DynamicMessage>)value, Bounds);

    public override object Read<TReader>(ref TReader reader, string name) => reader.Messages(name, type, Bounds);
}
