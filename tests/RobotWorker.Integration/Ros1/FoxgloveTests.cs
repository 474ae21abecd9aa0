using System.Text.Json.Nodes;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Ros1;

/// <summary>TCPROS with a second, independent implementation: npm's @foxglove/ros1, in both directions.</summary>
[TestFixture]
public sealed class FoxgloveTests
{
    private RosMaster master = null!;

    [OneTimeSetUp]
    public void StartMaster() => master = RosMaster.Start();

    [OneTimeTearDown]
    public void StopMaster() => master?.Dispose();

    [Test]
    public void Topics_BothWays_AreTheSame()
    {
        var folder = NodePackages.Require("tests/RobotWorker.Integration/peers/foxglove-ros1");
        Ros1Bench.Run(master, async bench =>
        {
            using var peer = LivePeer.Start(Peer.Require("node", "apt-get install nodejs"), [Path.Combine(folder, "peer.mjs")], master.Environment, folder);
            await bench.Until(() => peer.Count("ready") == 1, () => peer.Output);
            var robot = await bench.Node("robot");
            var heard = new List<JointState>();
            robot.Subscribe<JointState>("/js/joints", heard.Add);
            var joints = robot.Advertise<JointState>("/cs/joints");
            await bench.Until(() => joints.SubscriberCount == 1 && robot.PublisherCount("/js/joints") == 1, () => peer.Output);

            for (var i = 0; i < 100; i++)
                joints.Publish(new() { Header = new() { Stamp = new() { Sec = i }, FrameId = "cs" }, Name = ["a", "茶"], Position = [i * 0.1, double.Epsilon], Velocity = [] });
            peer.Say("publish 100");
            await bench.Until(() => heard.Count == 100 && peer.Count("published") == 1, () => $"{heard.Count} heard\n{peer.Output}");
            await bench.Until(() => peer.Lines.Count(line => line.StartsWith("heard ", StringComparison.Ordinal)) == 100, () => peer.Output);

            var lines = peer.Lines.Where(line => line.StartsWith("heard ", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line[6..])!).ToList();
            Assert.That(lines.Select(line => (int)line["seconds"]!), Is.EqualTo(Enumerable.Range(0, 100)));
            Assert.That(JsonNode.DeepEquals(lines[3], JsonNode.Parse("""{"seconds":3,"frame":"cs","name":["a","茶"],"position":[0.30000000000000004,5e-324],"velocity":[]}""")), () => lines[3].ToJsonString());
            Assert.That(heard.Select(message => message.Header.Stamp.Sec), Is.EqualTo(Enumerable.Range(0, 100)));
            Assert.That(heard[5], Is.EqualTo(new JointState
            {
                Header = new() { Stamp = new() { Sec = 5, Nanosec = 7 }, FrameId = "js" }, Name = ["elbow", "ß"], Position = [2.5, -5], Velocity = [], Effort = [double.MaxValue],
            }).Using<JointState>((one, other) => one.Name.SequenceEqual(other.Name) && one.Position.SequenceEqual(other.Position) && one.Effort.SequenceEqual(other.Effort)
                && one.Header.Stamp == other.Header.Stamp && one.Header.FrameId == other.Header.FrameId));
            Assert.That(bench.Problems, Is.Empty);
        });
    }
}
