using System.Reflection;
using System.Text.Json.Nodes;
using RobotWorker.Chance;
using RobotWorker.Execution.Core;
using RobotWorker.Recording;
using RobotWorker.Recording.Mcap;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Integration.Recording;

/// <summary>What the recorder writes, read by packages that share no code with it: @mcap/core and @foxglove/rosmsg2-serialization.</summary>
[TestFixture]
public sealed class McapPeerTests
{
    private const int MessagesEach = 5;

    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("robotworker mcap ").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [TestCase("")]
    [TestCase("--scan")]
    public void Recording_EveryMessageType_IsReadBackMessageForMessage(string how)
    {
        var path = Path.Combine(folder, "episode.mcap");
        var written = Record(path);

        var lines = ReadWithPeer(how, path);

        var read = lines.Where(line => (string?)line["kind"] == "message").ToList();
        Assert.That(written, Has.Count.GreaterThan(60 * MessagesEach), "every type of the library takes part");
        Assert.That(written.Select(line => (string?)line["schema"]), Does.Contain("nav2_msgs/action/NavigateToPose_FeedbackMessage"));
        Assert.That(read, Has.Count.EqualTo(written.Count));
        Assert.Multiple(() =>
        {
            foreach (var (expected, actual) in written.Zip(read))
                Assert.That(JsonNode.DeepEquals(expected, actual), () => $"written {expected.ToJsonString()}\nbut read {actual.ToJsonString()}");
        });
    }

    [Test]
    public void Recording_WhatItWasMadeFrom_IsFoundByThePeer()
    {
        var path = Path.Combine(folder, "episode.mcap");
        var written = Record(path);

        var lines = ReadWithPeer("", path);

        var metadata = lines.Single(line => (string?)line["kind"] == "metadata")["metadata"]!;
        var statistics = lines.Single(line => (string?)line["kind"] == "statistics");
        var header = lines.Single(line => (string?)line["kind"] == "header");
        var latched = lines.Single(line => (string?)line["kind"] == "channel" && (string?)line["topic"] == "/std_msgs/msg/String");
        var plan = lines.Single(line => (string?)line["kind"] == "attachment");
        Assert.Multiple(() =>
        {
            Assert.That((string?)header["profile"], Is.EqualTo("ros2"));
            Assert.That((string?)metadata["seed"], Is.EqualTo("18446744073709551615"));
            Assert.That((string?)metadata["simulator"], Is.EqualTo("MuJoCo 2.2.2"));
            Assert.That((string?)statistics["messageCount"], Is.EqualTo($"{written.Count}"));
            Assert.That((int?)statistics["chunkCount"], Is.GreaterThan(1));
            Assert.That((string?)latched["metadata"]!["offered_qos_profiles"], Does.Contain("durability: 1").And.Contain("depth: 1"));
            Assert.That((string?)plan["name"], Is.EqualTo("plan.yaml"));
            Assert.That((string?)plan["text"], Is.EqualTo("plan: robotworker/v1 # Küche\n"));
        });
    }

    /// <summary>Records several invented messages of every message type that the library has.</summary>
    /// <returns>What the peer should print, in the order of the file.</returns>
    private static List<JsonNode> Record(string path)
    {
        var now = RobotTime.Zero;
        var expected = new List<JsonNode>();
        var random = RandomStream.For(7, "mcap", "messages");
        using var recorder = new EpisodeRecorder(
            path, () => now, new EpisodeInfo("e1", "tidy-table", ulong.MaxValue, "mobile", "mujoco", "MuJoCo 2.2.2", "implicit"));
        recorder.Attach("plan.yaml", "application/yaml", "plan: robotworker/v1 # Küche\n");
        for (var i = 0u; i < MessagesEach; i++)
        {
            foreach (var type in MessageTypes())
            {
                now += TimeSpan.FromMilliseconds(37);
                var message = Invent(type, random);
                var topic = new TopicInfo("/" + message.TypeName, message.TypeName, message.TypeDefinition, Qos.Latched);
                recorder.Saw(new TappedMessage(topic, message, i + 1));
                expected.Add(Line(topic.Name, message.TypeName, "cdr", i, now, ExpectingWriter.Expect(message)));
            }
            now += TimeSpan.FromMilliseconds(1);
            recorder.Happened(new Event.StopAsked(TimeSpan.FromSeconds(i), now, "Küche \"brennt\""));
            var @event = new JsonObject
            {
                ["$type"] = "stop_asked",
                ["reason"] = "Küche \"brennt\"",
                ["at"] = $"00:00:0{i}",
                ["now"] = new JsonObject { ["nanoseconds"] = (double)now.Nanoseconds },
            };
            expected.Add(Line(EpisodeRecorder.EventTopic, "robotworker.Event", "json", i, now, @event));
        }
        return expected;
    }

    private static JsonObject Line(string topic, string schema, string encoding, uint sequence, RobotTime at, JsonObject message) => new()
    {
        ["kind"] = "message",
        ["topic"] = topic,
        ["schema"] = schema,
        ["encoding"] = encoding,
        ["sequence"] = (double)sequence,
        ["logTime"] = $"{at.Nanoseconds}",
        ["publishTime"] = $"{at.Nanoseconds}",
        ["message"] = message,
    };

    // Every `.msg`, and what each action puts on its topics; services are not recorded.
    private static IEnumerable<MessageType> MessageTypes() => RosTypes.Messages.Concat(RosTypes.Actions.SelectMany(action => action.Accept(new TopicsOfAnAction())));

    private static IRosMessage Invent(MessageType type, RandomStream random) => type.Accept(new Inventor(random));

    private sealed class TopicsOfAnAction : IActionTypeVisitor<MessageType[]>
    {
        public MessageType[] Visit<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type)
            where TGoal : IRosMessage
            where TResult : IRosMessage
            where TFeedback : IRosMessage =>
            [SendGoalRequest.TypeOf(type.Goal), GoalResult.TypeOf(type.Result), FeedbackMessage.TypeOf(type.Feedback)];
    }

    private sealed class Inventor(RandomStream random) : IMessageTypeVisitor<IRosMessage>
    {
        public IRosMessage Visit<T>(MessageType<T> type) where T : IRosMessage => InventingReader.Invent(type, random);
    }

    private static List<JsonNode> ReadWithPeer(string how, string path)
    {
        var peer = NodePackages.Require("tests/RobotWorker.Integration/peers/mcap");
        string[] arguments = how.Length == 0 ? ["read.mjs", path] : ["read.mjs", how, path];
        var output = Peer.Run(Peer.Require("node", "apt-get install nodejs"), arguments, peer).Require();
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
