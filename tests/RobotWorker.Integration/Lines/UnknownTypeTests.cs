using System.Collections.Immutable;
using System.Net;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Rosbridge.Server;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>Types that the command was not compiled with, behind a rosbridge server whose rosapi tells how they are made.</summary>
[TestFixture(RosDialect.Ros1)]
[TestFixture(RosDialect.Ros2)]
public sealed class UnknownTypeTests(RosDialect dialect)
{
    private UnknownRobot robot = null!;

    private string[] Robot => ["--robot", robot.Address];

    [OneTimeSetUp]
    public void Serve() => robot = new(dialect);

    [OneTimeTearDown]
    public void End() => robot.Dispose();

    [Test]
    [CancelAfter(60_000)]
    public void RosEcho_MadeFromMessageDetails()
    {
        var result = RobotWorkerCommand.Run(["ros", "echo", "/oven", "--count", "1", .. Robot]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("frame_id: kitchen").And.Contain("temperatures: [180.5, 20]").And.Contain("name: lower"));
    }

    [Test]
    [CancelAfter(60_000)]
    public void RosCall_MadeFromServiceDetails()
    {
        var result = RobotWorkerCommand.Run(["ros", "call", "/oven/preheat", """{"shelf": {"name": "upper", "heights": [1, 2]}, "celsius": 200}""", .. Robot]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("accepted: true").And.Contain("words: \"upper at 200\""));
    }

    [Test]
    [CancelAfter(60_000)]
    public void RosCall_WhatDoesNotFitTheTypeThere_IsRefusedHere()
    {
        var result = RobotWorkerCommand.Run(["ros", "call", "/oven/preheat", """{"celsius": "hot"}""", .. Robot]);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("RW0505").And.Contain("celsius"));
    }

    [Test]
    [CancelAfter(60_000)]
    public void RosSendGoal_MadeFromActionDetails()
    {
        var result = RobotWorkerCommand.Run(["ros", "send-goal", "/oven/bake", """{"minutes": 2, "shelf": {"name": "lower"}}""", .. Robot]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors + result.Output);
        Assert.That(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[]
        {
            """feedback {"done":[0.5]}""", """feedback {"done":[0.5,1]}""", """result   {"eaten_by":"lower"}""", "succeeded",
        }));
    }

    [Test]
    [CancelAfter(60_000)]
    [Platform("Linux,MacOSX")]
    public void RosSendGoal_CtrlC_CancelsTheGoalFirst()
    {
        using var command = LiveCommand.Start("ros", "send-goal", "/oven/bake", """{"minutes": 6000}""", "--robot", robot.Address);
        command.WaitFor("feedback");
        command.Send("INT");
        var end = command.End();

        Assert.That(end.ExitCode, Is.EqualTo(130), end.Output + end.Errors);
        Assert.That(end.Output, Does.EndWith("canceled\n"));
        Assert.That(robot.Running, Is.Zero, "the robot had stopped when the command ended");
    }

    [Test]
    [CancelAfter(60_000)]
    public void RosTopics_ShowTheAction()
    {
        var result = RobotWorkerCommand.Run(["ros", "topics", .. Robot]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Match($"action +/oven/bake +oven_msgs/{(dialect == RosDialect.Ros1 ? "BakeAction" : "action/Bake")}"));
    }
}

/// <summary>A rosbridge server before a graph with types of a package that nobody compiled in.</summary>
internal sealed class UnknownRobot : IDisposable
{
    private const string Shelf = "================\nMSG: oven_msgs/Shelf\nstring name\nint16[2] heights\n";

    private readonly EpisodeLoopThread thread;
    private readonly RosDialect dialect;
    private string address = "";
    private int running;

    public UnknownRobot(RosDialect dialect)
    {
        this.dialect = dialect;
        thread = new(WallClock.Real, 1, LiveAsync);
        SpinWait.SpinUntil(() => Address.Length > 0 || thread.Started.IsSet, TimeSpan.FromSeconds(30));
        thread.ThrowIfBroken();
    }

    public static ActionType<DynamicMessage, DynamicMessage, DynamicMessage> Bake { get; } = DynamicTypes.Action(
        "oven_msgs/action/Bake", "float32 minutes\noven_msgs/Shelf shelf\n" + Shelf, "string eaten_by\n", "float32[] done\n", RosDialect.Ros2);

    /// <summary>Empty until it listens.</summary>
    public string Address => Volatile.Read(ref address);

    /// <summary>Goals that are being carried out.</summary>
    public int Running => Volatile.Read(ref running);

    public void Dispose() => thread.Dispose();

    /// <summary>Offers <c>/oven/bake</c>.</summary>
    /// <param name="running">Hears 1 when a goal begins and -1 when it ends.</param>
    public static IDisposable OfferBaking(IRosConnection ros, Action<int> running) => ros.AdvertiseAction(Bake, "/oven/bake", new Baker(ros.Time, running));

    private async Task LiveAsync(EpisodeLoop loop, Task stop)
    {
        var graph = new InProcessGraph(loop.Time);
        using var ros = graph.Connect("oven");
        using var server = new RosbridgeServer(new(loop.Time, loop, loop.Inbox.Post), graph, new() { Endpoint = new(IPAddress.Loopback, 0), Dialect = dialect });

        var state = DynamicTypes.Message(
            "oven_msgs/msg/State", "int8 HOT=1\nstd_msgs/Header header\nfloat64[] temperatures\noven_msgs/Shelf[] shelves\nbool door\n" + Shelf, RosDialect.Ros2);
        var header = RosJson.Deserialize(state, """{"header": {"frame_id": "kitchen"}, "temperatures": [180.5, 20], "shelves": [{"name": "lower"}], "door": true}"""u8, RosDialect.Ros2);
        ros.Advertise(state, "/oven", Qos.Latched).Publish(header);

        var preheat = DynamicTypes.Service("oven_msgs/srv/Preheat", "oven_msgs/Shelf shelf\nuint16 celsius\n" + Shelf, "bool accepted\nstring words\n", RosDialect.Ros2);
        using var service = ros.AdvertiseService(preheat, "/oven/preheat", (request, _) => Task.FromResult(
            preheat.Response.Default.With("accepted", true).With("words", $"{request["shelf.name"]} at {request["celsius"]}")));

        using var action = OfferBaking(ros, by => Interlocked.Add(ref running, by));
        Volatile.Write(ref address, $"ws://127.0.0.1:{server.Endpoint.Port}");
        await stop;
    }

    private sealed class Baker(TimeProvider time, Action<int> running) : IActionServerHandler<DynamicMessage, DynamicMessage, DynamicMessage>
    {
        public bool Accept(Guid goalId, DynamicMessage goal) => true;

        public async Task<GoalEnd<DynamicMessage>> Execute(ServerGoal<DynamicMessage, DynamicMessage> goal, CancellationToken canceled)
        {
            running(1);
            try
            {
                var minutes = (float)goal.Goal["minutes"];
                var done = ImmutableArray<float>.Empty;
                for (var minute = 1; minute <= minutes; minute++)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), time, canceled);
                    goal.Publish(Bake.Feedback.Default.With("done", done = done.Add(minute / minutes)));
                }

                return GoalEnd.Succeeded(Bake.Result.Default.With("eaten_by", goal.Goal["shelf.name"]));
            }
            finally
            {
                running(-1);
            }
        }
    }
}
