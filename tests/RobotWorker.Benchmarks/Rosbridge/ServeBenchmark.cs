using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Rosbridge.Server;
using RobotWorker.Time;

namespace RobotWorker.Benchmarks.Rosbridge;

/// <summary>The server that the rosbridge benchmark measures clients on: an empty graph, in a process of its own, until its input ends.</summary>
internal static class ServeBenchmark
{
    public const string Name = "rosbridge-serve";

    public static int Run()
    {
        var loop = new EpisodeLoop(Pace.Wall);
        return loop.Run(async () =>
        {
            using var outside = loop.ExpectOutside();
            var graph = new InProcessGraph(loop.Time);
            using var server = new RosbridgeServer(new(loop.Time, loop, loop.Inbox.Post), graph, new() { Endpoint = new(System.Net.IPAddress.Loopback, 0) });
            Console.WriteLine(server.Endpoint.Port);
            var over = new TaskCompletionSource();
            new Thread(() =>
            {
                Console.In.ReadToEnd();
                loop.Inbox.Post(over.SetResult);
            }) { IsBackground = true }.Start();
            await over.Task;
            return 0;
        });
    }
}
