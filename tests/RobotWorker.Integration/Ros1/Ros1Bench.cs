using System.Diagnostics;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Ros1;
using RobotWorker.Time;

namespace RobotWorker.Integration.Ros1;

/// <summary>A loop at wall pace with nodes of ours on a real master: what every test of native ROS 1 stands on.</summary>
internal sealed class Ros1Bench
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly List<Ros1Node> nodes = [];

    private Ros1Bench(EpisodeLoop loop, RosMaster master)
    {
        Master = master;
        Loop = new(loop.Time, loop, loop.Inbox.Post);
    }

    public RosMaster Master { get; }

    public RosLoop Loop { get; }

    /// <summary>What the nodes found wrong.</summary>
    public List<Ros1Problem> Problems { get; } = [];

    public static void Run(RosMaster master, Func<Ros1Bench, Task> test)
    {
        var loop = new EpisodeLoop(Pace.Wall);
        loop.Run(async () =>
        {
            using var outside = loop.ExpectOutside();
            var bench = new Ros1Bench(loop, master);
            try
            {
                await test(bench);
            }
            finally
            {
                foreach (var node in bench.nodes) await node.DisposeAsync();
            }
        });
    }

    /// <summary>A node of ours whose master has answered.</summary>
    public async Task<Ros1Node> Node(string name, Func<Ros1Options, Ros1Options>? with = null)
    {
        var options = new Ros1Options(Master.Uri) { CheckEvery = TimeSpan.FromMilliseconds(200) };
        var node = Ros1Node.Connect(Loop, name, with is null ? options : with(options));
        nodes.Add(node);
        node.ProblemFound += Problems.Add;
        await node.UpAsync(Limit);
        return node;
    }

    /// <summary>A peer's program that has said "ready".</summary>
    public async Task<LivePeer> Peer(string script, params IEnumerable<string> arguments)
    {
        var peer = LivePeer.Python(Master, script, arguments);
        await Until(() => peer.Count("ready") > 0 || peer.HasEnded, () => $"{script} is not ready:\n{peer.Output}");
        Assert.That(peer.HasEnded, Is.False, () => $"{script} ended:\n{peer.Output}");
        return peer;
    }

    public Task Seconds(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Loop.Time);

    /// <summary>Waits until something holds; the test fails when it does not for half a minute.</summary>
    public async Task Until(Func<bool> condition, Func<string>? otherwise = null)
    {
        for (var waited = Stopwatch.StartNew(); !condition();)
        {
            if (waited.Elapsed > Limit) Assert.Fail($"{otherwise?.Invoke() ?? "it did not come true"}\nproblems: {string.Join("; ", Problems.Select(problem => problem.Text))}");
            await Seconds(0.01);
        }
    }
}
