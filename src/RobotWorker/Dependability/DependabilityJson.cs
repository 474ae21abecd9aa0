using System.Text.Json;

namespace RobotWorker.Dependability;

/// <summary>Writes the report as <c>robotworker-faults-report-v1.schema.json</c> describes it.</summary>
public static class DependabilityJson
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n" };

    /// <summary>The JSON Schema of the report, as it is checked into the repository.</summary>
    public static string Schema
    {
        get
        {
            using var stream = typeof(DependabilityJson).Assembly.GetManifestResourceStream("RobotWorker.Dependability.robotworker-faults-report-v1.schema.json")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    public static string Write(DependabilityReport report) => JsonSerializer.Serialize(report, Options) + "\n";
}
