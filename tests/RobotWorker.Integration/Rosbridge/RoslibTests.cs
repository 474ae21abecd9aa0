using System.Text.Json.Nodes;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Rosbridge;

/// <summary>npm's roslib, which shares no code with us, drives the simulated robot by our rosbridge server.</summary>
[TestFixture]
public sealed class RoslibTests
{
    private const string PeerFolder = "tests/RobotWorker.Integration/peers/roslib";

    [TestCase("ros2")]
    [TestCase("ros1")]
    public void Roslib_DrivesTheServedRobot(string dialect)
    {
        Simulator.Require();
        var node = Peer.Require("node", "apt-get install nodejs");
        var peer = NodePackages.Require(PeerFolder);
        using var served = LiveCommand.Start(
            "sim", "serve", Repository.PathOf("sim/scenes/kitchen.yaml"), "--rosbridge", "127.0.0.1:0", "--dialect", dialect, "--rate", "2", "--noise", "off");
        served.WaitFor("serving", "ws://");
        var address = served.Output.Split('\n').Single(line => line.Contains("ws://", StringComparison.Ordinal)).Split(" at ")[^1].Trim();

        var seen = JsonNode.Parse(Peer.Run(node, ["drive.mjs", address, dialect], peer).Require())!;
        served.Send("INT");
        var end = served.End();

        Assert.Multiple(() =>
        {
            Assert.That(seen["chat"]!.ToJsonString(), Is.EqualTo(Json("""{"first":"größer 😀","inOrder":true,"count":1001}""")));
            Assert.That(seen["lamp"]!.ToJsonString(), Is.EqualTo("""{"success":true,"message":"on"}"""));
            Assert.That((string?)seen["noService"]!["failed"], Does.Contain("nobody offers '/lammp'; did you mean '/lamp'?"));
            Assert.That(seen["parameter"]!.ToJsonString(), Is.EqualTo("""{"most":0.5}"""));
            Assert.That(seen["parameters"]!.ToJsonString(), Is.EqualTo("""["/speed/most","/use_sim_time"]"""));
            Assert.That(seen["deleted"], Is.Null);
            Assert.That((string?)seen["jointStates"], Is.EqualTo(dialect == "ros1" ? "sensor_msgs/JointState" : "sensor_msgs/msg/JointState"));
            Assert.That(seen["services"]!.ToJsonString(), Is.EqualTo("""["/protective_stop","/protective_stop_release"]"""));
            Assert.That((string?)seen["serviceType"], Is.EqualTo(dialect == "ros1" ? "std_srvs/Trigger" : "std_srvs/srv/Trigger"));
            Assert.That(seen["typed"]!.ToJsonString(), Is.EqualTo("""["/joint_states"]"""));
            Assert.That((string?)seen["decoded"]!["pose"]!["position"]!["x"], Is.EqualTo("float64"));
            Assert.That((int)seen["descriptionLength"]!, Is.GreaterThan(1000));
            Assert.That((bool)seen["png"]!, "the description came the same as pixels");
            Assert.That((bool)seen["cbor"]!, "the description came the same in CBOR");
            Assert.That(seen["cborJoints"]!.ToJsonString(), Is.EqualTo("""{"names":10,"positions":10,"kind":"Float64Array"}"""));
            Assert.That(seen["cborRaw"]!.ToJsonString(), Is.EqualTo("""{"bytes":true,"stamped":true}"""));
            Assert.That((bool)seen["fragments"]!, "the description came the same in pieces");
            Assert.That((int)seen["throttled"]!, Is.InRange(1, 5), "at most every half second of two");
            Assert.That((int)seen["gripper"]!["feedback"]!, Is.GreaterThan(0));
        });
        if (dialect == "ros1") AssertRos1(seen);
        else AssertRos2(seen);
        Assert.That(end.ExitCode, Is.EqualTo(130));
        Assert.That(end.Output, Does.Contain("came (2 clients)").And.Contain("(0 clients)"));
    }

    private static void AssertRos2(JsonNode seen) => Assert.Multiple(() =>
    {
        Assert.That(seen["actionServers"]!.ToJsonString(), Does.Contain("/navigate_to_pose"));
        Assert.That((double)seen["gripper"]!["result"]!["position"]!, Is.EqualTo(0.02).Within(0.002));
        Assert.That((string?)seen["cancelled"]!["failed"], Does.Contain("anceled"));
        Assert.That((string?)seen["absent"]!["failed"], Does.Contain("nobody offers the action '/nobody'"));
        Assert.That((double)seen["served"]!["result"]!["position"]!, Is.EqualTo(0.04));
        Assert.That((int)seen["served"]!["feedback"]!, Is.EqualTo(1));
        Assert.That((string?)seen["servedFailed"]!["failed"], Does.Contain("borted"));
        Assert.That((string?)seen["servedCancelled"]!["failed"], Does.Contain("anceled"));
    });

    private static void AssertRos1(JsonNode seen) => Assert.Multiple(() =>
    {
        Assert.That((double)seen["gripper"]!["result"]!["position"]!, Is.EqualTo(0.02).Within(0.002));
        Assert.That((int)seen["cancelled"]!["feedback"]!, Is.GreaterThan(0), "it was cancelled while it drove");
        Assert.That((int)seen["cancelled"]!["status"]!, Is.EqualTo(2).Or.EqualTo(6), "preempted, or the status overtook the result: preempting");
    });

    // JsonNode writes what is not ASCII as escapes.
    private static string Json(string text) => JsonNode.Parse(text)!.ToJsonString();
}
