using System.Text.Json.Nodes;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

/// <summary>Where the report says that an episode's files are.</summary>
[TestFixture]
public sealed class ReportedFilesTests
{
    [Test]
    public void Run_WithAFilmIntoAFolderGivenFromHere_NamesEachFileFromHere()
    {
        var here = Path.Combine(Story.Folder, "reported");
        var plan = PlanFile.Write(here, "see", "- {id: see, skill: look, args: {at: table}}");

        var result = RobotWorkerCommand.Run(["run", Repository.PathOf(plan), "--plain", "--output", "out"], here);

        Assert.That(result.ExitCode, Is.Zero, result.Errors + result.Output);
        var files = JsonNode.Parse(File.ReadAllText(Path.Combine(here, "out", "see-1.json")))!["files"]!.AsObject().ToDictionary(f => f.Key, f => (string)f.Value!);
        Assert.That(files.Keys, Is.EquivalentTo(["mcap", "report", "video"]), result.Output);
        Assert.That(files.Values.Select(Path.GetDirectoryName), Is.All.EqualTo("out"));
        Assert.That(files.Values.Select(f => Path.Exists(Path.Combine(here, f))), Is.All.True);
    }
}
