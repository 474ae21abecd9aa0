using System.Text;
using System.Text.Json;

namespace RobotWorker.Ros.Rosbridge.Server.Ops;

/// <summary>An operation's outer fields, by name: numbers and texts are read when they are asked for, messages stay JSON.</summary>
internal sealed class OpFields
{
    private static readonly string[] Known =
    [
        "op", "id", "topic", "msg", "type", "service", "args", "values", "result", "throttle_rate", "queue_length", "fragment_size", "compression",
        "action", "action_type", "feedback", "status", "latch", "queue_size", "timeout", "data", "num", "total", "level", "qos", "history",
    ];

    private readonly ReadOnlyMemory<byte> frame;
    private readonly List<(string Name, JsonTokenType Kind, int Start, int Length)> fields = new(8);

    private OpFields(ReadOnlyMemory<byte> frame) => this.frame = frame;

    public OpId Id => Find("id") switch
    {
        null => OpId.None,
        (_, JsonTokenType.Null, _, _) => OpId.None,
        (_, JsonTokenType.Number, var start, var length) => new(Encoding.UTF8.GetString(frame.Span.Slice(start, length)), true),
        (_, JsonTokenType.String, _, _) => new(Text("id"), false),
        _ => throw new OpException("'id' must be a text or a number"),
    };

    /// <summary>Reads the object whose start the reader stands on.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static OpFields Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> frame)
    {
        var read = new OpFields(frame);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = NameOf(ref reader);
            reader.Read();
            var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
            if (kind is JsonTokenType.StartObject or JsonTokenType.StartArray) reader.Skip();
            read.fields.Add((name, kind, start, (int)reader.BytesConsumed - start));
        }

        return read;
    }

    /// <summary>A text that must be there and not be empty.</summary>
    public string Required(string name) => Text(name) is { Length: > 0 } text ? text : throw new OpException($"needs '{name}', a text");

    public string? Text(string name)
    {
        if (Find(name) is not { } field || field.Kind == JsonTokenType.Null) return null;
        if (field.Kind != JsonTokenType.String) throw new OpException($"'{name}' must be a text");
        var reader = new Utf8JsonReader(frame.Span.Slice(field.Start, field.Length));
        reader.Read();
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new OpException($"'{name}' is cut within a character");
        }
    }

    public double? Number(string name)
    {
        if (Find(name) is not { } field || field.Kind == JsonTokenType.Null) return null;
        if (field.Kind != JsonTokenType.Number) throw new OpException($"'{name}' must be a number");
        var reader = new Utf8JsonReader(frame.Span.Slice(field.Start, field.Length));
        reader.Read();
        return reader.TryGetDouble(out var number) ? number : throw new OpException($"'{name}' is too large");
    }

    /// <summary>A whole number, at least 0; what has a fraction is rounded down, as in the reference server.</summary>
    public int Count(string name, int usual = 0) => Number(name) switch
    {
        null => usual,
        < 0 => throw new OpException($"'{name}' must be 0 or more"),
        > int.MaxValue => int.MaxValue,
        { } number => (int)number,
    };

    public bool Flag(string name, bool usual = false) => Find(name) switch
    {
        null or (_, JsonTokenType.Null, _, _) => usual,
        (_, JsonTokenType.True, _, _) => true,
        (_, JsonTokenType.False, _, _) => false,
        _ => throw new OpException($"'{name}' must be true or false"),
    };

    /// <summary>A message, as JSON; <c>{}</c> when it is not there.</summary>
    public ReadOnlyMemory<byte> Message(string name) =>
        Find(name) is { } field && field.Kind != JsonTokenType.Null ? frame.Slice(field.Start, field.Length) : "{}"u8.ToArray();

    private (string Name, JsonTokenType Kind, int Start, int Length)? Find(string name)
    {
        foreach (var field in fields)
            if (field.Name == name) return field;
        return null;
    }

    private static string NameOf(ref Utf8JsonReader reader)
    {
        foreach (var known in Known)
            if (reader.ValueTextEquals(known)) return known;
        return "";    // a field that no operation has
    }
}

/// <summary>An operation that cannot be understood.</summary>
internal sealed class OpException(string problem) : Exception(problem);
