using System.Text.Json.Nodes;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Testing;
using String = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Integration.Ros1;

/// <summary>rosbag (a roscpp program) records what a node of ours publishes, and it is read back the same.</summary>
[TestFixture]
public sealed class BagTests
{
    private RosMaster master = null!;

    [OneTimeSetUp]
    public void StartMaster() => master = RosMaster.Start();

    [OneTimeTearDown]
    public void StopMaster() => master?.Dispose();

    [Test]
    public void Record_OurTopics_ReadBackEqual() => Ros1Bench.Run(master, async bench =>
    {
        const string Recorder = "/usr/lib/rosbag/record";
        if (!File.Exists(Recorder)) Peer.Missing("no rosbag (apt-get install python3-rosbag)");
        var folder = Directory.CreateTempSubdirectory("robotworker bag ").FullName;
        var bag = Path.Combine(folder, "run.bag");
        var robot = await bench.Node("robot");
        var joints = robot.Advertise<JointState>("/joint_states");
        var description = robot.Advertise<String>("/robot_description", Qos.Latched);
        description.Publish(new() { Data = "<robot name=\"prüfling\"/>" });
        await bench.Until(() => robot.IsSettled);
        using var recorder = LivePeer.Start(Recorder, ["-O", bag, "/joint_states", "/robot_description"], master.Environment, folder);
        await bench.Until(() => joints.SubscriberCount == 1 && description.SubscriberCount == 1, () => recorder.Output);

        JointState[] states = [.. Enumerable.Range(0, 200).Select(i => new JointState
        {
            Header = new() { Stamp = new() { Sec = i, Nanosec = 999_999_999 }, FrameId = "base" },
            Name = ["a", "ß"],
            Position = [i * 0.1, -i],
            Velocity = [double.MaxValue, double.Epsilon],
            Effort = [],
        })];
        foreach (var state in states)
        {
            joints.Publish(state);
            await bench.Seconds(0.001);
        }

        await bench.Seconds(0.5);
        recorder.Interrupt();
        await bench.Until(() => recorder.HasEnded && File.Exists(bag), () => recorder.Output);

        var lines = Peer.Run(RosMaster.Python, [Repository.PathOf("tests/RobotWorker.Integration/peers/ros1/bag.py"), bag], environment: master.Environment).Require()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Directory.Delete(folder, recursive: true);

        var read = lines.Where(line => (string?)line["topic"] == "/joint_states").ToList();
        Assert.That(read.Select(line => Convert.FromBase64String((string)line["bytes"]!)), Is.EqualTo(states.Select(Ros1Wire.Serialize)));
        Assert.That(read.Select(line => (string?)line["md5"]).Distinct(), Is.EqualTo([Ros1Definition.Md5Of(MessageType.Of<JointState>())]));
        Assert.That(read[7]["message"]!.ToJsonString(), Is.EqualTo(JsonNode.Parse("""
            {"header": {"seq": 0, "stamp": {"secs": 7, "nsecs": 999999999}, "frame_id": "base"}, "name": ["a", "\u00df"],
             "position": [0.7000000000000001, -7.0], "velocity": [1.7976931348623157e+308, 5e-324], "effort": []}
            """)!.ToJsonString()));
        Assert.That((string?)lines.Single(line => (string?)line["topic"] == "/robot_description")["message"]!["data"], Is.EqualTo("<robot name=\"prüfling\"/>"));
        Assert.That(bench.Problems, Is.Empty);
    });
}
