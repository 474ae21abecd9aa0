using System.Collections.Concurrent;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Ros.Rosbridge;
using RobotWorker.Ros.RosSharpStyle;
using RobotWorker.Tests.Ros.Rosbridge;
using static RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction;
using Progress = RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction.Feedback;
using RosString = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Tests.Ros.RosSharpStyle;

/// <summary>The verbs of RosSharp, and each of its weaknesses that was seen, as a test that ours does not have it.</summary>
[TestFixture]
public sealed class RosSocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public async Task RefusedConnection_CrashesNothing_AndIsTold()
    {
        var server = new MisbehavingServer();
        var port = server.Port;
        server.Dispose();
        using var problems = new BlockingCollection<RosbridgeProblem>();
        using var ros = new RosSocket($"ws://127.0.0.1:{port}", OnRosbridge.Quick);
        ros.ProblemFound += problems.Add;

        Assert.That(problems.TryTake(out var problem, Patience));
        Assert.That(problem!.Code, Is.EqualTo(RosbridgeProblemCode.LinkLost));
        Assert.That(ros.IsConnected, Is.False);
        await Assert.ThatAsync(() => ros.ConnectedAsync(TimeSpan.FromMilliseconds(50)), Throws.InstanceOf<TimeoutException>());
    }

    [Test]
    public async Task HandlerThatThrows_IsTold_AndReceivingGoesOn()
    {
        using var server = new MisbehavingServer();
        using var ros = await ConnectAsync(server);
        using var failures = new BlockingCollection<Exception>();
        using var heard = new BlockingCollection<string>();
        ros.HandlerFailed += failures.Add;
        ros.Subscribe<RosString>("/chatter", message => throw new InvalidOperationException("mine"));
        ros.Subscribe<RosString>("/other", message => heard.Add(message.Data));
        await Until(() => server.Ops("subscribe").Count == 2);

        server.Publish("/chatter", """{"data":"1"}""");
        server.Publish("/other", """{"data":"2"}""");

        Assert.That(failures.TryTake(out var failure, Patience) ? failure!.Message : "", Is.EqualTo("mine"));
        Assert.That(heard.TryTake(out var text, Patience) ? text : "", Is.EqualTo("2"));
    }

    [Test]
    public async Task ServerThatAborts_IsNoticed_AndFoundAgain_WithItsSubscriptions()
    {
        using var server = new MisbehavingServer();
        using var ros = await ConnectAsync(server);
        using var lost = new SemaphoreSlim(0);
        ros.Disconnected += () => lost.Release();
        ros.Subscribe<RosString>("/chatter", _ => { });
        await Until(() => server.Ops("subscribe").Count == 1);

        server.DropAll();

        Assert.That(await lost.WaitAsync(Patience), "it does not stay alive");
        await ros.ConnectedAsync(Patience);
        await Until(() => server.Ops("subscribe").Count == 2);
    }

    [Test]
    public async Task Texts_AreUtf8BothWays()
    {
        using var server = new MisbehavingServer();
        using var ros = await ConnectAsync(server);
        using var heard = new BlockingCollection<string>();
        ros.Subscribe<RosString>("/chatter", message => heard.Add(message.Data));
        var id = ros.Advertise<RosString>("/chatter");
        await Until(() => server.Ops("subscribe").Count == 1);

        ros.Publish(id, new RosString { Data = "Grüße 日本 🤖" });
        await Until(() => server.Ops("publish").Count == 1);
        server.Publish("/chatter", server.Ops("publish")[0]["msg"]!.ToJsonString());

        Assert.That((string?)server.Ops("publish")[0]["msg"]!["data"], Is.EqualTo("Grüße 日本 🤖"));
        Assert.That(heard.TryTake(out var text, Patience) ? text : "", Is.EqualTo("Grüße 日本 🤖"));
    }

    [Test]
    public async Task ServiceCall_ErrorAnswer_IsNoResponse_AndNothingOfItIsKept()
    {
        using var server = new MisbehavingServer();
        server.On("call_service", (peer, op) =>
        {
            if ((string)op["service"]! != "/broken") return false;
            peer.Answer(op, "the motor is hot", result: false);
            return true;
        });
        using var ros = await ConnectAsync(server);
        using var failures = new BlockingCollection<RosServiceException>();

        ros.CallService<Trigger.Request, Trigger.Response>("/broken", _ => Assert.Fail("no response came"), new(), failures.Add);
        Assert.That(failures.TryTake(out var failure, Patience));
        await Assert.ThatAsync(() => ros.CallServiceAsync<Trigger.Request, Trigger.Response>("/broken", new()), Throws.InstanceOf<RosServiceException>().With.Message.Contains("the motor is hot"));

        Assert.That(failure!.Failure, Is.EqualTo(ServiceFailure.Failed));
        await Until(() => ros.Connection!.OpenCalls == 0);
    }

    [Test]
    public async Task ServiceCall_CanBeCancelled()
    {
        using var server = new MisbehavingServer();
        using var ros = await ConnectAsync(server);
        using var cancel = new CancellationTokenSource();
        var call = ros.CallServiceAsync<Trigger.Request, Trigger.Response>("/silent", new(), TimeSpan.FromMinutes(1), cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThatAsync(() => call, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Close_EndsThreadAndSocket_AndWhatWaits()
    {
        using var server = new MisbehavingServer();
        var ros = await ConnectAsync(server);
        var call = ros.CallServiceAsync<Trigger.Request, Trigger.Response>("/silent", new(), TimeSpan.FromMinutes(1));
        await Until(() => server.Ops("call_service").Count == 1);

        ros.Close();
        ros.Dispose();

        await Assert.ThatAsync(() => call, Throws.InstanceOf<RosServiceException>());
        await Until(() => !ros.IsRunning && server.PeerCount == 0);
    }

    [Test]
    public async Task PublishingFasterThanTheServerReads_IsBoundedAndCounted_AndNeverBlocks()
    {
        using var server = new MisbehavingServer();
        using var ros = await ConnectAsync(server, OnRosbridge.Quick with { MostQueuedBytes = 1 << 20, SilenceDeadline = TimeSpan.FromMinutes(5) });
        var id = ros.Advertise<RosString>("/flood");
        await Until(() => server.Ops("advertise").Count == 1);
        server.Freeze();
        var message = new RosString { Data = new('x', 10_000) };

        for (var i = 0; i < 3000; i++) ros.Publish(id, message);    // 30 MB; sockets hold a few

        await Until(() => ros.Dropped > 100);
        Assert.That(ros.IsConnected);
    }

    [Test]
    public async Task Services_OfOurs_AndWithdrawal()
    {
        using var server = new MisbehavingServer();
        using var ros = await ConnectAsync(server);
        var id = ros.AdvertiseService<SetBool.Request, SetBool.Response>("/light", request => new() { Success = request.Data });
        await Until(() => server.Ops("advertise_service").Count == 1);

        server.Send("""{"op":"call_service","id":"1","service":"/light","args":{"data":true}}""");
        await Until(() => server.Ops("service_response").Count == 1);
        ros.UnadvertiseService(id);
        await Until(() => server.Ops("unadvertise_service").Count == 1);

        Assert.That((bool)server.Ops("service_response")[0]["values"]!["success"]!);
    }

    [Test]
    public async Task ActionGoal_EndsOnce_HoweverItEnds()
    {
        using var server = new MisbehavingServer();
        server.On("send_action_goal", (peer, op) =>
        {
            peer.Send($$$"""{"op":"action_result","id":"{{{op["id"]}}}","action":"/gripper","status":4,"result":true,"values":{"position":0.02}}""");
            return true;
        });
        using var ros = await ConnectAsync(server);
        using var ends = new BlockingCollection<GoalOutcome<Result>>();

        ros.SendActionGoal<Goal, Result, Progress>("/gripper", new(), ends.Add);
        var other = await ros.SendActionGoalAsync<Goal, Result, Progress>("/gripper", new());

        Assert.That(ends.TryTake(out var end, Patience) ? end!.State : GoalState.Created, Is.EqualTo(GoalState.Succeeded));
        Assert.That(other.Result!.Position, Is.EqualTo(0.02));
        Assert.That(server.Ops("send_action_goal").Select(op => (string?)op["id"]).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task Publish_UnknownIdOrOtherType_IsSaidAtOnce()
    {
        using var server = new MisbehavingServer();
        using var ros = await ConnectAsync(server);
        var id = ros.Advertise<RosString>("/chatter");

        Assert.That(() => ros.Publish("/never", new RosString()), Throws.ArgumentException);
        Assert.That(() => ros.Publish(id, new Twist()), Throws.ArgumentException.With.Message.Contains("std_msgs/msg/String"));
        Assert.That(() => new RosSocket("http://localhost"), Throws.ArgumentException);
    }

    private static async Task<RosSocket> ConnectAsync(MisbehavingServer server, RosbridgeOptions? options = null)
    {
        var ros = new RosSocket(server.Address.ToString(), options ?? OnRosbridge.Quick);
        await ros.ConnectedAsync(Patience);
        return ros;
    }

    private static async Task Until(Func<bool> holds)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience) Assert.Fail($"not within {Patience.TotalSeconds} s");
            await Task.Delay(3);
        }
    }
}
