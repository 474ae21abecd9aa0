using System.Text.Json.Nodes;

namespace RobotWorker.Integration.Runs;

/// <summary>A report as others read it: from the file, by its documented names.</summary>
internal sealed class ReportFile(string path)
{
    private readonly JsonNode report = JsonNode.Parse(File.ReadAllText(path))!;

    public string Outcome => Text(report, "outcome");

    public bool? GoalMet => (bool?)report["goal_met"];

    public string Mcap => Text(report["files"]!, "mcap");

    public IEnumerable<JsonNode> Steps => Items(report["steps"]);

    /// <summary>Every decision: step, then what was decided.</summary>
    public IEnumerable<(string Step, string Decision)> Recoveries => Items(report["recoveries"]).Select(r => (Text(r, "step"), Text(r, "decision")));

    private IEnumerable<JsonNode> Slips => Items(report["truth"]!["slips"]);

    public string State(string step) => Text(Steps.Single(s => Text(s, "id") == step), "state");

    /// <summary>What is not as the main job's story wants it: the cup fell, it lies elsewhere, and all the same everything ends well. Null when all is.</summary>
    public string? WhyNotTheStory()
    {
        if (Outcome != "succeeded") return $"{Outcome}: {Text(report, "reason")}";
        if (GoalMet != true) return "it says that it succeeded, and the goal is not met";
        if (!Slips.Any(IsTheFall)) return "in truth no blue cup fell and came to lie elsewhere";
        if (Items(report["faults"]).All(f => Text(f, "code") != "GRIPPER_FORCE_LOW" || f["healed_at"] is null)) return "the fault was not seen to come and go";
        if (Steps.FirstOrDefault(s => Text(s, "state") == "finished" && Text(s, "observed") != "succeeded") is { } unseen) return $"finished, not observed: {unseen}";
        var recovered = Recoveries.Select(r => r.Step).ToHashSet(StringComparer.Ordinal);
        return Steps.FirstOrDefault(s => Text(s, "reported") != Text(s, "observed") && !recovered.Contains(Text(s, "id"))) is { } silent
            ? $"a disagreement without a recovery: {silent}"
            : null;
    }

    public override string ToString() =>
        $"{Outcome}, goal {(GoalMet == true ? "met" : "not met")}, {string.Join(", ", Slips.Select(s => $"{Text(s, "object")} fell {Number(s, "fell_metres"):0.00} m, displaced {Number(s, "displaced_metres"):0.00} m"))}, "
        + string.Join(' ', Recoveries.Select(r => $"{r.Step}:{r.Decision}"));

    private static bool IsTheFall(JsonNode slip) => Text(slip, "object") == "cup_blue" && Number(slip, "fell_metres") > 0.03 && Number(slip, "displaced_metres") >= 0.05;

    private static IEnumerable<JsonNode> Items(JsonNode? list) => list!.AsArray().Select(s => s!);

    private static string Text(JsonNode node, string name) => (string)node[name]!;

    private static double Number(JsonNode node, string name) => (double)node[name]!;
}
