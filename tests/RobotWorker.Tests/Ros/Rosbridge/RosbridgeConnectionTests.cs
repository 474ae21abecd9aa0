using System.Text.Json.Nodes;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Ros.Rosbridge;
using static RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction;
using static RobotWorker.Ros.Rosbridge.RosbridgeProblemCode;
using Progress = RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction.Feedback;
using RosString = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Tests.Ros.Rosbridge;

/// <summary>The client of a rosbridge server in the ordinary course, and when the link is what misbehaves.</summary>
[TestFixture]
public sealed class RosbridgeConnectionTests
{
    [TestCase(1, RosDialect.Ros1)]
    [TestCase(2, RosDialect.Ros2)]
    public void Dialect_IsFoundByAsking(int version, RosDialect dialect) => OnRosbridge.Run(async world =>
        Assert.That((await world.ConnectAsync()).Dialect, Is.EqualTo(dialect)), version);

    [Test]
    public void Dialect_Set_IsNotAsked() => OnRosbridge.Run(async world =>
        Assert.That((await world.ConnectAsync(OnRosbridge.Quick with { Dialect = RosDialect.Ros1 })).Dialect, Is.EqualTo(RosDialect.Ros1)));

    [Test]
    public void RefusedConnection_IsAStateAndAReason_AndIsTriedAgain() => OnRosbridge.Run(async world =>
    {
        var port = world.Server.Port;
        world.Server.Dispose();
        using var robot = RosbridgeConnection.Connect(new($"ws://127.0.0.1:{port}"), "worker", world.Ros, OnRosbridge.Quick);
        robot.ProblemFound += world.Problems.Add;
        await world.Until(() => world.Has(LinkLost), "the refusal is told");
        Assert.That(robot.Link, Is.EqualTo(LinkState.Connecting));
        Assert.That(world.Problems[0].Found, Does.Contain("refused").IgnoreCase);
        Assert.That(world.Problems[0].Right, Does.StartWith("it is tried again in"));

        world.Server = new(port: port);
        await world.Until(() => robot.Link == LinkState.Up, "the server is there now");
        robot.Dispose();

        Assert.That(robot.Link, Is.EqualTo(LinkState.Closed));
    });

    [Test]
    public void HalfOpenLink_IsFoundWithinItsDeadline() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync(OnRosbridge.Quick with { SilenceDeadline = TimeSpan.FromSeconds(1) });
        await world.Pause(1.5);
        Assert.That(robot.Link, Is.EqualTo(LinkState.Up), "an idle link is no silent one");

        world.Server.Freeze();
        var start = TimeProvider.System.GetTimestamp();
        await world.Until(() => robot.Link != LinkState.Up, "the silence is found");

