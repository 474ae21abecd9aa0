using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

/// <summary>A plan in a scene knows the scene's names, whether or not it lists them.</summary>
[TestFixture]
public sealed class SceneNamesTests
{
    [Test]
    public void Foreach_WithoutObjects_GoesOverTheCupsOfTheScene()
    {
        var report = Run("each", """
            root:
              sequence:
              - {id: go, skill: navigate_to, args: {place: table_side}}
              - {id: see, skill: look, args: {at: table}}
              - foreach: {each: cup, where: {on: [$cup, table]}, do: {id: again, skill: look, args: {at: table}}}
            """);

        Assert.That(report.Outcome, Is.EqualTo("succeeded"));
        Assert.That(report.Steps.Select(step => (string)step["id"]!).Where(id => id.EndsWith("/again", StringComparison.Ordinal)), Has.Exactly(2).Items);
    }

    [Test]
    public void Goal_WithoutObjects_IsRepairedWithWhatTheSceneHas()
    {
        var report = Run("repaired", """
            goal: {on: [cup_red, shelf]}
            root: {sequence: [{id: go, skill: navigate_to, args: {place: table_side}}]}
            """);

        Assert.That(report.Outcome, Is.EqualTo("succeeded"), report.ToString());
        Assert.That(report.GoalMet, Is.True);
    }

    private static ReportFile Run(string id, string rest)
    {
        var folder = Path.Combine(Story.Folder, id);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{id}.yaml");
        File.WriteAllText(file, $"plan: robotworker/v1\nid: {id}\nlimits: {{deadline: 300s}}\nsimulation: {{scene: {Repository.PathOf("sim/scenes/kitchen.yaml")}}}\n{rest}\n");
        Simulator.Require();
        var result = RobotWorkerCommand.Run(["run", file, "--video", "none", "--output", folder, "--plain"]);
        Assert.That(result.ExitCode, Is.Zero, result.Errors + result.Output);
        return new(Path.Combine(folder, $"{id}-1.json"));
    }
}
