using System.Text.Json;
using RobotWorker.Generation.Scoring;
using RobotWorker.Tests.Generation.Scoring;

namespace RobotWorker.Tests.Cli;

/// <summary><c>robotworker faults score --csv DIR</c>, as a person calls it.</summary>
public sealed class FaultsScoreTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("scored series ").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Score_AFolderOfSeries_PrintsATableAndWritesJson()
    {
        SeriesCorpus.Write(SeriesCorpus.Drifting(101), Path.Combine(folder, "a.csv"));
        SeriesCorpus.Write(SeriesCorpus.Stationary(101), Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "more")).FullName, "b.csv"));
        var json = Path.Combine(folder, "out", "scores.json");

        var command = CommandLine.Run("faults", "score", "--csv", folder, "--json", json);

        Assert.That(command.Code, Is.Zero, command.Errors);
        Assert.That(command.Output, Does.StartWith("2 files, 7200 rows scored"));
        Assert.That(command.Output.Split('\n').Skip(3).TakeWhile(l => l.Length > 0).Select(l => l.Split(' ')[0]), Is.EqualTo(SeriesDetector.All.Select(d => d.Name)));
        using var scores = JsonDocument.Parse(File.ReadAllText(json));
        Assert.That(scores.RootElement.GetProperty("detectors").GetArrayLength(), Is.EqualTo(SeriesDetector.All.Length));
    }

    [Test]
    public void Score_SomeDetectors_InTheOrderOfTheTable()
    {
        SeriesCorpus.Write(SeriesCorpus.Stationary(102), Path.Combine(folder, "a.csv"));

        var command = CommandLine.Run("faults", "score", "--csv", Path.Combine(folder, "a.csv"), "--detector", "mewma", "ewma", "--train", "600");

        Assert.That(command.Code, Is.Zero, command.Errors);
        Assert.That(command.Output.Split('\n').Skip(3).TakeWhile(l => l.Length > 0).Select(l => l.Split(' ')[0]), Is.EqualTo(["ewma", "mewma"]));
        Assert.That(command.Output, Does.Contain("3400 rows scored").And.Contain("the first 600 rows"));
    }

    [Test]
    public void Score_OneBadFile_IsRefusedWithLineAndColumnAndNothingIsScored()
    {
        SeriesCorpus.Write(SeriesCorpus.Stationary(103), Path.Combine(folder, "a.csv"));
        File.WriteAllText(Path.Combine(folder, "b.csv"), "t;anomaly\n1;0\nx;0\n");

        var command = CommandLine.Run("faults", "score", "--csv", folder);

        Assert.That(command.Code, Is.EqualTo(2));
        Assert.That(command.Errors, Does.Contain("RW0006").And.Contain("b.csv:3:1").And.Contain("Nothing was started."));
        Assert.That(command.Output, Is.Empty);
    }

    [TestCase("faults|score", "one of the two", TestName = "NoFolderNamed_Is2")]
    [TestCase("faults|score|--csv|x|--suite|y", "one of the two", TestName = "SeriesAndSuite_Is2")]
    [TestCase("faults|score|--suite|no-such-suite.yaml", "there is no such file", TestName = "NoSuchSuite_Is2")]
    [TestCase("faults|score|--suite|y|--jobs|0", "--jobs: from 1 to 256", TestName = "NoJobs_Is2")]
    [TestCase("faults|score|--suite|y|--seeds|all", "'all'", TestName = "SeedsOfNothing_Is2")]
    [TestCase("faults|score|--csv|no-such-folder", "no-such-folder: there is no such file or folder", TestName = "NoSuchFolder_Is2")]
    [TestCase("faults|score|--csv|.|--train|3", "at least 50 rows", TestName = "TooFewTrainingRows_Is2")]
    [TestCase("faults|score|--csv|.|--false-alarms|2", "a probability", TestName = "NoProbability_Is2")]
    [TestCase("faults|score|--csv|.|--detector|mewna", "did you mean 'mewma'?", TestName = "DetectorMisspelt_Is2")]
    public void Score_WrongArguments(string arguments, string said)
    {
        var command = CommandLine.Run(arguments.Split('|'));

        Assert.That(command.Code, Is.EqualTo(2), command.Errors + command.Output);
        Assert.That(command.Errors, Does.Contain(said).And.Not.Contain("   at "));
    }

    [Test]
    public void Score_JsonIntoAFolder_Is69BeforeAnythingIsScored()
    {
        SeriesCorpus.Write(SeriesCorpus.Stationary(104), Path.Combine(folder, "a.csv"));

        var command = CommandLine.Run("faults", "score", "--csv", folder, "--json", folder);

        Assert.That(command.Code, Is.EqualTo(69));
        Assert.That(command.Output, Is.Empty);
    }

    [Test]
    public void Help_NamesEveryDetectorAndOption()
    {
        var help = CommandLine.Run("faults", "score", "--help");

        Assert.That(help.Code, Is.Zero);
        foreach (var word in SeriesDetector.All.Select(d => d.Name).Concat(["--csv", "--train", "--false-alarms", "--json"])) Assert.That(help.Output, Does.Contain(word));
    }

    [TestCase("30h", "Cannot parse argument '30h'")]
    [TestCase("0,5", "'0,5' has a comma")]
    [TestCase("-1", "--clean: from 0 to 10000 hours.")]
    public void Number_ThatIsNone_IsRefusedByName(string hours, string said)
    {
        var command = CommandLine.Run("faults", "score", "--suite", "sim/faults/suite.yaml", "--clean", hours);

        Assert.That(command.Code, Is.EqualTo(2), command.Errors);
        Assert.That(command.Errors, Does.Contain(said).And.Not.Contain("internal error"));
    }
}
