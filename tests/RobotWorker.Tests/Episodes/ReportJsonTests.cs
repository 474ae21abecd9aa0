using System.Text.Json.Nodes;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Testing;
using RobotWorker.Tests.Execution;
using RobotWorker.Time;

namespace RobotWorker.Tests.Episodes;

public sealed class ReportJsonTests
{
    [Test]
    public void Write_ARunWithAFault_IsAsTheSchemaSays_AndReadsBack()
    {
        var report = RunWithFault();

        var json = ReportJson.Write(report);

        Assert.That(SchemaCheck.Errors(JsonNode.Parse(ReportJson.Schema)!, JsonNode.Parse(json)), Is.Empty, json);
        Assert.That(StateEquality.FirstDifference(ReportJson.Read(json), report), Is.Null);
    }

    [Test]
    public void Write_IsStable()
    {
        var first = ReportJson.Write(RunWithFault());
        Assert.That(ReportJson.Write(RunWithFault()), Is.EqualTo(first));
        Assert.That(((JsonObject)JsonNode.Parse(first)!).Select(p => p.Key), Is.EqualTo(
            ["plan", "episode", "seed", "outcome", "reason", "steps", "faults", "recoveries", "goal_met", "files", "truth"]).AsCollection);
    }

    [TestCase("$.steps[0].state", "\"done\"")]
    [TestCase("$.steps[0].attempts", "-1")]
    [TestCase("$.outcome", "null")]
    [TestCase("$.extra", "1")]
    public void Schema_AWrongReport_IsRefused(string where, string value)
    {
        var json = JsonNode.Parse(ReportJson.Write(RunWithFault()))!;
        var parent = where.StartsWith("$.steps") ? json["steps"]![0]! : json;
        parent[where[(where.LastIndexOf('.') + 1)..]] = JsonNode.Parse(value);
        Assert.That(SchemaCheck.Errors(JsonNode.Parse(ReportJson.Schema)!, json), Is.Not.Empty);
    }

    private static EpisodeReport RunWithFault()
    {
        var bench = new Bench(Pace.Virtual);
        bench.Robot.On("grasp", 1, new(Hangs: true));
        bench.At(2, () => bench.Confirm("GRIPPER_WEAK"));
        bench.At(8, () => bench.Heal("GRIPPER_WEAK"));
        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");
        return result.Report with { GoalMet = true, Files = result.Report.Files.Add("mcap", "episode.mcap") };
    }
}
