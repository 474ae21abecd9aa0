using System.Collections.Immutable;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>Takes one field out of a message: the default of a field that a text left out.</summary>
internal struct FieldPicker : IFieldWriter
{
    private readonly string wanted;
    private object? found;

    private FieldPicker(string wanted, RosDialect dialect) => (this.wanted, Dialect) = (wanted, dialect);

    public RosDialect Dialect { get; }

    /// <summary>The value of this field.</summary>
    public static T Pick<T>(IRosMessage message, string name, RosDialect dialect)
    {
        var picker = new FieldPicker(name, dialect);
        message.Write(ref picker);
        return picker.found is T value ? value : throw RosCodecException.At("", 0, $"{message.TypeName} has no default for the field");
    }

    public void Value<T>(string name, T value) where T : unmanaged
    {
        if (name == wanted) found = value;
    }

    public void Text(string name, string value, int limit) => Keep(name, value);

    public void Message<T>(string name, T value) where T : IRosMessage => Keep(name, value);

    public void Values<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : unmanaged => Keep(name, values);

    public void Texts(string name, ImmutableArray<string> values, Bounds bounds) => Keep(name, values);

    public void Messages<T>(string name, ImmutableArray<T> values, Bounds bounds) where T : IRosMessage => Keep(name, values);

    public readonly void Nothing()
    {
    }

    private void Keep<T>(string name, T value)
    {
        if (name == wanted) found = value;
    }
}
