using System.Text.Json.Nodes;

namespace RobotWorker.Integration.Runs;

/// <summary>A report as others read it: from the file, by its documented names.</summary>
internal sealed class ReportFile(string path)
{
    private readonly JsonNode report = JsonNode.Parse(File.ReadAllText(path))!;

    public string Outcome => (string)report["outcome"]!;

    public bool? GoalMet => (bool?)report["goal_met"];

    public string Mcap => (string)report["files"]!["mcap"]!;

    public string State(string step) => (string)report["steps"]!.AsArray().Single(s => (string)s!["id"]! == step)!["state"]!;

    public IEnumerable<JsonNode> Steps => report["steps"]!.AsArray().Select(s => s!);

    public IEnumerable<JsonNode> Slips => report["truth"]!["slips"]!.AsArray().Select(s => s!);

    /// <summary>Every decision: step, then what was decided.</summary>
    public IEnumerable<(string Step, string Decision)> Recoveries => report["recoveries"]!.AsArray().Select(r => ((string)r!["step"]!, (string)r["decision"]!));
}
