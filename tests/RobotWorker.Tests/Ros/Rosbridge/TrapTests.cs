using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Ros.Rosbridge;
using static RobotWorker.Ros.Rosbridge.RosbridgeProblemCode;
using RosString = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Tests.Ros.Rosbridge;

/// <summary>Every trap of rosbridge's wire, by its number in the project's notes on what the servers really do.</summary>
[TestFixture]
public sealed partial class TrapTests
{
    private const string Gripper = "/gripper";

    [Test]
    public void Trap01_AdvertisementAndSubscriptionDroppedSilently_AreFoundByAskingRosapi() => OnRosbridge.Run(async world =>
    {
        world.Server.TakesTopics = false;
        var robot = await world.ConnectAsync();

        using var publisher = robot.Advertise<RosString>("/chatter");
        using var subscription = robot.Subscribe<Twist>("/cmd_vel", _ => { });
        await world.Until(() => world.Has(TopicMissing, "/chatter") && world.Has(TopicMissing, "/cmd_vel"), "both are missed");

        Assert.That(world.Problems.Find(problem => problem.Subject == "/cmd_vel")!.Right, Does.Contain("geometry_msgs/msg/Twist"));
    });

    [Test]
    public void Trap01_TypeConflict_IsNamedWithBothTypes() => OnRosbridge.Run(async world =>
    {
        world.Server.Topics["/chatter"] = "std_msgs/msg/Int32";
        var robot = await world.ConnectAsync();

        using var subscription = robot.Subscribe<RosString>("/chatter", _ => { });
        await world.Until(() => world.Has(TypeDiffers, "/chatter"), "the conflict is found");

        var problem = world.Problems.Find(problem => problem.Code == TypeDiffers)!;
        Assert.That(problem.Found, Does.Contain("std_msgs/msg/Int32"));
        Assert.That(problem.Right, Does.Contain("std_msgs/msg/String"));
    });

    [Test]
    public void Trap01_WhatIsThere_IsNoProblem() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();

        using var publisher = robot.Advertise<RosString>("/chatter");
        await world.Until(() => robot.Topics.Any(topic => topic.Name == "/rosout"), "rosapi was asked");
        await world.Pause(0.3);

