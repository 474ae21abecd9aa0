using System.Collections.Immutable;
using RobotWorker.Cli;
using RobotWorker.Recording;
using RobotWorker.Recording.Mcap;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages.DiagnosticMsgs;

namespace RobotWorker.Tests.Cli;

/// <summary><c>robotworker faults replay</c>, as a person calls it.</summary>
public sealed class FaultsReplayTests
{
    private string file = "";

    [SetUp]
    public void MakeFile() => file = Path.Combine(Directory.CreateTempSubdirectory("faults replay ").FullName, "a.mcap");

    [TearDown]
    public void RemoveFile() => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

    [Test]
    public void AFileWithoutAByte_IsBadInput()
    {
        File.WriteAllBytes(file, []);

        var command = CommandLine.Run("faults", "replay", file);

        Assert.That((command.Code, command.Output), Is.EqualTo((ExitCode.BadInput, "")));
        Assert.That(command.Errors, Does.StartWith("RW0032").And.Contain("there is no message in it"));
    }

    [Test]
    public void TopicsThatTheMonitorDoesNotListenTo_AreBadInput_AndNamed()
    {
        Record("/chatter", "cdr", [0, 1, 0, 0]);

        var command = CommandLine.Run("faults", "replay", file);

        Assert.That(command.Code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(command.Errors, Does.Contain("only on /chatter").And.Contain("--profile"));
    }

    [TestCase(EpisodeRecorder.SignalTopic, "{\"signal\":")]
    [TestCase(EpisodeRecorder.SignalTopic, "{}")]
    [TestCase(EpisodeRecorder.FaultTopic, "null")]
    public void ASignalOrANoteThatIsNone_IsBadInput_AndSaysWhere(string topic, string text)
    {
        Record(topic, "json", System.Text.Encoding.UTF8.GetBytes(text));

        var command = CommandLine.Run("faults", "replay", file);

        Assert.That(command.Code, Is.EqualTo(ExitCode.BadInput), command.Errors);
        Assert.That(command.Errors.TrimEnd().Split('\n'), Has.Length.EqualTo(1).And.All.Contains($"of {topic}, logged at 1000000000 ns, cannot be read"));
    }

    [Test]
    public void ARobotWithFaultsOfItsOwn_ReplayedWithoutItsProfile_SaysSo()
    {
        Record("/diagnostics", "cdr", Cdr.Serialize(new DiagnosticArray { Header = new(), Status = [new() { Name = "arm: x" }] }), new("cell.faults.yaml", "application/yaml", 0, "faults: robotworker/v1\ncatalogue:\n  BUMPER: none\n"u8.ToArray()));

        var command = CommandLine.Run("faults", "replay", file);

        Assert.That(command.Code, Is.Zero, command.Errors);
        Assert.That(command.Errors, Does.Contain("cell.faults.yaml").And.Contain("--profile"));
        Assert.That(command.Output, Does.Contain("No fault was noticed."));
    }

    private void Record(string topic, string encoding, ReadOnlySpan<byte> data, McapAttachment? beside = null)
    {
        using var stream = File.Create(file);
        using var writer = new McapWriter(stream, new("ros2"));
        var channel = writer.AddChannel(writer.AddSchema("a/msg/Thing", "ros2msg", ReadOnlyMemory<byte>.Empty), topic, encoding, ImmutableSortedDictionary<string, string>.Empty);
        writer.Write(channel, 1_000_000_000, data);
        if (beside is not null) writer.Attach(beside);
    }
}
