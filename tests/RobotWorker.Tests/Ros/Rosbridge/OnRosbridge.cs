using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Rosbridge;
using RobotWorker.Time;

namespace RobotWorker.Tests.Ros.Rosbridge;

/// <summary>An episode loop at wall pace, a misbehaving server, and our client of it: what every test of the rosbridge client stands on.</summary>
internal sealed class OnRosbridge : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<RosbridgeConnection> clients = [];

    private OnRosbridge(EpisodeLoop loop, MisbehavingServer server)
    {
        Server = server;
        Ros = new(loop.Time, loop, loop.Inbox.Post);
    }

    public MisbehavingServer Server { get; set; }

    public RosLoop Ros { get; }

    public List<RosbridgeProblem> Problems { get; } = [];

    /// <summary>Short pauses: the tests lose links on purpose.</summary>
    public static RosbridgeOptions Quick => new()
    {
        FirstPause = TimeSpan.FromMilliseconds(30), LongestPause = TimeSpan.FromMilliseconds(200), CheckAfter = TimeSpan.FromMilliseconds(50),
        TopicsPeriod = TimeSpan.FromMilliseconds(150), RosapiDeadline = TimeSpan.FromMilliseconds(500), CancelHeededWithin = TimeSpan.FromMilliseconds(150),
    };

    public static void Run(Func<OnRosbridge, Task> test, int version = 2)
    {
        var loop = new EpisodeLoop(Pace.Wall);
        loop.Run(async () =>
        {
            using var outside = loop.ExpectOutside();
            using var world = new OnRosbridge(loop, new(version));
            await test(world);
        });
    }

    /// <summary>A client that is up.</summary>
    public async Task<RosbridgeConnection> ConnectAsync(RosbridgeOptions? options = null)
    {
        var client = Begin(options);
        await Until(() => client.Link == LinkState.Up, "the link is up");
        return client;
    }

    /// <summary>A client that is connecting.</summary>
    public RosbridgeConnection Begin(RosbridgeOptions? options = null)
    {
        var client = RosbridgeConnection.Connect(Server.Address, "worker", Ros, options ?? Quick);
        client.ProblemFound += Problems.Add;
        clients.Add(client);
        return client;
    }

    /// <summary>Waits for something outside; the test fails where it does not come.</summary>
    public async Task Until(Func<bool> holds, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
                Assert.Fail($"not within {Patience.TotalSeconds} s: {what}\nops: {string.Join("\n", Server.Received.Select(op => op.ToJsonString()))}\nproblems: {string.Join("\n", Problems)}");
            await Task.Delay(TimeSpan.FromMilliseconds(3), Ros.Time);
        }
    }

    public Task Pause(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Ros.Time);

    /// <summary>Whether a problem was found.</summary>
    public bool Has(RosbridgeProblemCode code, string? subject = null) => Problems.Exists(problem => problem.Code == code && (subject ?? problem.Subject) == problem.Subject);

    public void Dispose()
    {
        foreach (var client in clients) client.Dispose();
        Server.Dispose();
    }
}
