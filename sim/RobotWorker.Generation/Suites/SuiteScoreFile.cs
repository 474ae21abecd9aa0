using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RobotWorker.Generation.Suites;

/// <summary>A suite's score for programs: one JSON document. A figure that does not exist (a delay of what was never detected) is null.</summary>
public static class SuiteScoreFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="tuning">The score of the tuning seeds, not of the scoring ones.</param>
    public static string Json(SuiteScore score, bool tuning) => new JsonObject
    {
        ["suite_scores"] = "robotworker/v1",
        ["suite"] = score.Suite.Name,
        ["sum"] = score.Suite.Sum,
        ["seeds"] = new JsonObject
        {
            ["scored"] = tuning ? "tuning" : "scoring",
            ["scored_from"] = tuning ? score.Suite.Seeds.Tuning : score.Suite.Seeds.Scoring,
            ["tuned_from"] = score.Suite.Seeds.Tuning,
        },
        ["bars"] = new JsonArray([.. SuiteBars.Of(score).Select(b => new JsonObject { ["text"] = b.Text, ["measured"] = b.Measured, ["met"] = b.Met })]),
        ["conditions"] = new JsonArray([.. score.Conditions.Select(Of)]),
    }.ToJsonString(Indented) + "\n";

    private static JsonObject Of(ConditionScore score) => new()
    {
        ["condition"] = score.Condition.Name,
        ["sensor_noise"] = score.Condition.SensorNoise,
        ["sensor_rate"] = score.Condition.SensorRate,
        ["latency_seconds"] = score.Condition.Latency.TotalSeconds,
        ["mutes_diagnostics"] = score.Condition.MutesDiagnostics,
        ["other_magnitudes"] = score.Condition.OtherMagnitudes,
        ["policies"] = new JsonArray([.. score.Condition.Policies.Select(p => JsonValue.Create(SuiteRun.Word(p)))]),
        ["runs_of_each_fault"] = score.Condition.Runs,
        ["detected_share"] = score.DetectedShare,
        ["noticed_share"] = score.NoticedShare,
        ["recovered_share"] = score.RecoveredShare,
        ["broken_runs"] = score.Broken,
        ["false_alarms"] = new JsonObject
        {
            ["count"] = score.Alarms.Count,
            ["hours"] = score.Alarms.Hours,
            ["upper_an_hour"] = score.Alarms.UpperAnHour,
            ["codes"] = new JsonArray([.. score.Alarms.Codes.Select(c => JsonValue.Create(c))]),
        },
        ["faults"] = new JsonArray([.. score.Faults.Select(Of)]),
        ["confusions"] = new JsonArray([.. score.Confusions.Select(n => new JsonObject { ["injected"] = n.Injected, ["named"] = n.Named == NamedAs.Nothing ? null : n.Named, ["times"] = n.Times })]),
    };

    private static JsonObject Of(FaultScore score) => new()
    {
        ["fault"] = score.Code,
        ["known"] = score.IsKnown,
        ["needs_person"] = score.NeedsPerson,
        ["hard"] = score.IsHard,
        ["counts"] = score.Counts,
        ["struck"] = score.Struck,
        ["detected"] = score.Detected,
        ["detected_within_150_ms"] = score.Promptly,
        ["named_otherwise"] = score.NamedOtherwise,
        ["missed"] = score.Missed,
        ["named_besides"] = new JsonArray([.. score.Besides.Select(c => JsonValue.Create(c))]),
        ["delay_seconds"] = Of(score.DelaySeconds),
        ["recovery_seconds"] = Of(score.RecoverySeconds),
        ["asked_safely"] = score.AskedSafely,
        ["recovery"] = Of(score.Recovery),
        ["off"] = Of(score.Off),
        ["plain_retry"] = Of(score.PlainRetry),
    };

    private static JsonObject? Of(Spread? spread) => spread is null ? null : new() { ["p50"] = spread.P50, ["p90"] = spread.P90 };

    private static JsonObject? Of(Successes? successes) => successes is null ? null : new() { ["runs"] = successes.Runs, ["succeeded"] = successes.Succeeded };
}
