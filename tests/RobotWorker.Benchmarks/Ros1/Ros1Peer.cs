using System.Diagnostics;
using System.Globalization;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Ros.Ros1;
using RobotWorker.Time;
using String = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Benchmarks.Ros1;

/// <summary>One side of the benchmark in C#: publishes as fast as it can, counts, echoes, or measures round trips. The same as native/ros1.py and ros1.cpp.</summary>
internal static class Ros1Peer
{
    public const string Verb = "ros1-peer";

    private const int SmallUpTo = 1000;

    /// <param name="arguments">The mode (pub, sub, echo, ping) and the size of the messages in bytes.</param>
    public static int Run(string[] arguments)
    {
        var mode = arguments[0];
        var size = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var loop = new EpisodeLoop(Pace.Wall);
        loop.Run(async () =>
        {
            using var outside = loop.ExpectOutside();
            await using var node = Ros1Node.Connect(new(loop.Time, loop, loop.Inbox.Post), mode + "_cs", Ros1Options.FromEnvironment());
            await node.UpAsync(TimeSpan.FromSeconds(20));
            await (size <= SmallUpTo
                ? PlayAsync(node, mode, loop, MessageType.Of<String>(), new String { Data = new('x', size) })
                : PlayAsync(node, mode, loop, MessageType.Of<UInt8MultiArray>(), new UInt8MultiArray { Data = [.. new byte[size]] }));
        });
        return 0;
    }

    private static Task PlayAsync<T>(Ros1Node node, string mode, EpisodeLoop loop, MessageType<T> type, T message) where T : IRosMessage => mode switch
    {
        "pub" => PublishAsync(node, loop, type, message),
        "sub" => CountAsync(node, loop, type, message),
        "echo" => EchoAsync(node, loop, type),
        _ => PingAsync(node, loop, type, message),
    };

    // A publisher that minds how much waits, as one of images should; else it would measure how fast messages are dropped.
    private static async Task PublishAsync<T>(Ros1Node node, EpisodeLoop loop, MessageType<T> type, T message) where T : IRosMessage
    {
        var publisher = node.Advertise(type, "/flood");
        while (publisher.SubscriberCount == 0) await Task.Delay(TimeSpan.FromMilliseconds(10), loop.Time);
        var batch = Ros1Wire.Serialize(message).Length > SmallUpTo ? 1 : 200;
        while (true)
        {
            for (var i = 0; i < batch; i++) publisher.Publish(message);
            await Task.Yield();
            while (node.WaitingBytes("/flood") > 4 << 20) await Task.Delay(TimeSpan.FromMilliseconds(1), loop.Time);
        }
    }

    private static async Task CountAsync<T>(Ros1Node node, EpisodeLoop loop, MessageType<T> type, T message) where T : IRosMessage
    {
        var count = 0L;
        using var subscription = node.Subscribe(type, "/flood", _ => count++);
        while (count == 0) await Task.Delay(TimeSpan.FromMilliseconds(10), loop.Time);
        await Task.Delay(TimeSpan.FromMilliseconds(1000), loop.Time);
        var (before, allocated, start) = (count, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromMilliseconds(3000), loop.Time);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var each = (GC.GetTotalAllocatedBytes() - allocated) / (double)(count - before);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RATE {(count - before) / seconds} {each} {each - OwnBytes(type, message)}"));
    }

    private static async Task EchoAsync<T>(Ros1Node node, EpisodeLoop loop, MessageType<T> type) where T : IRosMessage
    {
        var publisher = node.Advertise(type, "/pong");
        using var subscription = node.Subscribe(type, "/ping", publisher.Publish);
        await Task.Delay(TimeSpan.FromHours(1), loop.Time);
    }

    private static async Task PingAsync<T>(Ros1Node node, EpisodeLoop loop, MessageType<T> type, T message) where T : IRosMessage
    {
        var publisher = node.Advertise(type, "/ping");
        var times = new List<double>();
        var rounds = Ros1Wire.Serialize(message).Length > SmallUpTo ? 250 : 2500;
        var done = new TaskCompletionSource();
        var sent = 0L;
        using var subscription = node.Subscribe(type, "/pong", _ =>
        {
            times.Add(Stopwatch.GetElapsedTime(sent).TotalMicroseconds);
            if (times.Count == rounds) done.SetResult();
            else Ping();
        });
        while (publisher.SubscriberCount == 0 || node.PublisherCount("/pong") == 0) await Task.Delay(TimeSpan.FromMilliseconds(10), loop.Time);
        Ping();
        await done.Task;
        times.RemoveRange(0, rounds / 5);
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"TRIP {times[times.Count / 2]} {times[times.Count * 99 / 100]}"));

        void Ping()
        {
            sent = Stopwatch.GetTimestamp();
            publisher.Publish(message);
        }
    }

    // What the message itself takes when it is made from its bytes, whoever brings them.
    private static double OwnBytes<T>(MessageType<T> type, T message) where T : IRosMessage
    {
        const int Times = 100;
        var bytes = Ros1Wire.Serialize(message);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++) Ros1Wire.Deserialize(type, bytes);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times;
    }
}
