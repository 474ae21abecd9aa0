using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RobotWorker.Dependability;

namespace RobotWorker.Generation.Evaluate;

/// <summary>A score for programs: one JSON document. A figure that does not exist is null.</summary>
public static class EvaluationFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(EvaluationScore score) => new JsonObject
    {
        ["evaluation_scores"] = "robotworker/v1",
        ["suite"] = score.Suite.Name,
        ["sum"] = score.Suite.Sum,
        ["seeds"] = new JsonObject { ["first"] = score.Suite.Seed, ["count"] = score.Suite.Episodes },
        ["confidence"] = EvaluationScore.Confidence,
        ["left_out"] = score.LeftOut,
        ["policies"] = new JsonArray([.. score.Policies.Select(p => new JsonObject { ["policy"] = p.Policy, ["all"] = Of(p.All), ["tasks"] = new JsonArray([.. p.Tasks.Select(Of)]) })]),
        ["comparison"] = score.Comparison is { } comparison ? Of(comparison) : null,
    }.ToJsonString(Indented) + "\n";

    private static JsonObject Of(TaskScore score) => new()
    {
        ["task"] = score.Task,
        ["runs"] = score.Success.All,
        ["succeeded"] = score.Success.Of,
        ["share"] = Of(score.Success.Wilson(EvaluationScore.Confidence)),
        ["pass_k"] = new JsonObject(TaskScore.InARow.Select(k => KeyValuePair.Create($"{k}", (JsonNode?)score.Success.AllOf(k)))),
        ["verdicts"] = new JsonObject(Enum.GetValues<Verdict>().Select(verdict => KeyValuePair.Create(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.ToString()),
            (JsonNode?)new JsonObject { ["goal_met"] = score.Verdicts[verdict, true], ["goal_not_met"] = score.Verdicts[verdict, false] }))),
        ["median_seconds"] = score.MedianSeconds,
        ["broken"] = score.Broken,
    };

    private static JsonObject Of(PairedComparison comparison) => new()
    {
        ["pairs"] = comparison.Pairs,
        ["both"] = comparison.Both,
        ["only_first"] = comparison.OnlyFirst,
        ["only_second"] = comparison.OnlySecond,
        ["neither"] = comparison.Neither,
        ["difference"] = Of(comparison.Difference(EvaluationScore.Confidence)),
        ["mcnemar_p"] = comparison.P,
    };

    private static JsonObject Of(Estimate estimate) => new() { ["value"] = estimate.Value, ["lower"] = estimate.Lower, ["upper"] = estimate.Upper };
}
