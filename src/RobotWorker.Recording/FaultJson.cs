using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using RobotWorker.Faults;

namespace RobotWorker.Recording;

/// <summary>The fault monitor's notes and freeze frames as JSON.</summary>
public static class FaultJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>JSON Schema of a note.</summary>
    public static ReadOnlyMemory<byte> NoteSchema { get; } = """
        {"type":"object","properties":{"code":{"type":"string"},"component":{"type":"string"},
        "stage":{"enum":["prefailed","passed","confirmed","acknowledged","healed","cleared"]},"at":{"type":"object","properties":{"nanoseconds":{"type":"integer"}}}}}
        """u8.ToArray();

    /// <summary>JSON Schema of one value of a signal.</summary>
    public static ReadOnlyMemory<byte> SampleSchema { get; } = """
        {"type":"object","properties":{"signal":{"type":"string"},"value":{"type":"number"},"at":{"type":"object","properties":{"nanoseconds":{"type":"integer"}}}}}
        """u8.ToArray();

    public static string Write(Sample sample) => JsonSerializer.Serialize(sample, Options);

    /// <exception cref="JsonException">It is not a value of a signal.</exception>
    public static Sample ReadSample(string line) => JsonSerializer.Deserialize<Sample>(line, Options) is { Signal: not null } sample ? sample : throw new JsonException("no value of a signal");

    public static string Write(FaultNote note) => JsonSerializer.Serialize(note, Options);

    /// <exception cref="JsonException">It is not a note.</exception>
    public static FaultNote ReadNote(string line) => JsonSerializer.Deserialize<FaultNote>(line, Options) ?? throw new JsonException("no note");

    public static string Write(FreezeFrame frame) => JsonSerializer.Serialize(frame, Options);

    /// <exception cref="JsonException">It is not a freeze frame.</exception>
    public static FreezeFrame ReadFrame(string text) => JsonSerializer.Deserialize<FreezeFrame>(text, Options) ?? throw new JsonException("no freeze frame");

    /// <summary>Such as <c>freeze-frame-GRIPPER_FORCE_LOW-gripper-30.400.json</c>: seconds of the robot's clock.</summary>
    public static string NameOf(FreezeFrame frame) =>
        $"freeze-frame-{frame.Code}-{frame.Component}-{frame.ConfirmedAt.Seconds.ToString("0.000", CultureInfo.InvariantCulture)}.json";
}
