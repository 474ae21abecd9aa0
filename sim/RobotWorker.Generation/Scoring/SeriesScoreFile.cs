using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RobotWorker.Generation.Scoring;

/// <summary>The scores for programs: one JSON document. A figure that does not exist (F1 where nothing is labelled) is null.</summary>
public static class SeriesScoreFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(SeriesScoringResult result) => new JsonObject
    {
        ["scores"] = "robotworker/v1",
        ["training_rows"] = result.Options.TrainingRows,
        ["false_alarm_probability"] = result.Options.FalseAlarmProbability,
        ["files"] = result.Files,
        ["rows"] = result.Rows,
        ["anomalous_rows"] = result.Anomalous,
        ["detectors"] = new JsonArray([.. result.Scores.Select(Of)]),
    }.ToJsonString(Indented) + "\n";

    private static JsonObject Of(SeriesScore score) => new()
    {
        ["detector"] = score.Detector,
        ["f1"] = Number(score.Confusion.F1),
        ["false_alarm_rate"] = Number(score.Confusion.FalseAlarmRate),
        ["missed_alarm_rate"] = Number(score.Confusion.MissedAlarmRate),
        ["true_positives"] = score.Confusion.TruePositives,
        ["false_positives"] = score.Confusion.FalsePositives,
        ["false_negatives"] = score.Confusion.FalseNegatives,
        ["true_negatives"] = score.Confusion.TrueNegatives,
        ["nab"] = new JsonObject(score.Nab.Select(n => KeyValuePair.Create<string, JsonNode?>(n.Profile.Name, Number(n.Normalized)))),
    };

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
