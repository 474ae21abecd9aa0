using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using RobotWorker.Integration.Lines;
using RobotWorker.Integration.Runs;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Testing;
using RobotWorker.Time;
using Odometry = RobotWorker.Ros.Messages.NavMsgs.Odometry;
using String = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Integration.Ros1;

/// <summary>rosbag (a roscpp program) records what a node of ours and what the simulated robot publishes, and it is read back the same.</summary>
[TestFixture]
public sealed class BagTests
{
    private const string Recorder = "/usr/lib/rosbag/record";

    private RosMaster master = null!;

    [OneTimeSetUp]
    public void StartMaster() => master = RosMaster.Start();

    [OneTimeTearDown]
    public void StopMaster() => master?.Dispose();

    [Test]
    public void Record_OurTopics_ReadBackEqual() => Ros1Bench.Run(master, async bench =>
    {
        RequireRecorder();
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

        var lines = Read(bag);
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

    [Test]
    [CancelAfter(120_000)]
    public void Record_TheSimulatedRobotWhileItDrives_ReadBackEqual()
    {
        RequireRecorder();
        Simulator.Require();
        var folder = Directory.CreateTempSubdirectory("robotworker bag ").FullName;
        var bag = Path.Combine(folder, "robot.bag");
        var published = new ConcurrentQueue<(string Topic, byte[] Bytes)>();
        var job = WiredRun.Read(Repository.PathOf(Story.Task));
        using var robot = new ServedRobot(new(job.Scene, job.Robot), new(1, WallClock.Real)
        {
            Master = master.Uri,
            Beside = ros =>
            {
                ros.Subscribe<JointState>("/joint_states", message => published.Enqueue(("/joint_states", Ros1Wire.Serialize(message))));
                ros.Subscribe<Odometry>("/odom", message => published.Enqueue(("/odom", Ros1Wire.Serialize(message))));
                ros.Subscribe<TFMessage>("/tf", message => published.Enqueue(("/tf", Ros1Wire.Serialize(message))));
                ros.Subscribe<DiagnosticArray>("/diagnostics", message => published.Enqueue(("/diagnostics", Ros1Wire.Serialize(message))));
            },
        });
        string[] topics = ["/joint_states", "/odom", "/tf", "/diagnostics"];
        using var recorder = LivePeer.Start(Recorder, ["-O", bag, .. topics], master.Environment, folder);
        using var driver = LivePeer.Python(master, "drive.py");
        driver.WaitFor("server True");
        driver.Say("goal 0.3");
        driver.WaitFor("ended SUCCEEDED");
        recorder.Interrupt();
        recorder.WaitForEnd();

        var lines = Read(bag);
        Directory.Delete(folder, recursive: true);
        foreach (var topic in topics)
        {
            var read = lines.Where(line => (string?)line["topic"] == topic).Select(line => (string)line["bytes"]!).ToList();
            var sent = published.Where(one => one.Topic == topic).Select(one => Convert.ToBase64String(one.Bytes)).ToList();
            Assert.That(read, Has.Count.GreaterThan(topic == "/diagnostics" ? 1 : 50), topic);
            Assert.That(read, Is.EqualTo(sent.SkipWhile(bytes => bytes != read[0]).Take(read.Count)), $"{topic}: from the first that was recorded to the last, each as it was published");
        }
        var way = lines.Where(line => (string?)line["topic"] == "/odom").Select(line => (double)line["message"]!["pose"]!["pose"]!["position"]!["x"]!).ToList();
        Assert.That(way.Max() - way.Min(), Is.GreaterThan(0.1), "it drove meanwhile");
    }

    private static void RequireRecorder()
    {
        if (!File.Exists(Recorder)) Peer.Missing("no rosbag (apt-get install python3-rosbag)");
    }

    private List<JsonNode> Read(string bag) =>
        [.. Peer.Run(RosMaster.Python, [Repository.PathOf("tests/RobotWorker.Integration/peers/ros1/bag.py"), bag], environment: master.Environment).Require()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
}