        Assert.That(world.Problems, Is.Empty);
        Assert.That(robot.Topics.Select(topic => (topic.Name, topic.RosType)),
            Is.EqualTo([("/chatter", "std_msgs/msg/String"), ("/rosout", "rcl_interfaces/msg/Log")]));
    });

    [Test]
    public void Trap01_NoRosapi_IsSaidAndADialectTaken() => OnRosbridge.Run(async world =>
    {
        world.Server.HasRosapi = false;
        var robot = await world.ConnectAsync();
        await world.Until(() => world.Has(NoRosapi), "the missing rosapi is found");

        Assert.That(world.Has(DialectUnknown));
        Assert.That(robot.Dialect, Is.EqualTo(RosDialect.Ros2));
    });

    [Test]
    public void Trap01_ServiceThatNobodyAnswers_EndsByItsDeadline_AndAStatusIsPassedOn() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();

        var call = robot.CallServiceAsync<Trigger.Request, Trigger.Response>("/reset", new(), TimeSpan.FromMilliseconds(100));
        var failure = await Failure(call);
        world.Server.Send("""{"op":"status","level":"error","msg":"no such type"}""");
        await world.Until(() => world.Has(ServerStatus, "error"), "a status of servers that send one is seen");

        Assert.That(failure.Failure, Is.EqualTo(ServiceFailure.Deadline));
    });

    [Test]
    public void Trap02_FragmentsWithAFractionalTotalAndIntegerIds_BecomeWhole() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        var heard = new List<string>();
        robot.Subscribe(MessageType.Of<RosString>(), "/chatter", message => heard.Add(message.Data), new SubscribeOptions { FragmentBytes = 40 });
        await world.Until(() => world.Server.Ops("subscribe").Count > 0, "it is subscribed");
        Assert.That((int)world.Server.Ops("subscribe")[0]["fragment_size"]!, Is.EqualTo(40));

        var whole = """{"op":"publish","topic":"/chatter","msg":{"data":"schön"}}""";
        world.Server.Send(Fragment("0", 1, "2.566", whole[30..]));    // out of order
        world.Server.Send(Fragment("0", 0, "2.566", whole[..30]));
        await world.Until(() => heard.Count == 1, "the message is whole");

        // Sticky: from now on everything on the connection comes in pieces, a response too.
        world.Server.On("call_service", (peer, op) =>
        {
            if ((string)op["service"]! != "/reset") return false;
            var answer = new JsonObject { ["op"] = "service_response", ["id"] = (string)op["id"]!, ["result"] = true, ["values"] = new JsonObject { ["success"] = true, ["message"] = "ok" } }.ToJsonString();
            peer.Send(Fragment("\"r\"", 0, "2", answer[..20]));
            peer.Send(Fragment("\"r\"", 1, "2", answer[20..]));
            return true;
        });
        var response = await robot.CallServiceAsync<Trigger.Request, Trigger.Response>("/reset", new(), TimeSpan.FromSeconds(5));

        Assert.That(heard, Is.EqualTo(["schön"]));
        Assert.That(response.Message, Is.EqualTo("ok"));
    });

    [Test]
    public void Trap03_QueueLength_TheMostGenerousOfOursCounts_AndABurstOf5000LosesNothing() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        var (all, few) = (new List<string>(), 0);
        robot.Subscribe(MessageType.Of<RosString>(), "/burst", _ => few++, new SubscribeOptions { QueueLength = 1 });
        robot.Subscribe<RosString>("/burst", message => all.Add(message.Data));
        await world.Until(() => world.Server.Ops("subscribe").Count == 2, "both are said");

        var said = world.Server.Ops("subscribe");
        Assert.That(said.Select(op => (int)op["queue_length"]!), Is.EqualTo([1, 0]));
        Assert.That(said.Select(op => (string)op["id"]!).Distinct().Count(), Is.EqualTo(1), "one subscription there, replaced: two would take the minimum");

        _ = Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++) world.Server.Publish("/burst", $$"""{"data":"{{i}}"}""");
        });
        await world.Until(() => all.Count == 5000, "everything came");

        Assert.That(all, Is.EqualTo(Enumerable.Range(0, 5000).Select(i => i.ToString(CultureInfo.InvariantCulture))));
        Assert.That(few, Is.EqualTo(5000));
    });

    [TestCase(1, "std_msgs/String", "std_srvs/Trigger")]
    [TestCase(2, "std_msgs/msg/String", "std_srvs/srv/Trigger")]
    public void Trap05_TypeNames_AreSpelledAsTheServerWantsThem(int version, string message, string service) => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();

        robot.Advertise<RosString>("/a");
        robot.Subscribe<RosString>("/b", _ => { });
        robot.AdvertiseService<Trigger.Request, Trigger.Response>("/c", (_, _) => Task.FromResult(new Trigger.Response()));
        await world.Until(() => world.Server.Received.Count == 3, "all is said");

        Assert.That(world.Server.Received.Select(op => (string)op["type"]!), Is.EqualTo([message, message, service]));
    }, version);

    [TestCase(1, """{"seq":0,"stamp":{"secs":3,"nsecs":5},"frame_id":"map"}""")]
    [TestCase(2, """{"stamp":{"sec":3,"nanosec":5},"frame_id":"map"}""")]
    public void Trap06_TimeAndHeader_HaveTheServersNames(int version, string header) => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        var publisher = robot.Advertise<PointStamped>("/point");
        var heard = new List<PointStamped>();
        robot.Subscribe<PointStamped>("/point", heard.Add);

        var sent = new PointStamped { Header = new() { Stamp = new() { Sec = 3, Nanosec = 5 }, FrameId = "map" } };
        publisher.Publish(sent);
        await world.Until(() => world.Server.Ops("publish").Count == 1, "it is published");
        world.Server.Publish("/point", world.Server.Ops("publish")[0]["msg"]!.ToJsonString());
        await world.Until(() => heard.Count == 1, "it comes back");

        Assert.That(world.Server.Ops("publish")[0]["msg"]!["header"]!.ToJsonString(), Is.EqualTo(header));
        Assert.That(heard[0], Is.EqualTo(sent));
    }, version);

    [TestCase("\"AQL/\"")]
    [TestCase("[1,2,255]")]
    public void Trap07_Octets_LeaveAsBase64_AndComeAsEither(string incoming) => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        var publisher = robot.Advertise<CompressedImage>("/image");
        var heard = new List<CompressedImage>();
        robot.Subscribe<CompressedImage>("/image", heard.Add);

        publisher.Publish(new() { Format = "png", Data = [1, 2, 255] });
        await world.Until(() => world.Server.Ops("publish").Count == 1, "it is published");
        Assert.That((string?)world.Server.Ops("publish")[0]["msg"]!["data"], Is.EqualTo("AQL/"));

        world.Server.Publish("/image", $$"""{"format":"png","data":{{incoming}}}""");
        await world.Until(() => heard.Count == 1, "it comes");
        Assert.That(heard[0].Data, Is.EqualTo(new byte[] { 1, 2, 255 }));

        world.Server.Publish("/image", """{"format":"png","data":[300]}""");
        await world.Until(() => world.Has(Undecodable, "/image"), "what is no octet is named");
        Assert.That(robot.Counts.Undecodable, Is.EqualTo(1));
    });

    [Test]
    public void Trap08_NaN_IsReadAsNullAndBare_AndAListThatTheServerWouldDropIsNamed() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        var publisher = robot.Advertise<JointState>("/joint_states");
        var heard = new List<JointState>();
        robot.Subscribe<JointState>("/joint_states", heard.Add);
        await world.Until(() => world.Server.Ops("subscribe").Count == 1, "it is subscribed");

        world.Server.Publish("/joint_states", """{"name":["a"],"position":[null,NaN,-Infinity,1.5]}""");
        await world.Until(() => heard.Count == 1, "it comes all the same");
        publisher.Publish(new() { Position = [1, double.NaN] });
        await world.Until(() => world.Has(NotCarried, "/joint_states"), "what JSON cannot carry is named");

        Assert.That(heard[0].Position, Is.EqualTo(ImmutableArray.Create(double.NaN, double.NaN, double.NegativeInfinity, 1.5)));
    });

    [Test]
    public void Trap09_SeveralOpsInOneFrame_AndJsonInABinaryOne_AreAllRead() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        var heard = new List<string>();
        robot.Subscribe<RosString>("/chatter", message => heard.Add(message.Data));
        await world.Until(() => world.Server.Ops("subscribe").Count == 1, "it is subscribed");

        var (one, two) = ("""{"op":"publish","topic":"/chatter","msg":{"data":"}{\""}}""", """{"op":"publish","topic":"/chatter","msg":{"data":"2"}}""");
        world.Server.Send(one + two);
        world.Server.Send(one + "\n " + two);
        world.Server.SendBinary(Encoding.UTF8.GetBytes(two));
        await world.Until(() => heard.Count == 5, "all came");

        Assert.That(heard, Is.EqualTo(["}{\"", "2", "}{\"", "2", "2"]));
    });

    [Test]
    public void Trap09_Int64_SurvivesBothWays() => OnRosbridge.Run(async world =>
    {
        // A double would turn it into 9223372036854775807 or ...5808.
        const string Extremes = "{\"goals\":[-9223372036854775808,9007199254740993,9223372036854775807]}";
        var type = MessageType.Of<Int64List>();
        var robot = await world.ConnectAsync();
        var heard = new List<Int64List>();
        var publisher = robot.Advertise(type, "/numbers");
        robot.Subscribe(type, "/numbers", message =>
        {
            heard.Add(message);
            publisher.Publish(message);
        });
        await world.Until(() => world.Server.Ops("subscribe").Count == 1, "it is subscribed");

        world.Server.Publish("/numbers", Extremes);
        await world.Until(() => world.Server.Ops("publish").Count == 1, "it came, and went back");

        Assert.That(world.Server.Ops("publish")[0]["msg"]!.ToJsonString(), Is.EqualTo(Extremes));
    });

    private static string Fragment(string id, int number, string total, string data) =>
        $$"""{"op":"fragment","id":{{id}},"num":{{number}},"total":{{total}},"data":{{JsonValue.Create(data).ToJsonString()}}}""";

    private static async Task<RosServiceException> Failure<T>(Task<T> call)
    {
        try
        {
            await call;
        }
        catch (RosServiceException failure)
        {
            return failure;
        }

        throw new AssertionException("the call succeeded");
    }
}