        Assert.That(TimeProvider.System.GetElapsedTime(start).TotalSeconds, Is.GreaterThan(0.2).And.LessThan(15));
        Assert.That(world.Problems.Find(problem => problem.Code == LinkLost)!.Found, Does.Contain("nothing was heard for 1 s"));
    });

    [Test]
    public void Token_IsSentAsBearer() => OnRosbridge.Run(async world =>
    {
        await world.ConnectAsync(OnRosbridge.Quick with { Token = "secret" });

        Assert.That(world.Server.Handshake, Does.Contain("Authorization: Bearer secret\r\n"));
    });

    [Test]
    public void Service_ErrorAnswer_IsAFailureThatNamesIt() => OnRosbridge.Run(async world =>
    {
        world.Server.On("call_service", (peer, op) =>
        {
            if ((string)op["service"]! is not ("/broken" or "/absent")) return false;
            peer.Answer(op, (string)op["service"]! == "/broken" ? "the motor is hot" : "Service /absent does not exist", result: false);
            return true;
        });
        var robot = await world.ConnectAsync();

        var broken = await Failure(robot.CallServiceAsync<Trigger.Request, Trigger.Response>("/broken", new(), TimeSpan.FromSeconds(5)));
        var absent = await Failure(robot.CallServiceAsync<Trigger.Request, Trigger.Response>("/absent", new(), TimeSpan.FromSeconds(5)));

        Assert.That((broken.Failure, absent.Failure), Is.EqualTo((ServiceFailure.Failed, ServiceFailure.NoServer)));
        Assert.That(broken.Message, Does.Contain("the motor is hot"));
    });

    [Test]
    public void Service_CalledWhileTheLinkIsDown_IsNotSent() => OnRosbridge.Run(async world =>
    {
        world.Server.Dispose();
        var robot = world.Begin();

        var failure = await Failure(robot.CallServiceAsync<Trigger.Request, Trigger.Response>("/reset", new(), TimeSpan.FromSeconds(5)));

        Assert.That(failure.Failure, Is.EqualTo(ServiceFailure.NoServer));
        Assert.That(failure.Message, Does.Contain("nothing was sent"));
    });

    [Test]
    public void Service_OfOurs_AnswersCallsAndRefusesWhatItCannotRead() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        robot.AdvertiseService<SetBool.Request, SetBool.Response>("/light", (request, _) => Task.FromResult(new SetBool.Response { Success = true, Message = request.Data ? "on" : "off" }));
        await world.Until(() => world.Server.Ops("advertise_service").Count == 1, "it is offered");

        world.Server.Send("""{"op":"call_service","id":"/light:0","service":"/light","args":{"data":true}}""");
        world.Server.Send("""{"op":"call_service","id":7,"service":"/light","args":[false]}""");
        world.Server.Send("""{"op":"call_service","id":"c","service":"/light","args":{"data":"maybe"}}""");
        await world.Until(() => world.Server.Ops("service_response").Count == 3, "all are answered");

        var answers = world.Server.Ops("service_response").ToDictionary(op => (string)op["id"]!);
        Assert.That(answers["/light:0"]["values"]!.ToJsonString(), Is.EqualTo("""{"success":true,"message":"on"}"""));
        Assert.That((string?)answers["7"]["values"]!["message"], Is.EqualTo("off"));
        Assert.That((bool)answers["c"]["result"]!, Is.False);
        Assert.That((string?)answers["c"]["values"], Does.Contain("data"));
    });

    [Test]
    public void Handler_ThatThrows_EndsTheLoopsRunByName_NotTheReceivingInSilence()
    {
        var error = Assert.Throws<InvalidOperationException>(() => OnRosbridge.Run(async world =>
        {
            var robot = await world.ConnectAsync();
            robot.Subscribe<RosString>("/chatter", _ => throw new InvalidOperationException("the handler's own mistake"));
            await world.Until(() => world.Server.Ops("subscribe").Count == 1, "it is subscribed");
            world.Server.Publish("/chatter", """{"data":"1"}""");
            await world.Until(() => false, "the run ends here");
        }));

        Assert.That(error!.Message, Is.EqualTo("the handler's own mistake"));
    }

    [Test]
    public void Action_OfOurs_RunsGoalsOfTheServersClients() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        var handler = new Fingers(world.Ros.Time);
        robot.AdvertiseAction<Goal, Result, Progress>("/gripper", handler);
        await world.Until(() => world.Server.Ops("advertise_action").Count == 1, "it is offered");

        world.Server.Send("""{"op":"send_action_goal","id":"g:1","action":"/gripper","action_type":"x","args":{"command":{"position":0.02}},"feedback":true}""");
        await world.Until(() => world.Server.Ops("action_feedback").Count == 1, "it runs");
        world.Server.Send("""{"op":"cancel_action_goal","id":"g:1","action":"/gripper"}""");
        await world.Until(() => world.Server.Ops("action_result").Count == 1, "it ends");
        handler.Takes = false;
        world.Server.Send("""{"op":"send_action_goal","id":"g:2","action":"/gripper","action_type":"x","args":{"command":{"position":0.02}}}""");
        await world.Until(() => world.Server.Ops("action_result").Count == 2, "it is refused");

        var (canceled, refused) = (world.Server.Ops("action_result")[0], world.Server.Ops("action_result")[1]);
        Assert.That(((string?)canceled["id"], (int)canceled["status"]!, (bool)canceled["result"]!), Is.EqualTo(("g:1", 5, true)));
        Assert.That(((string?)refused["id"], (bool)refused["result"]!), Is.EqualTo(("g:2", false)));
    });

    [Test]
    public void Ros1_ActionGoesOverActionlibsTopics() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        var client = robot.ActionClient<Goal, Result, Progress>("/gripper");
        var goal = client.Send(new(1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 1), new() { Command = new() { Position = 0.02 } });
        await world.Until(() => world.Server.Ops("subscribe").Count == 3, "its topics are subscribed");
        await world.Pause(0.05);
        Assert.That(world.Server.Ops("publish"), Is.Empty, "nobody is there to hear it");

        world.Server.Publish("/gripper/status", """{"header":{"seq":1,"stamp":{"secs":1,"nsecs":0},"frame_id":""},"status_list":[]}""");
        await world.Until(() => world.Server.Ops("publish").Count == 1, "now it is sent");
        var sent = world.Server.Ops("publish")[0];
        var id = (string)sent["msg"]!["goal_id"]!["id"]!;
        world.Server.Publish("/gripper/status", $$$"""{"status_list":[{"goal_id":{"stamp":{"secs":1,"nsecs":0},"id":"{{{id}}}"},"status":1,"text":""}]}""");
        await world.Until(() => goal.State == GoalState.Executing, "it executes");
        world.Server.Publish("/gripper/result", $$$"""{"status":{"goal_id":{"id":"{{{id}}}"},"status":3},"result":{"position":0.02,"reached_goal":true}}""");
        var outcome = await goal.Completion;

        Assert.That((outcome.State, outcome.Result!.ReachedGoal), Is.EqualTo((GoalState.Succeeded, true)));
        Assert.That(id, Is.EqualTo(goal.Id.ToString()));
        Assert.That((string?)sent["topic"], Is.EqualTo("/gripper/goal"));
        Assert.That(world.Server.Ops("advertise").Select(op => (string?)op["type"]), Is.EqualTo(["control_msgs/GripperCommandActionGoal", "actionlib_msgs/GoalID"]));
    }, version: 1);

    [Test]
    public void PngSubscription_IsUnpacked() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync(OnRosbridge.Quick with { Compression = RosbridgeCompression.Png });
        var heard = new List<string>();
        robot.Subscribe<RosString>("/chatter", message => heard.Add(message.Data));
        await world.Until(() => world.Server.Ops("subscribe").Count == 1, "it is subscribed");
        Assert.That((string?)world.Server.Ops("subscribe")[0]["compression"], Is.EqualTo("png"));

        world.Server.Send(new JsonObject { ["op"] = "png", ["data"] = Convert.ToBase64String(TestPng.Of("""{"op":"publish","topic":"/chatter","msg":{"data":"grüezi"}}""")) }.ToJsonString());
        await world.Until(() => heard.Count == 1, "it comes");

        Assert.That(heard, Is.EqualTo(["grüezi"]));
    });

    [Test]
    public void Disposed_WhatWasSentArrives_ThoughTheServerTalksOn() => OnRosbridge.Run(async world =>
    {
        const int Sent = 2000;
        var robot = await world.ConnectAsync();
        robot.Subscribe<RosString>("/news", _ => { });
        var chatter = robot.Advertise<RosString>("/chatter");
        await world.Until(() => world.Server.Ops("subscribe").Count == 1, "it is subscribed");

        var news = new JsonObject { ["op"] = "publish", ["topic"] = "/news", ["msg"] = new JsonObject { ["data"] = "x" } }.ToJsonString();
        for (var i = 0; i < Sent; i++)
        {
            chatter.Publish(new() { Data = new('x', 1000) });
            if (i % 20 == 0) world.Server.Send(news);
        }
        robot.Dispose();

        await world.Until(() => world.Server.Ops("publish").Count == Sent, "all of it arrives");
    });

    [Test]
    public void Subscription_ThatEndsItselfWhileItHears_TakesNothingFromTheNextOne() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        var heard = new List<string>();
        IDisposable? first = null;
        first = robot.Subscribe<RosString>("/chatter", message =>
        {
            heard.Add("first " + message.Data);
            first!.Dispose();
        });
        robot.Subscribe<RosString>("/chatter", message => heard.Add("second " + message.Data));
        await world.Until(() => world.Server.Ops("subscribe").Count > 0, "it is subscribed");

        foreach (var text in new[] { "a", "b" }) world.Server.Send(new JsonObject { ["op"] = "publish", ["topic"] = "/chatter", ["msg"] = new JsonObject { ["data"] = text } }.ToJsonString());
        await world.Until(() => heard.Contains("second b"), "it comes");

        Assert.That(heard, Is.EqualTo(["first a", "second a", "second b"]));
    });

    [TestCase(1, RosDialect.Ros1)]
    [TestCase(2, RosDialect.Ros2)]
    public void Trap04_Cbor_ComesWithTypedArrays(int version, RosDialect dialect) => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync(OnRosbridge.Quick with { Compression = RosbridgeCompression.Cbor });
        var heard = new List<JointState>();
        robot.Subscribe<JointState>("/j", heard.Add);
        await world.Until(() => world.Server.Ops("subscribe").Count == 1, "it is subscribed");
        var sent = new JointState { Header = new() { Stamp = new() { Sec = 3, Nanosec = 5 }, FrameId = "base" }, Name = ["a", "b"], Position = [1.5, double.NaN] };

        world.Server.SendBinary([0xA3, .. Text("op"), .. Text("publish"), .. Text("topic"), .. Text("/j"), .. Text("msg"), .. RosCbor.Serialize(sent, dialect)]);
        world.Server.SendBinary([0xA3, .. Text("op"), .. Text("publish"), .. Text("topic"), .. Text("/j"), .. Text("msg"), 0x01]);
        await world.Until(() => heard.Count == 1 && world.Has(Undecodable, "/j"), "one comes, and what is no message is named");

        Assert.That(heard[0].Position, Is.EqualTo(sent.Position));
        Assert.That((heard[0].Header, heard[0].Name[1]), Is.EqualTo((sent.Header, "b")));
    }, version);

    [TestCase(1)]
    [TestCase(2)]
    public void Trap04_CborRaw_IsReadAsRosSerialisedIt(int version) => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync(OnRosbridge.Quick with { Compression = RosbridgeCompression.CborRaw });
        var heard = new List<Vector3>();
        robot.Subscribe<Vector3>("/v", heard.Add);
        await world.Until(() => world.Server.Ops("subscribe").Count == 1, "it is subscribed");
        var sent = new Vector3 { X = 1, Y = -2, Z = double.NaN };

        // {"op":"publish","topic":"/v","msg":{"secs":1,"nsecs":2,"bytes":h'..'}}
        var bytes = version == 1 ? Ros1Wire.Serialize(sent) : Cdr.Serialize(sent);
        world.Server.SendBinary([0xA3, .. Text("op"), .. Text("publish"), .. Text("topic"), .. Text("/v"), .. Text("msg"),
            0xA3, .. Text("secs"), 0x01, .. Text("nsecs"), 0x02, .. Text("bytes"), 0x58, (byte)bytes.Length, .. bytes]);
        await world.Until(() => heard.Count == 1, "it comes");

        Assert.That(heard[0], Is.EqualTo(sent));
    }, version);

    [TestCase("{")]
    [TestCase("no json")]
    [TestCase("""{"op":"publish","topic":"/chatter"}""")]
    [TestCase("""{"op":"publish","topic":"/chatter","msg":{"data":5}}""")]
    [TestCase("""{"op":"fragment","id":"a","num":9,"total":2,"data":""}""")]
    [TestCase("""{"op":"png","data":"!!"}""")]
    [TestCase("""{"op":"never_heard_of"}""")]
    public void WhatCannotBeRead_IsReported_AndTheNextMessageComes(string frame) => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        var heard = new List<string>();
        robot.Subscribe<RosString>("/chatter", message => heard.Add(message.Data));
        await world.Until(() => world.Server.Ops("subscribe").Count == 1, "it is subscribed");

        world.Server.Send(frame);
        world.Server.Publish("/chatter", """{"data":"next"}""");
        await world.Until(() => heard.Count == 1, "the next comes");

        Assert.That(heard, Is.EqualTo(["next"]));
        Assert.That(world.Has(BadFrame) || world.Has(Undecodable));
        Assert.That(robot.Counts.Undecodable, Is.EqualTo(1));
    });

    [Test]
    public void Dispose_WithdrawsEverything_AndEndsWhatWaits() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        robot.Advertise<RosString>("/a");
        robot.Subscribe<RosString>("/b", _ => { });
        var call = robot.CallServiceAsync<Trigger.Request, Trigger.Response>("/slow", new(), TimeSpan.FromSeconds(30));
        var goal = robot.ActionClient<Goal, Result, Progress>("/gripper").Send(new(1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 1), new());
        var states = new List<LinkState>();
        robot.LinkChanged += states.Add;

        robot.Dispose();
        robot.Dispose();
        var failure = await Failure(call);
        var outcome = await goal.Completion;
        await world.Until(() => world.Server.PeerCount == 0, "the socket is closed");

        Assert.That(failure.Failure, Is.EqualTo(ServiceFailure.ServerGone));
        Assert.That(outcome.State, Is.EqualTo(GoalState.Unknown));
        Assert.That(states, Is.EqualTo([LinkState.Closed]));
        Assert.That(world.Server.Received.Select(op => (string?)op["op"]), Does.Contain("unadvertise").And.Contain("unsubscribe"));
        Assert.That(() => robot.Advertise<RosString>("/c"), Throws.InstanceOf<ObjectDisposedException>());
    });

    [Test]
    public void Topic_WithAnotherType_IsRefusedHere() => OnRosbridge.Run(async world =>
    {
        var robot = await world.ConnectAsync();
        robot.Subscribe<RosString>("/a", _ => { });

        Assert.That(() => robot.Advertise<Twist>("/a"), Throws.InstanceOf<RosGraphException>().With.Message.Contains("std_msgs/msg/String"));
        Assert.That(() => robot.Advertise<Twist>("a"), Throws.InstanceOf<RosGraphException>().With.Message.Contains("'/a'"));
    });

    // A short CBOR text.
    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. System.Text.Encoding.UTF8.GetBytes(text)];

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

    private sealed class Fingers(TimeProvider time) : IActionServerHandler<Goal, Result, Progress>
    {
        public bool Takes { get; set; } = true;

        public bool Accept(Guid goalId, Goal goal) => Takes;

        public async Task<GoalEnd<Result>> Execute(ServerGoal<Goal, Progress> goal, CancellationToken canceled)
        {
            goal.Publish(new() { Position = 0.5 });
            await Task.Delay(TimeSpan.FromSeconds(30), time, canceled);
            return GoalEnd.Succeeded(new Result());
        }
    }
}
