using System.Text.Json;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;

namespace RobotWorker.Tests.Ros.Rosbridge.Server;

public sealed class RosapiTests
{
    [TestCase(RosDialect.Ros2, "sensor_msgs/msg/JointState")]
    [TestCase(RosDialect.Ros1, "sensor_msgs/JointState")]
    public void Topics_AreToldWithTheirTypes(RosDialect dialect, string type)
    {
        using var served = ServedGraph.On(dialect);
        served.Do(() => served.Robot.Advertise<JointState>("/joint_states"));
        var client = served.Connect();

        var topics = Ask(client, "topics", "{}");
        Assert.That(Texts(topics, "topics"), Is.EqualTo(["/joint_states"]));
        Assert.That(Texts(topics, "types"), Is.EqualTo([type]));
        Assert.That(Ask(client, "topic_type", """{"topic":"/joint_states"}""").GetProperty("type").GetString(), Is.EqualTo(type));
        Assert.That(Texts(Ask(client, "topics_for_type", $$"""{"type":"{{type}}"}"""), "topics"), Is.EqualTo(["/joint_states"]));
        Assert.That(Texts(Ask(client, "publishers", """{"topic":"/joint_states"}"""), "publishers"), Is.EqualTo(["/robot"]));
        Assert.That(Texts(Ask(client, "nodes", "{}"), "nodes"), Does.Contain("/robot").And.Contain("/rosapi"));
        Assert.That(Texts(Ask(client, "node_details", """{"node":"/robot"}"""), "publishing"), Is.EqualTo(["/joint_states"]));
    }

