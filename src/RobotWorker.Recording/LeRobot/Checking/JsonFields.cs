using System.Text.Json;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>An object of a JSON document whose fields are asked for by name and kind; what is not as asked is a finding.</summary>
/// <param name="Path">Where the object stands, as a prefix of its fields.</param>
internal sealed record JsonFields(JsonElement Object, string File, string Path, Findings Findings)
{
    // Python would take the last of two fields of one name: that is never meant.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">A text in it is no text.</exception>
    public static JsonElement Parse(string path)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path), Strict);
        Decode(document.RootElement);
        return document.RootElement.Clone();
    }

    // Bytes that are no UTF-8 are noticed when a text is taken out, and not before: so each is taken out once, here, where the file is to blame.
    private static void Decode(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String) element.GetString();
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var part in element.EnumerateArray()) Decode(part);
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var field in element.EnumerateObject())
        {
            _ = field.Name;
            Decode(field.Value);
        }
    }

    public void Wrong(string name, string problem) => Findings.Error(File, Path + name, problem);

    /// <summary>The field, or null with a finding where it is missing.</summary>
    public JsonElement? Get(string name, string right)
    {
        if (Object.ValueKind == JsonValueKind.Object && Object.TryGetProperty(name, out var value)) return value;
        Wrong(name, $"is missing, must be {right}");
        return null;
    }

    public long? Integer(string name, long least)
    {
        var right = $"an integer of at least {least}";
        if (Get(name, right) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least) return number;
        Wrong(name, $"is {Shown(value)}, must be {right}");
        return null;
    }

    public double? Number(string name, string right)
    {
        if (Get(name, right) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        Wrong(name, $"is {Shown(value)}, must be {right}");
        return null;
    }

    /// <summary>A number that follows from others.</summary>
    public void Near(string name, double right, string why)
    {
        if (Number(name, $"{right:0.######}") is { } number && !(Math.Abs(number - right) <= 1e-9 * Math.Max(1, Math.Abs(right))))
            Wrong(name, $"is {number}, must be {right:0.######}: {why}");
    }

    public string? Text(string name, string right)
    {
        if (Get(name, right) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        Wrong(name, $"is {Shown(value)}, must be {right}");
        return null;
    }

    public bool? TrueOrFalse(string name)
    {
        if (Get(name, "true or false") is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Wrong(name, $"is {Shown(value)}, must be true or false");
        return null;
    }

    /// <summary>A field that can be one thing only.</summary>
    public void Same(string name, string right)
    {
        if (Text(name, $"\"{right}\"") is { } text && text != right) Wrong(name, $"is \"{text}\", must be \"{right}\"");
    }

    public void Same(string name, long right)
    {
        if (Get(name, $"{right}") is { } value && !(value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == right))
            Wrong(name, $"is {Shown(value)}, must be {right}");
    }

    /// <summary>A value as it stands there, cut where it is long.</summary>
    public static string Shown(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? $"{text[..57]}..." : value.GetRawText();
}
