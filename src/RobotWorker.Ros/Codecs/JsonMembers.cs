using System.Text;

namespace RobotWorker.Ros.Codecs;

/// <summary>
/// The members of a JSON object, one after the other, as they stand in the text: an operation of rosbridge is looked at so, and its message
/// is read by <see cref="RosJson"/> from where it stands.
/// </summary>
internal ref struct JsonMembers
{
    private readonly JsonText text;
    private int at;
    private bool isFirst = true;

    /// <summary>Takes the opening brace.</summary>
    /// <exception cref="RosCodecException">It is no object.</exception>
    public JsonMembers(ReadOnlySpan<byte> json)
    {
        text = new(json);
        text.Take(ref at, '{');
    }

    /// <summary>The member's name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The member's value as JSON.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The value if it is a text, else null.</summary>
    public readonly string? Text
    {
        get
        {
            var start = 0;
            return Value[0] == '"' ? new JsonText(Value).Text(ref start) : null;
        }
    }

    /// <summary>Goes to the next member.</summary>
    /// <exception cref="RosCodecException">It is no JSON.</exception>
    public bool MoveNext()
    {
        if (isFirst ? text.Peek(ref at) == '}' : !text.TakeComma(ref at, '}')) return false;
        isFirst = false;
        Name = text.Text(ref at);
        text.Take(ref at, ':');
        text.Peek(ref at);
        var start = at;
        text.Skip(ref at);
        Value = text.Bytes[start..at];
        return true;
    }
}
