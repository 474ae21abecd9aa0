using System.Text.Json;
using System.Text.Json.Serialization;
using RobotWorker.Time;

namespace RobotWorker.Episodes;

/// <summary>Writes the report as <c>robotworker-report-v1.schema.json</c> describes it: snake_case, times in seconds of the robot's clock.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new Seconds() },
    };

    /// <summary>The JSON Schema of the report, as it is checked into the repository.</summary>
    public static string Schema
    {
        get
        {
            using var stream = typeof(ReportJson).Assembly.GetManifestResourceStream("RobotWorker.Episodes.robotworker-report-v1.schema.json")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    public static string Write(EpisodeReport report) => JsonSerializer.Serialize(report, Options) + "\n";

    /// <exception cref="JsonException">It is not such a report.</exception>
    public static EpisodeReport Read(string json) => JsonSerializer.Deserialize<EpisodeReport>(json, Options) ?? throw new JsonException("no report");

    private sealed class Seconds : JsonConverter<RobotTime>
    {
        public override RobotTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => RobotTime.FromSeconds(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, RobotTime value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Seconds);
    }
}
