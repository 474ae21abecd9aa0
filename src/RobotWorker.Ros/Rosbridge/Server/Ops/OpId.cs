using System.Text.Json;

namespace RobotWorker.Ros.Rosbridge.Server.Ops;

/// <summary>What a client calls one of its operations: a text (<c>subscribe:/chat:1</c>, RosSharp's <c>/chat:0</c>), a number, or nothing.</summary>
internal readonly record struct OpId(string? Text, bool IsNumber)
{
    public static readonly OpId None = new(null, false);

    public static implicit operator OpId(string text) => new(text, false);

    /// <summary>Gives it back as it came; a number stays a number.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        if (Text is null) return;
        writer.WritePropertyName("id");
        if (IsNumber) writer.WriteRawValue(Text);
        else writer.WriteStringValue(Text);
    }
}
