using System.Net;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Rosbridge.Server;
using RobotWorker.Time;

namespace RobotWorker.Tests.Ros.Rosbridge.Server;

/// <summary>A graph on a loop of its own thread, served to whoever connects: the test is outside, as clients are.</summary>
internal sealed class ServedGraph : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Thread thread;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource stop = new();
    private readonly List<RawClient> clients = [];
    private EpisodeLoop loop = null!;
    private Exception? failure;

    public ServedGraph(RosbridgeServerOptions? options = null)
    {
        options = (options ?? new()) with { Endpoint = new(IPAddress.Loopback, 0) };
        thread = new(() => Run(options)) { IsBackground = true };
        thread.Start();
        ready.Task.WaitAsync(Limit).GetAwaiter().GetResult();
    }

    public InProcessGraph Graph { get; private set; } = null!;

    /// <summary>A node beside the clients: the robot's side.</summary>
    public IRosConnection Robot { get; private set; } = null!;

    public RosbridgeServer Server { get; private set; } = null!;

    /// <summary>What the server said of its clients, one line each.</summary>
    public List<string> Told { get; } = [];

    public Uri Address => new($"ws://127.0.0.1:{Server.Endpoint.Port}");

    public static ServedGraph On(RosDialect dialect) => new(new() { Dialect = dialect });

    public RawClient Connect()
    {
        var client = RawClient.Connect(Address);
        clients.Add(client);
        return client;
    }

    /// <summary>Does something on the loop and waits for it.</summary>
    public void Do(Action work) => Do(() =>
    {
        work();
        return true;
    });

    /// <summary>Does something on the loop and waits for what it gives.</summary>
    public T Do<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Inbox.Post(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task.WaitAsync(Limit).GetAwaiter().GetResult();
    }

    /// <summary>Waits until something holds on the loop.</summary>
    public void WaitUntil(Func<bool> holds, string what)
    {
        for (var i = 0; i < 3000; i++)
        {
            if (Do(holds)) return;
            Thread.Sleep(10);
        }

        Assert.Fail($"it did not come to this within 30 s: {what}");
    }

    public void Dispose()
    {
        foreach (var client in clients) client.Dispose();
        loop.Inbox.Post(() => stop.TrySetResult());
        Assert.That(thread.Join(Limit), "the loop did not end");
        Assert.That(failure, Is.Null, "the loop failed");
    }

    private void Run(RosbridgeServerOptions options)
    {
        try
        {
            loop = new(Pace.Wall, DateTimeOffset.UnixEpoch.AddSeconds(1000));
            loop.Run(async () =>
            {
                using var outside = loop.ExpectOutside();
                Graph = new(loop.Time);
                using var robot = Robot = Graph.Connect("robot");
                using var server = Server = new(new(loop.Time, loop, loop.Inbox.Post), Graph, options);
                server.ClientsChanged += change => Told.Add($"{(change.IsThere ? "came" : "went")} {change.Why}".Trim());
                server.Refused += Told.Add;
                ready.SetResult();
                await stop.Task;
            });
        }
        catch (Exception e)
        {
            failure = e;
            ready.TrySetException(e);
        }
    }
}
