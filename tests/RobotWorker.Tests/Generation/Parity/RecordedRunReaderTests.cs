using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Generation.Parity;
using RobotWorker.Recording;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;
using RobotWorker.World;
using Path = System.IO.Path;
using RosNames = RobotWorker.Skills.Profile.RosNames;
using RosTime = RobotWorker.Ros.Messages.BuiltinInterfaces.Time;
using Truth = RobotWorker.World.Truth;

namespace RobotWorker.Tests.Generation.Parity;

public sealed class RecordedRunReaderTests
{
    private const string Plan = "plan: robotworker/v1\nid: fetch\ngoal: {holding: [robot, cup]}\nroot: {id: pick, skill: pick, args: {object: cup}}\n";

    private string folder = "";
    private double now;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("robotworker parity ").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void AnEpisode_ReadBack_HasItsPhasesBeliefsWayAndLatencies()
    {
        var file = Record(recorder =>
        {
            recorder.Attach("fetch.yaml", "application/yaml", Plan);
            At(1, () => recorder.Happened(new Event.Started(Ago(0), Now)));
            At(1, () => recorder.Stepped(Step(StepStatus.Running)));
            At(1, () => recorder.Happened(Goal(0, GoalStage.Sent)));
            At(1.1, () => recorder.Happened(Goal(0.08, GoalStage.Accepted)));
            At(1.5, () => recorder.Happened(Goal(0.5, GoalStage.Progressed)));
            At(1.6, () => recorder.Happened(Goal(0.6, GoalStage.Progressed)));
            foreach (var x in Enumerable.Range(0, 40)) At(1.2 + (x * 0.05), () => Tell(recorder, x * 0.01));
            At(3.4, () => recorder.Happened(Goal(2.4, GoalStage.Ended)));
            At(3.5, () => recorder.Happened(new Event.FactObserved(Ago(2.5), Now, new(Atom.Of("holding", "robot", "cup"), Truth.True, Now, "gripper"))));
            At(3.5, () => recorder.Stepped(Step(StepStatus.Finished)));
            At(4, () => recorder.Attach("report.json", "application/json", ReportJson.Write(Report())));
        });

        var run = RecordedRunReader.Read(file, RosNames.Standard, FrameNames.Standard);

        Assert.Multiple(() =>
        {
            Assert.That((run.Plan, run.Robot, run.Backend, run.Seed, run.Outcome), Is.EqualTo(("fetch", "porter", "mujoco", 7UL, EpisodeOutcome.Succeeded)));
            var phase = run.Phases.Single();
            Assert.That(phase.Marks.Select(m => (m.What, m.At.Seconds)), Is.EqualTo([("begun", 1), ("Sent /arm", 1), ("Ended /arm", 3.4), ("Finished", 3.5)]));
            Assert.That(phase.Truths, Does.ContainKey("holding(robot, cup)"));
            Assert.That((run.Goal, run.Seconds), Is.EqualTo((Truth.True, 2.5)));
            Assert.That(run.Tool.At(RobotTime.FromSeconds(2.2))!.Value.Position.X, Is.EqualTo(0.2 + 0.5).Within(1e-6), "base and tool in the map, one after the other");
            Assert.That(run.Latencies.Take(2).Select(l => l.Seconds.Single()), Is.EqualTo(new[] { 0.08, 0.5 }).Within(1e-9), "the first progress counts");
            Assert.That(run.Latencies.Single(l => l.What == "age of odometry").Seconds, Has.Length.EqualTo(40).And.All.EqualTo(0.03).Within(1e-6));
        });
    }

    [Test]
    public void WithoutAReport_SaysWhatToGive()
    {
        var file = Record(recorder => recorder.Stepped(Step(StepStatus.Running)));

        Assert.That(() => RecordedRunReader.Read(file, RosNames.Standard, FrameNames.Standard), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("give one that came to its end"));
    }

    [Test]
    public void StepsInTheReportAlone_SaysThatAnOlderBuildRecordedIt()
    {
        var file = Record(recorder => recorder.Attach("report.json", "application/json", ReportJson.Write(Report() with { Steps = [Step(StepStatus.Finished)] })));

        Assert.That(() => RecordedRunReader.Read(file, RosNames.Standard, FrameNames.Standard), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("/robotworker/steps").And.Message.Contains("run the plan again"));
    }

    private RobotTime Now => RobotTime.FromSeconds(now);

    private void At(double seconds, Action what)
    {
        now = seconds;
        what();
    }

    private string Record(Action<EpisodeRecorder> what)
    {
        var file = Path.Combine(folder, "fetch-7.mcap");
        using var recorder = new EpisodeRecorder(file, () => Now, new("e", "fetch", 7, "porter", "mujoco"));
        what(recorder);
        return file;
    }

    private void Tell(EpisodeRecorder recorder, double x)
    {
        recorder.Saw(Message("/tf", new TFMessage { Transforms = [Transform("map", "base_link", x), Transform("base_link", "tool0", 0.5)] }));
        recorder.Saw(Message("/odom", new Odometry { Header = new() { Stamp = RosTime.FromNanoseconds((Now - TimeSpan.FromMilliseconds(30)).Nanoseconds) } }));
    }

    private TransformStamped Transform(string parent, string child, double x) => new()
    {
        Header = new() { FrameId = parent, Stamp = RosTime.FromNanoseconds(Now.Nanoseconds) }, ChildFrameId = child, Transform = new() { Translation = new() { X = x }, Rotation = new() { W = 1 } },
    };

    private static TappedMessage Message(string topic, IRosMessage message) => new(new TopicInfo(topic, message.TypeName, message.TypeDefinition, Qos.Default), message, 0);

    private static TimeSpan Ago(double seconds) => TimeSpan.FromSeconds(seconds);

    private Event.GoalChanged Goal(double worker, GoalStage stage) => new(Ago(worker), Now, new("root", 1, "goal-1", "/arm", stage));

    private static StepReport Step(StepStatus state) => new("root", "pick", state, Outcome.Unknown, Outcome.Unknown, 1);

    private static EpisodeReport Report() => new(
        "fetch", "e", 7, EpisodeOutcome.Succeeded, "the goal was seen to hold", [], [], [], null, ImmutableSortedDictionary<string, string>.Empty);
}
