using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Time;
using RosString = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Tests.Ros.Graph;

public class InProcessGraphTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void Publish_ArrivesLaterInTheOrderOfPublicationAcrossTopics(bool throughCdr) => OnLoop.Run(async world =>
    {
        using var node = world.Graph.Connect("node");
        var heard = new List<string>();
        var a = node.Advertise<RosString>("/a");
        var b = node.Advertise<RosString>("/b");
        node.Subscribe<RosString>("/b", message => heard.Add("b" + message.Data));
        node.Subscribe<RosString>("/a", message =>
        {
            heard.Add("a" + message.Data);
            if (message.Data == "1") b.Publish(new() { Data = "4" });    // behind what is under way
        });

        a.Publish(new() { Data = "1" });
        b.Publish(new() { Data = "2" });
        a.Publish(new() { Data = "3" });
        Assert.That(heard, Is.Empty, "never within the call");
        await world.Settle();

        Assert.That(heard, Is.EqualTo(["a1", "b2", "a3", "b4"]));
    }, throughCdr);

    [Test]
    public void Latency_EachArrivesThatMuchLater_AndNoneOvertakesAnother() => OnLoop.Run(async world =>
    {
        var ways = new Queue<double>([0.05, 0.2, 0.01, 0]);
        var graph = new InProcessGraph(world.Graph.Time) { Latency = () => TimeSpan.FromSeconds(ways.Dequeue()) };
        using var node = graph.Connect("node");
        var began = graph.Time.GetTimestamp();
        var heard = new List<(string What, double At)>();
        var topic = node.Advertise<RosString>("/a");
        node.Subscribe<RosString>("/a", message => heard.Add((message.Data, Math.Round(graph.Time.GetElapsedTime(began).TotalSeconds, 3))));

        foreach (var what in (string[])["1", "2", "3"]) topic.Publish(new() { Data = what });
        await Task.Delay(TimeSpan.FromSeconds(1), graph.Time);
        topic.Publish(new() { Data = "4" });
        await Task.Delay(TimeSpan.FromSeconds(1), graph.Time);

        Assert.That(heard, Is.EqualTo([("1", 0.05), ("2", 0.2), ("3", 0.2), ("4", 1)]));
    });

    [Test]
    public void Stalled_NothingArrives_ThenAllDoesInOrder_AndWhoLooksOnSeesItThen() => OnLoop.Run(async world =>
    {
        using var node = world.Graph.Connect("node");
        var heard = new List<string>();
        var seen = new Seen(heard);
        using var tap = node.Tap(seen);
        var topic = node.Advertise<RosString>("/a");
        node.Subscribe<RosString>("/a", message => heard.Add(message.Data));
        topic.Publish(new() { Data = "1" });
        await world.Settle();

        world.Graph.IsStalled = true;
        topic.Publish(new() { Data = "2" });
        topic.Publish(new() { Data = "3" });
        await world.Settle();
        Assert.That(heard, Is.EqualTo(["seen 1", "1"]));

        world.Graph.IsStalled = false;
        topic.Publish(new() { Data = "4" });
        await world.Settle();
        Assert.That(heard, Is.EqualTo(["seen 1", "1", "seen 2", "2", "seen 3", "3", "seen 4", "4"]));
    });

    [Test]
    public void Stalled_WhatIsPublishedWhileTheHeldBackArrives_IsSeenAfterIt() => OnLoop.Run(async world =>
    {
        using var node = world.Graph.Connect("node");
        var heard = new List<string>();
        using var tap = node.Tap(new Seen(heard));
        var topic = node.Advertise<RosString>("/a");
        node.Subscribe<RosString>("/a", message =>
        {
            if (message.Data == "2") topic.Publish(new() { Data = "5" });
        });
        world.Graph.IsStalled = true;
        topic.Publish(new() { Data = "2" });
        await world.Settle();
        world.Graph.IsStalled = false;
        topic.Publish(new() { Data = "4" });
        await world.Settle();

        Assert.That(heard, Is.EqualTo(["seen 2", "seen 4", "seen 5"]));
    });

    [Test]
    public void Stalled_ACallIsStillCancelledByItsCaller() => OnLoop.Run(async world =>
    {
        using var server = world.Graph.Connect("server");
        using var client = world.Graph.Connect("client");
        using var offered = server.AdvertiseService(Trigger.Type, "/stop", (_, _) => Task.FromResult(new Trigger.Response { Success = true }));
        world.Graph.IsStalled = true;
        using var cancel = new CancellationTokenSource();
        var call = client.CallServiceAsync(Trigger.Type, "/stop", new(), TimeSpan.FromSeconds(1), cancel.Token);
        await world.Settle();
        Assert.That(call.IsCompleted, Is.False);

        world.Loop.Inbox.Post(cancel.Cancel);
        await world.Settle();

        Assert.That(call.IsCanceled, Is.True);
    });

    private sealed class Seen(List<string> heard) : IMessageTap
    {
        public void Saw(in TappedMessage message) => heard.Add($"seen {((RosString)message.Message).Data}");
    }

    [Test]
    public void Subscribe_Late_GetsWhatWasLatchedOnceAndNothingElse() => OnLoop.Run(async world =>
    {
        using var node = world.Graph.Connect("node");
        var latched = node.Advertise<RosString>("/robot_description", Qos.Latched);
        var plain = node.Advertise<RosString>("/plain");
        latched.Publish(new() { Data = "old" });
        latched.Publish(new() { Data = "urdf" });
        plain.Publish(new() { Data = "gone" });
        var heard = new List<string>();

        node.Subscribe<RosString>("/robot_description", message => heard.Add(message.Data));
        node.Subscribe<RosString>("/robot_description", message => heard.Add("asked " + message.Data), Qos.Latched);
        node.Subscribe<RosString>("/robot_description", message => heard.Add("never " + message.Data), Qos.Default);
        node.Subscribe<RosString>("/plain", message => heard.Add(message.Data));
        await world.Settle();

        Assert.That(heard, Is.EqualTo(["urdf", "asked urdf"]));
    });

    [Test]
    public void Dispose_OfASubscription_StopsWhatIsUnderWay() => OnLoop.Run(async world =>
    {
        using var node = world.Graph.Connect("node");
        var heard = 0;
        var subscription = node.Subscribe<Bool>("/x", _ => heard++);
        node.Advertise<Bool>("/x").Publish(new());
        subscription.Dispose();
        await world.Settle();

        Assert.That(heard, Is.Zero);
    });

    [Test]
    public void Dispose_OfANode_WithdrawsWhatItHeld() => OnLoop.Run(async world =>
    {
        using var stays = world.Graph.Connect("stays");
        var goes = world.Graph.Connect("goes");
        var heard = 0;
        goes.Subscribe<Bool>("/x", _ => heard++);
        goes.AdvertiseService(Trigger.Type, "/stop", (_, _) => Task.FromResult(new Trigger.Response()));
        var publisher = goes.Advertise<Bool>("/x");
        goes.Dispose();

        stays.Advertise<Bool>("/x").Publish(new());
        await world.Settle();

        Assert.That(heard, Is.Zero);
        Assert.That(() => publisher.Publish(new()), Throws.TypeOf<ObjectDisposedException>());
        var error = await Assert.ThrowsAsync<RosServiceException>(() => stays.CallServiceAsync(Trigger.Type, "/stop", new(), TimeSpan.FromSeconds(1)));
        Assert.That(error!.Failure, Is.EqualTo(ServiceFailure.NoServer));
    });

    [Test]
    public void Advertise_SecondTypeOnATopic_IsRefusedWithBothTypes() => OnLoop.Run(world =>
    {
        using var node = world.Graph.Connect("cook");
        node.Advertise<Twist>("/cmd_vel");

        Assert.That(() => node.Subscribe<TwistStamped>("/cmd_vel", _ => { }), Throws.TypeOf<RosGraphException>()
            .With.Message.EqualTo("topic /cmd_vel carries geometry_msgs/msg/Twist; node 'cook' cannot use it for geometry_msgs/msg/TwistStamped"));
        return Task.CompletedTask;
    });

    [TestCase("cmd_vel", "did you mean '/cmd_vel'?")]
    [TestCase("", "empty")]
    [TestCase("/", "names nothing")]
    [TestCase("/a//b", "empty part")]
    [TestCase("/a/", "empty part")]
    [TestCase("/2d", "starts with a digit")]
    [TestCase("/a-b", "has '-' at 2")]
    [TestCase("/a__b", "has '__'")]
    public void Advertise_WrongName_SaysWhatIsWrong(string name, string problem) => OnLoop.Run(world =>
    {
        using var node = world.Graph.Connect("node");
        Assert.That(() => node.Advertise<Bool>(name), Throws.TypeOf<RosGraphException>().With.Message.Contains(problem));
        return Task.CompletedTask;
    });

    [Test]
    public void Subscribe_AsksForMoreThanIsOffered_IsRefusedAsNothingWouldArrive() => OnLoop.Run(world =>
    {
        using var node = world.Graph.Connect("node");
        node.Advertise<Bool>("/x", Qos.SensorData);
        Assert.That(() => node.Subscribe<Bool>("/x", _ => { }, Qos.Default), Throws.TypeOf<RosGraphException>().With.Message.Contains("nothing would arrive"));
        Assert.That(() => node.Subscribe<Bool>("/x", _ => { }), Throws.Nothing);
        return Task.CompletedTask;
    });

    [Test]
    public void Handler_Throws_TheRunEndsWithIt() =>
        Assert.That(
            () => OnLoop.Run(async world =>
            {
                using var node = world.Graph.Connect("node");
                node.Subscribe<Bool>("/x", _ => throw new NotSupportedException("broken skill"));
                node.Advertise<Bool>("/x").Publish(new());
                await world.Settle();
            }),
            Throws.TypeOf<NotSupportedException>().With.Message.EqualTo("broken skill"));

    [Test]
    public void Publish_FromAnotherThread_IsRefusedByName() => OnLoop.Run(world =>
    {
        var publisher = world.Graph.Connect("node").Advertise<Twist>("/cmd_vel");
        Exception? error = null;
        var thread = new Thread(() => error = Assert.Catch(() => publisher.Publish(new())));
        thread.Start();
        thread.Join();

        Assert.That(error, Is.TypeOf<InvalidOperationException>().With.Message.Contains("left the episode's thread at publish /cmd_vel"));
        return Task.CompletedTask;
    });

    [Test]
    public void Graph_WithoutALoop_SaysSo()
    {
        Exception? error = null;
        var thread = new Thread(() => error = Assert.Catch(() => new InProcessGraph(TimeProvider.System)));
        thread.Start();
        thread.Join();

        Assert.That(error, Is.TypeOf<InvalidOperationException>().With.Message.Contains("needs an episode loop"));
    }

    [Test]
    public void Tap_SeesEveryMessageWithItsNumberAndTheLatchedOnesFirst() => OnLoop.Run(async world =>
    {
        using var node = world.Graph.Connect("node");
        node.Advertise<RosString>("/robot_description", Qos.Latched).Publish(new() { Data = "urdf" });
        var tap = new Recorder();
        var recording = node.Tap(tap);
        var velocity = node.Advertise<Twist>("/cmd_vel");
        velocity.Publish(new());
        velocity.Publish(new() { Linear = new() { X = 1 } });
        recording.Dispose();
        velocity.Publish(new());
        await world.Settle();

        Assert.That(tap.Seen.Select(seen => $"{seen.Topic.Name} {seen.Message.TypeName} {seen.Sequence} {Cdr.Serialize(seen.Message).Length}"), Is.EqualTo([
            "/robot_description std_msgs/msg/String 1 13",
            "/cmd_vel geometry_msgs/msg/Twist 1 52",
            "/cmd_vel geometry_msgs/msg/Twist 2 52",
        ]));
        Assert.That(node.Topics.Select(topic => topic.Name), Is.EqualTo(["/cmd_vel", "/robot_description"]));
        Assert.That(node.Topics[1].Qos, Is.EqualTo(Qos.Latched));
    });

    [TestCase(false)]
    [TestCase(true)]
    public void CallService_IsAnsweredByItsServer(bool throughCdr) => OnLoop.Run(async world =>
    {
        using var robot = world.Graph.Connect("robot");
        using var worker = world.Graph.Connect("worker");
        robot.AdvertiseService(SetBool.Type, "/light", async (request, cancel) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), world.Time, cancel);
            return new() { Success = request.Data, Message = "on" };
        });

        var response = await worker.CallServiceAsync(SetBool.Type, "/light", new() { Data = true }, TimeSpan.FromSeconds(2));

        Assert.That(response, Is.EqualTo(new SetBool.Response { Success = true, Message = "on" }));
        Assert.That(world.Loop.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }, throughCdr);

    [Test]
    public void CallService_NoAnswerInTime_FailsAtTheDeadlineAndTheLateAnswerIsDropped() => OnLoop.Run(async world =>
    {
        using var node = world.Graph.Connect("node");
        node.AdvertiseService(Trigger.Type, "/slow", async (_, _) =>
        {
            await world.Seconds(3);
            return new();
        });

        var error = await Assert.ThrowsAsync<RosServiceException>(() => node.CallServiceAsync(Trigger.Type, "/slow", new(), TimeSpan.FromSeconds(1)));

        Assert.That(error!.Failure, Is.EqualTo(ServiceFailure.Deadline));
        Assert.That(world.Loop.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(1)));
        await world.Seconds(5);
    });

    [Test]
    public void CallService_ServerLeavesDuringTheCall_IsNamed() => OnLoop.Run(async world =>
    {
        using var node = world.Graph.Connect("node");
        var server = node.AdvertiseService(Trigger.Type, "/slow", async (_, cancel) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, world.Time, cancel);
            return new();
        });
        var call = node.CallServiceAsync(Trigger.Type, "/slow", new(), TimeSpan.FromSeconds(9));
        await world.Seconds(1);
        server.Dispose();

        var error = await Assert.ThrowsAsync<RosServiceException>(() => call);

        Assert.That(error!.Failure, Is.EqualTo(ServiceFailure.ServerGone));
        Assert.That(world.Loop.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(1)));
    });

    [Test]
    public void CallService_Cancelled_EndsAsCancelled() => OnLoop.Run(async world =>
    {
        using var node = world.Graph.Connect("node");
        using var cancel = new CancellationTokenSource();
        node.AdvertiseService(Trigger.Type, "/slow", async (_, _) =>
        {
            await world.Seconds(3);
            return new();
        });
        var call = node.CallServiceAsync(Trigger.Type, "/slow", new(), TimeSpan.FromSeconds(9), cancel.Token);
        await world.Seconds(1);
        cancel.Cancel();
        Assert.That(call.IsCompleted, Is.False, "it ends by the loop, not within Cancel");

        await Assert.ThatAsync(() => call, Throws.InstanceOf<OperationCanceledException>());
    });

    [Test]
    public void CallService_ByAnotherType_IsRefused() => OnLoop.Run(async world =>
    {
        using var node = world.Graph.Connect("node");
        node.AdvertiseService(Trigger.Type, "/stop", (_, _) => Task.FromResult(new Trigger.Response()));
        await Assert.ThatAsync(
            () => node.CallServiceAsync(SetBool.Type, "/stop", new(), TimeSpan.FromSeconds(1)),
            Throws.TypeOf<RosGraphException>().With.Message.Contains("is a std_srvs/srv/Trigger"));
        Assert.That(
            () => node.AdvertiseService(Trigger.Type, "/stop", (_, _) => Task.FromResult(new Trigger.Response())),
            Throws.TypeOf<RosGraphException>().With.Message.Contains("already offered by node 'node'"));
    });

    [Test]
    public void ServiceHandler_Throws_TheRunEndsWithIt() =>
        Assert.That(
            () => OnLoop.Run(async world =>
            {
                using var node = world.Graph.Connect("node");
                node.AdvertiseService(Trigger.Type, "/stop", (_, _) => throw new NotSupportedException("broken"));
                await node.CallServiceAsync(Trigger.Type, "/stop", new(), TimeSpan.FromSeconds(1));
            }),
            Throws.TypeOf<ServiceHandlerException>().With.Message.Contains("/stop"));

    [Test]
    public void Publish_ToOneSubscriber_AllocatesNothingBeyondTheMessage() => OnLoop.Run(async world =>
    {
        using var node = world.Graph.Connect("node");
        var heard = 0;
        var publisher = node.Advertise<Twist>("/cmd_vel");
        node.Subscribe<Twist>("/cmd_vel", _ => heard++);
        var message = new Twist();
        for (var i = 0; i < 1000; i++) publisher.Publish(message);
        await world.Settle();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) publisher.Publish(message);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        await world.Settle();

        Assert.That(heard, Is.EqualTo(2000));
        Assert.That(allocated, Is.LessThan(1000), "bytes for 1000 messages");
    });

    private sealed class Recorder : IMessageTap
    {
        public List<TappedMessage> Seen { get; } = [];

        public void Saw(in TappedMessage message) => Seen.Add(message);
    }
}
