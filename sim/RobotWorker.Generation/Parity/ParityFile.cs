using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RobotWorker.Generation.Parity;

/// <summary>A comparison for programs: one JSON document. What does not exist is null.</summary>
public static class ParityFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <param name="nameA">What A was, as somebody wrote it: by that one knows comparisons apart.</param>
    public static string Json(ParityReport report, string nameA, string nameB)
    {
        var document = JsonSerializer.SerializeToNode(report, Options)!.AsObject();
        document["a"]!.AsObject().Insert(0, "source", nameA);
        document["b"]!.AsObject().Insert(0, "source", nameB);
        document.Insert(0, "parity", "robotworker/v1");
        document.Add("histogram_bin_ends_seconds", new JsonArray([.. LatencyFigures.BinEnds.Select(end => JsonValue.Create(end))]));
        return document.ToJsonString(Options) + "\n";
    }
}
