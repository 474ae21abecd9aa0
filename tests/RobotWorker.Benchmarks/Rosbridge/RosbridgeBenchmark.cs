using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Rosbridge;
using RobotWorker.Testing;
using RobotWorker.Time;
using RosString = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Benchmarks.Rosbridge;

/// <summary>
/// Our rosbridge client against npm roslib's on the same server of ours, which runs in a process of its own: a connection publishes a text of 100 bytes
/// and hears it again. Bursts of 5,000 give the rate and what is lost; one message at a time gives the round trip. Both warm up in the same way (both
/// compile while they run), take turns, and count with the best of their turns: other work on the machine disturbs each less so. The processor
/// time of the client's own process and of the server's says what a message costs all the same.
/// </summary>
internal static class RosbridgeBenchmark
{
    private const int Burst = 5_000, Trips = 2_000, TextBytes = 100, WarmUps = 40, Rounds = 20, Turns = 3;

    public static BenchmarkResult Run()
    {
        using var server = StartServer(out var address);
        try
        {
            var (ours, theirs) = (Figures.None, Figures.None);
            for (var turn = 0; turn < Turns; turn++)
            {
                ours = ours.Best(Measured(server, () => Ours(address)));
                theirs = theirs.Best(Measured(server, () => Roslib(address)));
            }

            Print("RobotWorker", ours);
            Print("npm roslib", theirs);
            return new(ours.Rate, "messages/s", theirs.Rate, ours.Rate / theirs.Rate)
            {
                More =
                [
                    ("p50_us", ours.P50), ("p99_us", ours.P99), ("roslib_p50_us", theirs.P50), ("roslib_p99_us", theirs.P99),
                    ("cpu_us_per_message", ours.Busy), ("roslib_cpu_us_per_message", theirs.Busy),
                    ("server_cpu_us_per_message", ours.ServerBusy), ("roslib_server_cpu_us_per_message", theirs.ServerBusy),
                    ("bytes_per_message", ours.Bytes), ("own_bytes_of_message", OwnBytes(new RosString { Data = new('x', TextBytes) })),
                    ("bytes_per_pose", ours.PoseBytes), ("own_bytes_of_pose", OwnBytes(new Pose())), ("burst", Burst), ("lost", Burst - ours.Heard), ("roslib_lost", Burst - theirs.Heard),
                ],
            };
        }
        finally
        {
            server.StandardInput.Close();
            if (!server.WaitForExit(5_000)) server.Kill();
        }
    }

    private static Figures Measured(Process server, Func<Figures> measure)
    {
        server.Refresh();
        var before = server.TotalProcessorTime;
        var figures = measure();
        server.Refresh();
        return figures with { ServerBusy = (server.TotalProcessorTime - before).TotalMicroseconds / ((WarmUps + Rounds) * Burst + 2 * Trips) };
    }

