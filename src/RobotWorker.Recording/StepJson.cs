using System.Text.Json;
using System.Text.Json.Serialization;
using RobotWorker.Episodes;

namespace RobotWorker.Recording;

/// <summary>How a step stands, as a line of JSON: with the words of the report.</summary>
public static class StepJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>JSON Schema of a step.</summary>
    public static ReadOnlyMemory<byte> Schema { get; } = """
        {"type":"object","properties":{"id":{"type":"string"},"skill":{"type":"string"},
        "state":{"enum":["waiting","initializing","running","paused","retriable","finished","failed","unknown","skipped"]},
        "reported":{"enum":["unknown","succeeded","failed"]},"observed":{"enum":["unknown","succeeded","failed"]},"attempts":{"type":"integer"}}}
        """u8.ToArray();

    public static string Write(StepReport step) => JsonSerializer.Serialize(step, Options);

    /// <exception cref="JsonException">It is not a step.</exception>
    public static StepReport Read(string line) => JsonSerializer.Deserialize<StepReport>(line, Options) is { Id: not null } step ? step : throw new JsonException("no step");
}
