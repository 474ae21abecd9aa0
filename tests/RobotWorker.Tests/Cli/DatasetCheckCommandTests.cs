using System.Text.Json;
using RobotWorker.Tests.Recording.LeRobot.Checking;

namespace RobotWorker.Tests.Cli;

public sealed class DatasetCheckCommandTests
{
    private string folder = "";

    [SetUp]
    public void MakeASet()
    {
        folder = Path.Combine(Directory.CreateTempSubdirectory("robotworker dataset ").FullName, "cups");
        var set = TinySet.Make(camera: false);
        set.Sum();
        set.Write(folder, null);
    }

    [TearDown]
    public void Remove() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Test]
    public void AValidSet_Is0AndOneLine()
    {
        var command = CommandLine.Run("dataset", "check", folder);

        Assert.That((command.Code, command.Output.TrimEnd()), Is.EqualTo((0, $"{folder}: 3 episodes, 15 frames, 0 cameras: nothing wrong")), command.Errors);
    }

    [Test]
    public void AMissingFile_Is1AndNamed()
    {
        File.Delete(Path.Combine(folder, "meta/tasks.parquet"));

        var command = CommandLine.Run("dataset", "check", folder);

        Assert.That(command.Code, Is.EqualTo(1), command.Errors);
        Assert.That(command.Output, Does.StartWith("meta/tasks.parquet: the file is missing").And.Contain("1 errors, 0 warnings"));
    }

    [Test]
    public void AsJson_IsForPrograms()
    {
        File.Delete(Path.Combine(folder, "meta/tasks.parquet"));

        using var json = JsonDocument.Parse(CommandLine.Run("dataset", "check", folder, "--json").Output);

        Assert.That(json.RootElement.GetProperty("ok").GetBoolean(), Is.False);
        var found = json.RootElement.GetProperty("findings")[0];
        Assert.That((found.GetProperty("file").GetString(), found.GetProperty("where").GetString(), found.GetProperty("is_error").GetBoolean()), Is.EqualTo(("meta/tasks.parquet", "", true)));
    }

    [Test]
    public void NoSuchFolder_Is2()
    {
        var command = CommandLine.Run("dataset", "check", folder + "x");

        Assert.That((command.Code, command.Output), Is.EqualTo((2, "")));
        Assert.That(command.Errors, Does.Contain("RW0032").And.Contain("there is no such folder"));
    }

    [Test]
    public void Help_SaysWhatItTakes() => Assert.That(CommandLine.Run("dataset", "check", "--help").Output, Does.Contain("<dir>").And.Contain("--json"));
}
