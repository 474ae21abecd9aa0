using System.Collections.Immutable;
using System.Globalization;

namespace RobotWorker.Ros.Ros1.XmlRpc;

/// <summary>
/// A value of XML-RPC: what ROS 1's master, its nodes and its parameter server speak. Immutable; two values are equal when what they hold is.
/// Numbers, texts and truth values convert by themselves: <c>parameters.SetAsync("/speed", 0.5)</c>.
/// </summary>
public abstract record XmlRpcValue
{
    private protected XmlRpcValue()
    {
    }

    /// <summary>No value (the <c>nil</c> extension).</summary>
    public static XmlRpcValue Nil { get; } = new XmlRpcNil();

    /// <summary>A list.</summary>
    public static XmlRpcArray List(params ImmutableArray<XmlRpcValue> items) => new(items);

    /// <summary>A dictionary.</summary>
    public static XmlRpcStruct Map(params IEnumerable<(string Name, XmlRpcValue Value)> members) =>
        new(members.ToImmutableSortedDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal));

    /// <summary>A whole number.</summary>
    public static implicit operator XmlRpcValue(int value) => new XmlRpcInt(value);

    /// <summary>A truth value.</summary>
    public static implicit operator XmlRpcValue(bool value) => new XmlRpcBool(value);

    /// <summary>A number.</summary>
    public static implicit operator XmlRpcValue(double value) => new XmlRpcDouble(value);

    /// <summary>A text.</summary>
    public static implicit operator XmlRpcValue(string value) => new XmlRpcText(value);

    /// <summary>As people write it: <c>{rate: 10, name: "arm"}</c>.</summary>
    public sealed override string ToString() => this switch
    {
        XmlRpcInt(var value) => value.ToString(CultureInfo.InvariantCulture),
        XmlRpcBool(var value) => value ? "true" : "false",
        XmlRpcDouble(var value) => value.ToString("R", CultureInfo.InvariantCulture),
        XmlRpcText(var value) => $"\"{value}\"",
        XmlRpcBytes(var value) => $"<{value.Length} bytes>",
        XmlRpcArray(var items) => $"[{string.Join(", ", items)}]",
        XmlRpcStruct(var members) => $"{{{string.Join(", ", members.Select(member => $"{member.Key}: {member.Value}"))}}}",
        _ => "nil",
    };
}

/// <summary><c>i4</c>, <c>int</c>.</summary>
public sealed record XmlRpcInt(int Value) : XmlRpcValue;

/// <summary><c>boolean</c>.</summary>
public sealed record XmlRpcBool(bool Value) : XmlRpcValue;

/// <summary><c>double</c>; NaN and the infinities as Python spells them.</summary>
public sealed record XmlRpcDouble(double Value) : XmlRpcValue;

/// <summary><c>string</c>; a <c>dateTime.iso8601</c> is read as its text.</summary>
public sealed record XmlRpcText(string Value) : XmlRpcValue;

/// <summary><c>base64</c>.</summary>
public sealed record XmlRpcBytes(ImmutableArray<byte> Value) : XmlRpcValue
{
    /// <inheritdoc/>
    public bool Equals(XmlRpcBytes? other) => other is not null && Value.AsSpan().SequenceEqual(other.Value.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Value.Length;
}

/// <summary><c>array</c>.</summary>
public sealed record XmlRpcArray(ImmutableArray<XmlRpcValue> Items) : XmlRpcValue
{
    /// <inheritdoc/>
    public bool Equals(XmlRpcArray? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Length;
}

/// <summary><c>struct</c>, its members ordered by name.</summary>
public sealed record XmlRpcStruct(ImmutableSortedDictionary<string, XmlRpcValue> Members) : XmlRpcValue
{
    /// <inheritdoc/>
    public bool Equals(XmlRpcStruct? other) => other is not null && Members.SequenceEqual(other.Members);

    /// <inheritdoc/>
    public override int GetHashCode() => Members.Count;
}

/// <summary><c>nil</c>.</summary>
public sealed record XmlRpcNil : XmlRpcValue;