    private static Figures Ours(Uri address)
    {
        var loop = new EpisodeLoop(Pace.Wall);
        return loop.Run(async () =>
        {
            using var outside = loop.ExpectOutside();
            using var client = RosbridgeConnection.Connect(address, "benchmark", new(loop.Time, loop, loop.Inbox.Post));
            var message = new RosString { Data = new('x', TextBytes) };
            var publisher = client.Advertise<RosString>("/bench_ours");
            var (heard, wanted, done) = (0, 0, new TaskCompletionSource());
            client.Subscribe<RosString>("/bench_ours", _ =>
            {
                if (++heard == wanted) done.TrySetResult();
            });
            while (client.Link != LinkState.Up) await Task.Delay(TimeSpan.FromMilliseconds(5), loop.Time);

            async Task<TimeSpan> Publish(int count)
            {
                (heard, wanted, done) = (0, count, new());
                var start = Stopwatch.GetTimestamp();
                for (var i = 0; i < count; i++) publisher.Publish(message);
                if (await Task.WhenAny(done.Task, Task.Delay(TimeSpan.FromSeconds(30), loop.Time)) != done.Task) return TimeSpan.MaxValue;
                return Stopwatch.GetElapsedTime(start);
            }

            if (await Publish(1) == TimeSpan.MaxValue) throw new BenchmarkException("the server does not answer");
            for (var round = 0; round < WarmUps; round++) await Publish(Burst);
            for (var i = 0; i < Trips; i++) await Publish(1);
            var (best, bytes, least) = (TimeSpan.MaxValue, 0.0, Burst);
            using var me = Process.GetCurrentProcess();
            GC.Collect();
            me.Refresh();
            var busyBefore = me.TotalProcessorTime;
            for (var round = 0; round < Rounds; round++)
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                var time = await Publish(Burst);
                var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
                least = Math.Min(least, heard);
                if (time < best) (best, bytes) = (time, (double)allocated / Burst);
            }

            me.Refresh();
            var busy = (me.TotalProcessorTime - busyBefore).TotalMicroseconds / (Rounds * Burst);
            var trips = new List<double>(Trips);
            for (var i = 0; i < Trips; i++) trips.Add((await Publish(1)).TotalMicroseconds);
            trips.Sort();
            return new Figures(Burst / best.TotalSeconds, trips[Trips / 2], trips[Trips * 99 / 100], least, busy, bytes) { PoseBytes = await PoseBytesAsync(client, loop) };
        });
    }

    // A text's own characters are most of what it allocates; a message of numbers shows what the way costs.
    private static async Task<double> PoseBytesAsync(RosbridgeConnection client, EpisodeLoop loop)
    {
        var heard = 0;
        var publisher = client.Advertise<Pose>("/bench_pose");
        using var subscription = client.Subscribe<Pose>("/bench_pose", _ => heard++);
        var pose = new Pose { Position = new() { X = 0.125, Y = -1.5, Z = 0.75 }, Orientation = new() { W = 1 } };
        var before = 0L;
        for (var round = 0; round < 2; round++)
        {
            before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Burst; i++) publisher.Publish(pose);
            while (heard < (round + 1) * Burst) await Task.Delay(TimeSpan.FromMilliseconds(5), loop.Time);
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Burst;
    }

    private static double OwnBytes<T>(T message) where T : IRosMessage<T>
    {
        var json = RosJson.Serialize(message, RosDialect.Ros2);
        RosJson.Deserialize(MessageType.Of<T>(), json, RosDialect.Ros2);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RosJson.Deserialize(MessageType.Of<T>(), json, RosDialect.Ros2);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Figures Roslib(Uri address)
    {
        string folder;
        try
        {
            folder = NodePackages.Require("tests/RobotWorker.Benchmarks/peers/roslib");
        }
        catch (Exception missing) when (missing is NUnit.Framework.IgnoreException or NUnit.Framework.AssertionException)
        {
            throw new BenchmarkException(missing.Message);
        }

        var run = Peer.Run(
            Peer.Require("node", "apt-get install nodejs"),
            ["bench.mjs", address.ToString(), Text(Burst), Text(Trips), Text(TextBytes), Text(WarmUps), Text(Rounds)], folder, limit: TimeSpan.FromMinutes(10));
        if (run.ExitCode != 0) throw new BenchmarkException($"roslib failed: {run.Errors.Trim()}");
        var found = JsonNode.Parse(run.Output.Trim().Split('\n')[^1])!;
        return new((double)found["rate"]!, (double)found["p50"]!, (double)found["p99"]!, (int)found["heard"]!, (double)found["busy"]!, 0);
    }

    private static Process StartServer(out Uri address)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(RosbridgeBenchmark).Assembly.Location);
        start.ArgumentList.Add(ServeBenchmark.Name);
        var process = Process.Start(start) ?? throw new BenchmarkException("cannot start the server's process");
        var port = process.StandardOutput.ReadLine() ?? throw new BenchmarkException("the server's process ended at once");
        address = new($"ws://127.0.0.1:{port}");
        return process;
    }

    private static void Print(string who, Figures figures) => Console.WriteLine(
        $"{who,-12} {figures.Rate,9:0} messages/s   round trip p50 {figures.P50,6:0} us, p99 {figures.P99,6:0} us   {figures.Busy,5:0.0} us of processor a message, the server {figures.ServerBusy,5:0.0} us   {figures.Heard} of {Burst} heard"
        + (figures.Bytes > 0
            ? $"\n{"",-12} allocated, publishing and hearing: a text of {TextBytes} B {figures.Bytes:0} B, of which the decoded text itself {OwnBytes(new RosString { Data = new('x', TextBytes) })} B; "
            + $"a geometry_msgs/Pose {figures.PoseBytes:0} B, of which the pose itself {OwnBytes(new Pose())} B"
            : ""));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Figures(double Rate, double P50, double P99, int Heard, double Busy, double Bytes)
    {
        public static Figures None { get; } = new(0, double.MaxValue, double.MaxValue, Burst, double.MaxValue, double.MaxValue) { ServerBusy = double.MaxValue };

        public double ServerBusy { get; init; }

        public double PoseBytes { get; init; }

        /// <summary>The better of each; of what was heard the worse.</summary>
        public Figures Best(Figures other) => new(
            Math.Max(Rate, other.Rate), Math.Min(P50, other.P50), Math.Min(P99, other.P99), Math.Min(Heard, other.Heard), Math.Min(Busy, other.Busy), Math.Min(Bytes, other.Bytes))
        {
            ServerBusy = Math.Min(ServerBusy, other.ServerBusy), PoseBytes = other.PoseBytes,
        };
    }
}
