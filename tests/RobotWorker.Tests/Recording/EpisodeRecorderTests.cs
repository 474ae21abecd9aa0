using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Recording;
using RobotWorker.Recording.Mcap;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.RosgraphMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Time;
using RosTime = RobotWorker.Ros.Messages.BuiltinInterfaces.Time;

namespace RobotWorker.Tests.Recording;

[TestFixture]
public sealed class EpisodeRecorderTests
{
    private static readonly EpisodeInfo Info = new("e1", "tidy-table", 7, "mobile", "mujoco", "MuJoCo 2.2.2", "implicit");

    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("robotworker recorder ").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Saw_AMessage_IsWrittenWithTheRobotsTimeAndItsDefinition()
    {
        var path = Path.Combine(folder, "runs", "e1.mcap");
        using (var recorder = new EpisodeRecorder(path, () => RobotTime.FromSeconds(1.5), Info)) recorder.Saw(ClockAt(1.5));

        var recording = McapReader.Read(path);

        var message = recording.On("/clock").Single();
        Assert.Multiple(() =>
        {
            Assert.That(recording.Notices, Is.Empty);
            Assert.That(message.LogTime, Is.EqualTo(1_500_000_000));
            Assert.That(Cdr.Deserialize<Clock>(message.Data.Span), Is.EqualTo(ClockAt(1.5).Message));
            Assert.That(recording.Schemas[recording.Channels[message.Channel].Schema].Name, Is.EqualTo("rosgraph_msgs/msg/Clock"));
            Assert.That(recording.Metadata.Single().Values["seed"], Is.EqualTo("7"));
        });
    }

    [Test]
    public void Dispose_GivesTheFileItsName()
    {
        var path = Path.Combine(folder, "e1.mcap");
        using var recorder = new EpisodeRecorder(path, () => RobotTime.Zero, Info);
        recorder.Saw(ClockAt(0));
        Assert.That(File.Exists(path), Is.False);

        recorder.Dispose();

        Assert.That(File.Exists(path));
        Assert.That(File.Exists(recorder.PartialPath), Is.False);
    }

    [Test]
    public void Saw_ProcessKilledAfterTwelveSeconds_LosesFiveAtMost()
    {
        var now = RobotTime.Zero;
        using var recorder = new EpisodeRecorder(Path.Combine(folder, "e1.mcap"), () => now, Info);
        for (; now.Seconds < 12; now += TimeSpan.FromMilliseconds(10)) recorder.Saw(ClockAt(now.Seconds));

        // What a killed process leaves behind is what has reached the file by now.
        using var copy = new MemoryStream();
        using (var file = new FileStream(recorder.PartialPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)) file.CopyTo(copy);
        var left = McapReader.Read(copy.ToArray());

        Assert.That(left.IsWhole, Is.False);
        Assert.That(left.Messages[^1].LogTime, Is.GreaterThanOrEqualTo(7_000_000_000));
    }

    [Test]
    public void EventAndAttachment_AreInTheFile()
    {
        var pause = new Event.PauseAsked(TimeSpan.FromSeconds(1.25), RobotTime.FromSeconds(1.5));
        var path = Path.Combine(folder, "e1.mcap");
        using (var recorder = new EpisodeRecorder(path, () => RobotTime.Zero, Info))
        {
            recorder.Happened(pause);
            recorder.Attach("plan.yaml", "application/yaml", "plan: robotworker/v1");
        }

        var recording = McapReader.Read(path);

        var written = Encoding.UTF8.GetString(recording.On(EpisodeRecorder.EventTopic).Single().Data.Span);
        Assert.That(EventJson.Read(written), Is.EqualTo(pause));
        Assert.That(JsonDocument.Parse(written).RootElement.EnumerateObject().Select(field => field.Name), Is.EqualTo(["$type", "at", "now"]));
        Assert.That(recording.Attachments.Single().Name, Is.EqualTo("plan.yaml"));
    }

    [Test]
    public void Saw_DiskFull_RecordingEndsAndTheEpisodeGoesOn()
    {
        var now = RobotTime.Zero;
        using var disk = new SmallDisk(room: 2000);
        using var recorder = new EpisodeRecorder(Path.Combine(folder, "e1.mcap"), disk, () => now, Info);

        for (; now.Seconds < 60; now += TimeSpan.FromMilliseconds(100)) recorder.Saw(ClockAt(now.Seconds));
        recorder.Dispose();

        Assert.That(recorder.Failure, Does.Match("^the recording ended at [0-9.]+ s: No space left; what was written is in .*e1.mcap.partial$"));
        Assert.That(disk.WasDisposed);
    }

    [Test]
    public void Dispose_FolderVanished_IsAFailureInWordsAndNoException()
    {
        var runs = Path.Combine(folder, "runs");
        using var recorder = new EpisodeRecorder(Path.Combine(runs, "e1.mcap"), () => RobotTime.Zero, Info);
        recorder.Saw(ClockAt(0));
        Directory.Delete(runs, recursive: true);

        Assert.That(recorder.Dispose, Throws.Nothing);

        Assert.That(recorder.Failure, Does.StartWith("the recording ended at 0.000 s:"));
    }

    [Test]
    public void Saw_HundredSecondsOfTheRobot_AreAllKept()
    {
        var now = RobotTime.Zero;
        var path = Path.Combine(folder, "e1.mcap");
        var joints = Enumerable.Range(0, 11).Select(i => $"arm_joint_{i}").ToImmutableArray();
        using (var recorder = new EpisodeRecorder(path, () => now, Info))
        {
            for (var tick = 0; tick < 10_000; tick++, now += TimeSpan.FromMilliseconds(10))
            {
                recorder.Saw(ClockAt(now.Seconds));
                if (tick % 2 != 0) continue;
                var at = Math.Sin(now.Seconds);
                var positions = joints.Select((_, i) => at * i).ToImmutableArray();
                recorder.Saw(Tapped("/joint_states", new JointState { Name = joints, Position = positions, Velocity = positions, Effort = positions }));
                recorder.Saw(Tapped("/arm_states", new JointState { Name = joints, Position = positions, Velocity = positions, Effort = positions }));
            }
        }

        Assert.That(McapReader.Read(path).Messages, Has.Length.EqualTo(20_000));
    }

    private static TappedMessage ClockAt(double seconds) =>
        Tapped("/clock", new Clock { Value = RosTime.FromNanoseconds((long)Math.Round(seconds * 1e9)) });

    private static TappedMessage Tapped(string topic, IRosMessage message) =>
        new(new TopicInfo(topic, message.TypeName, message.TypeDefinition, Qos.Default), message, 1);

    private sealed class SmallDisk(int room) : MemoryStream
    {
        public bool WasDisposed { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > room) throw new IOException("No space left");
            base.Write(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            WasDisposed = true;
            base.Dispose(disposing);
        }
    }
}