    [Test]
    public void Services_AreToldWithTheirTypesAndNodes()
    {
        using var served = new ServedGraph();
        var client = served.Connect();

        Assert.That(Texts(Ask(client, "services", "{}"), "services"), Does.Contain("/rosapi/topics"));
        Assert.That(Ask(client, "service_type", """{"service":"/rosapi/topics"}""").GetProperty("type").GetString(), Is.EqualTo("rosapi/srv/Topics"));
        Assert.That(Ask(client, "service_node", """{"service":"/rosapi/topics"}""").GetProperty("node").GetString(), Is.EqualTo("/rosapi"));
        Assert.That(Texts(Ask(client, "services_for_type", """{"type":"rosapi/Topics"}"""), "services"), Is.EqualTo(["/rosapi/topics"]));
        Assert.That(Ask(client, "get_ros_version", "{}").GetProperty("version").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public void MessageDetails_TellFieldsAndWhatTheyAreMadeOf()
    {
        using var served = new ServedGraph();
        served.Do(() => served.Robot.Advertise<Odometry>("/odom"));
        var types = Ask(served.Connect(), "message_details", """{"type":"nav_msgs/msg/Odometry"}""").GetProperty("typedefs").EnumerateArray().ToList();

        Assert.That(types[0].GetProperty("type").GetString(), Is.EqualTo("nav_msgs/Odometry"));
        Assert.That(Texts(types[0], "fieldnames"), Is.EqualTo(["header", "child_frame_id", "pose", "twist"]));
        Assert.That(Texts(types[0], "fieldtypes"), Is.EqualTo(["std_msgs/Header", "string", "geometry_msgs/PoseWithCovariance", "geometry_msgs/TwistWithCovariance"]));
        var covariant = types.Single(type => type.GetProperty("type").GetString() == "geometry_msgs/PoseWithCovariance");
        Assert.That(covariant.GetProperty("fieldarraylen").EnumerateArray().Select(length => length.GetInt32()), Is.EqualTo([-1, 36]));
    }

    [Test]
    public void MessageDetails_OnRos1_AreRos1s()
    {
        using var served = ServedGraph.On(RosDialect.Ros1);
        var types = Ask(served.Connect(), "message_details", """{"type":"std_msgs/Header"}""").GetProperty("typedefs").EnumerateArray().ToList();

        Assert.That(Texts(types[0], "fieldnames"), Is.EqualTo(["seq", "stamp", "frame_id"]));
        Assert.That(Texts(types[0], "fieldtypes"), Is.EqualTo(["uint32", "time", "string"]));
    }

    [Test]
    public void Details_OfATypeThatIsUnknown_AreRefusedWithTheNearest()
    {
        using var served = new ServedGraph();
        var client = served.Connect();

        client.Send("""{"op":"call_service","service":"/rosapi/message_details","args":{"type":"nav_msgs/Odometri"}}""");

        var answer = client.Next("service_response");
        Assert.That(answer.GetProperty("result").GetBoolean(), Is.False);
        Assert.That(answer.GetProperty("values").GetString(), Does.Contain("did you mean 'nav_msgs/Odometry'?"));
    }

    [Test]
    public void Parameters_AreKept()
    {
        using var served = new ServedGraph();
        var client = served.Connect();

        Ask(client, "set_param", """{"name":"/speed","value":"0.5"}""");
        Assert.That(Ask(client, "get_param", """{"name":"speed"}""").GetProperty("value").GetString(), Is.EqualTo("0.5"));
        Assert.That(Ask(client, "has_param", """{"name":"/speed"}""").GetProperty("exists").GetBoolean());
        Assert.That(Texts(Ask(client, "get_param_names", "{}"), "names"), Is.EqualTo(["/speed", "/use_sim_time"]));
        Ask(client, "delete_param", """{"name":"/speed"}""");
        Assert.That(Ask(client, "get_param", """{"name":"/speed","default_value":"[1]"}""").GetProperty("value").GetString(), Is.EqualTo("[1]"));
        Assert.That(Ask(client, "get_param", """{"name":"/nothing"}""").GetProperty("value").GetString(), Is.EqualTo("null"));
        Assert.That(Ask(client, "get_param", """{"name":"/use_sim_time"}""").GetProperty("value").GetString(), Is.EqualTo("true"));
    }

    [Test]
    public void Parameters_AreATree_AsOnARos1Master()
    {
        using var served = new ServedGraph();
        var client = served.Connect();
        string? Get(string name) => Ask(client, "get_param", $$"""{"name":"{{name}}"}""").GetProperty("value").GetString();

        Ask(client, "set_param", """{"name":"/arm/speed","value":"{\"most\": 0.5, \"usual\": {\"slow\": 0.1}}"}""");
        Assert.That(Get("/arm"), Is.EqualTo("""{"speed":{"most":0.5,"usual":{"slow":0.1}}}"""));
        Assert.That(Get("/arm/speed/usual/slow"), Is.EqualTo("0.1"));
        Ask(client, "set_param", """{"name":"/arm/speed/usual","value":"[1]"}""");
        Assert.That(Get("/arm/speed"), Is.EqualTo("""{"most":0.5,"usual":[1]}"""));
        Ask(client, "set_param", """{"name":"/arm","value":"\"folded\""}""");
        Assert.That(Get("/arm/speed/most"), Is.EqualTo("null"));
        Ask(client, "set_param", """{"name":"/arm/speed","value":"1"}""");
        Assert.That(Get("/arm"), Is.EqualTo("""{"speed":1}"""));
        Ask(client, "delete_param", """{"name":"/arm"}""");
        Assert.That(Texts(Ask(client, "get_param_names", "{}"), "names"), Is.EqualTo(["/use_sim_time"]));
    }

    private static JsonElement Ask(RawClient client, string service, string args)
    {
        client.Send($$"""{"op":"call_service","service":"/rosapi/{{service}}","args":{{args}} }""");
        var answer = client.Next("service_response");
        Assert.That(answer.GetProperty("result").GetBoolean(), answer.ToString());
        return answer.GetProperty("values");
    }

    private static string?[] Texts(JsonElement values, string field) => [.. values.GetProperty(field).EnumerateArray().Select(text => text.GetString())];
}
