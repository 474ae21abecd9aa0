using System.Text.Json.Nodes;
using RobotWorker.Recording.Mcap;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

/// <summary>The files of a real run, read by packages that share no code with their writer.</summary>
[TestFixture]
public sealed class PeerTests
{
    private static readonly string[] Required =
    [
        "/clock", "/robot_description", "/joint_states", "/tf", "/tf_static", "/odom", "/cmd_vel", "/diagnostics", "/detections", "/head_camera/camera_info",
        "/robotworker/events", "/navigate_to_pose/_action/status", "/arm_controller/follow_joint_trajectory/_action/status",
        "/gripper_controller/gripper_cmd/_action/status", "/head_controller/point_head_action/_action/status",
    ];

    [Test]
    [CancelAfter(240_000)]
    public void Recording_OfTheStory_IsDecodedMessageForMessage()
    {
        var peer = NodePackages.Require("tests/RobotWorker.Integration/peers/mcap");

        var output = Peer.Run(Peer.Require("node", "apt-get install nodejs"), ["read.mjs", "--count", Story.Run.Mcap], peer).Require();

        var decoded = JsonNode.Parse(output)!.AsObject().ToDictionary(p => p.Key, p => (int)p.Value!);
        var ours = McapReader.Read(Story.Run.Mcap);
        var written = ours.Messages.GroupBy(m => ours.Channels[m.Channel].Topic).ToDictionary(g => g.Key, g => g.Count());
        Assert.That(decoded, Is.EquivalentTo(written));
        Assert.That(Required.Except(decoded.Keys), Is.Empty);
        Assert.That(decoded["/robotworker/events"], Is.EqualTo(Story.Run.Result.Events.Length));
        Assert.That(decoded["/clock"], Is.EqualTo(Story.Trace.End.Seconds * 100).Within(2), "100 Hz");
    }

    [Test]
    public void Report_OfTheStory_IsWhatItsSchemaSays()
    {
        var peer = NodePackages.Require("tests/RobotWorker.Integration/peers/ajv");
        var schema = File.ReadAllText(Repository.PathOf("src/RobotWorker/Episodes/robotworker-report-v1.schema.json"));
        var report = File.ReadAllText(Story.Run.Result.Report.Files["report"]);
        var broken = report.Replace("\"succeeded\"", "\"fine\"", StringComparison.Ordinal);

        var answer = Peer.Run(
            Peer.Require("node", "apt-get install nodejs"), ["validate.mjs"], peer, $$"""{"schema": {{schema}}, "documents": [{{report}}, {{broken}}]}""").Require();

        Assert.That(answer, Is.EqualTo("[true,false]"));
    }
}
