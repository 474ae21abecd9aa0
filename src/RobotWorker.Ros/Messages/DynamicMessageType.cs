using System.Collections.Immutable;

namespace RobotWorker.Ros.Messages;

/// <summary>The type of a <see cref="DynamicMessage"/>: its fields in the order of the wire.</summary>
internal sealed class DynamicMessageType : MessageType<DynamicMessage>
{
    private readonly ImmutableArray<DynamicField> fields;
    private readonly DynamicMessage initial;
    private readonly bool isEmptyOnRos1;
    private readonly bool isEmptyOnRos2;

    public DynamicMessageType(string name, string definition, ImmutableArray<DynamicField> fields) : base(name, definition)
    {
        this.fields = fields;
        isEmptyOnRos1 = !fields.Any(field => field.OnRos1);
        isEmptyOnRos2 = !fields.Any(field => field.OnRos2);
        FieldNames = [.. fields.Where(field => field.OnRos2).Select(field => field.Name)];
        initial = new(this, [.. fields.Select(field => field.Initial)]);
    }

    public override DynamicMessage Default => initial;

    /// <summary>The fields that a message holds.</summary>
    public ImmutableArray<string> FieldNames { get; }

    /// <summary>The place of a field, or -1.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < fields.Length; i++)
            if (fields[i].OnRos2 && (fields[i].Name == name || fields[i].Ros1Name == name)) return i;
        return -1;
    }

    /// <summary>Whether a value may stand in a field.</summary>
    public bool Holds(int index, object value) => fields[index].Holds(value);

    /// <summary>Two readings of one definition are one type.</summary>
    public bool IsSameAs(DynamicMessageType other) => ReferenceEquals(this, other) || (Name == other.Name && Definition == other.Definition);

    public bool AreEqual(object[] one, object[] other)
    {
        for (var i = 0; i < fields.Length; i++)
            if (!fields[i].AreEqual(one[i], other[i])) return false;
        return true;
    }

    public int HashOf(object[] values)
    {
        var hash = new HashCode();
        for (var i = 0; i < fields.Length; i++) hash.Add(fields[i].HashOf(values[i]));
        return hash.ToHashCode();
    }

    public void Write<TWriter>(ref TWriter writer, object[] values) where TWriter : Codecs.IFieldWriter, allows ref struct
    {
        var onRos1 = writer.Dialect == Codecs.RosDialect.Ros1;
        if (onRos1 ? isEmptyOnRos1 : isEmptyOnRos2) writer.Nothing();
        for (var i = 0; i < fields.Length; i++)
            if (onRos1 ? fields[i].OnRos1 : fields[i].OnRos2) fields[i].Write(ref writer, onRos1 ? fields[i].Ros1Name : fields[i].Name, values[i]);
    }

    public override DynamicMessage Read<TReader>(ref TReader reader)
    {
        var onRos1 = reader.Dialect == Codecs.RosDialect.Ros1;
        if (onRos1 ? isEmptyOnRos1 : isEmptyOnRos2) reader.Nothing();
        var values = new object[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            var value = (onRos1 ? fields[i].OnRos1 : fields[i].OnRos2) ? fields[i].Read(ref reader, onRos1 ? fields[i].Ros1Name : fields[i].Name) : fields[i].Initial;

            // What only ROS 1 has is read and dropped, as a record drops it.
            values[i] = fields[i].OnRos2 ? value : fields[i].Initial;
        }

        return new(this, values);
    }
}
