using System.Diagnostics;
using System.Runtime.Versioning;
using RobotWorker.Chance;
using RobotWorker.Firmware.Board;
using RobotWorker.Firmware.Links;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Benchmarks.Serial;

/// <summary>Two hundred presses of the emergency stop at the wall's pace: the firmware in simavr behind a pseudo-terminal, the product's serial link and board node; from the contact that opens in simavr to the host's event.</summary>
[SupportedOSPlatform("linux")]
internal static class StopsSeenOnAPort
{
    private const int Trials = 200;

    public static Times Run()
    {
        using var board = new BoardTerminal();
        var loop = new EpisodeLoop(Pace.Wall);
        var seconds = new List<double>();
        loop.Run(async () =>
        {
            using var outside = loop.ExpectOutside();
            var graph = new InProcessGraph(loop.Time);
            using var ros = graph.Connect("board");
            using var client = graph.Connect("trials");
            using var node = new BoardNode(() => SerialPorts.Open(board.Port, new(SafetyBoard.Baud) { WaitsForBridge = false }, loop.Time), ros, loop.Time, () => RobotTime.FromSeconds(loop.Elapsed.TotalSeconds));
            long? seen = null;
            node.StopPressed += _ => seen ??= Stopwatch.GetTimestamp();
            node.Start();
            var chance = RandomStream.For(1, "port", "stops");
            for (var trial = 0; trial < Trials; trial++)
            {
                // Where this machine was too busy to be heard by the board, it is asked again.
                while (node.Status is not { State: BoardState.Armed }) await PowerOnAsync(client, loop);
                await Task.Delay(TimeSpan.FromSeconds(chance.Uniform(0.02, 0.12)), loop.Time);
                seen = null;
                // The loop goes on meanwhile: somebody else presses.
                var pressed = 0L;
                var presses = new Thread(() => Volatile.Write(ref pressed, board.OpenContact()));
                presses.Start();
                while (seen is null || presses.IsAlive) await Task.Delay(TimeSpan.FromMilliseconds(1), loop.Time);
                seconds.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref pressed), seen.Value).TotalSeconds);
                board.Do("estop closed");
                while (node.Status is not { InputOpen: false }) await Task.Delay(TimeSpan.FromMilliseconds(5), loop.Time);
            }
        });
        return Times.Of(seconds);
    }

    private static async Task PowerOnAsync(IRosConnection client, EpisodeLoop loop)
    {
        await client.CallServiceAsync(Trigger.Type, "/emergency_stop_reset", new(), TimeSpan.FromSeconds(5));
        await client.CallServiceAsync(Trigger.Type, "/power_on", new(), TimeSpan.FromSeconds(5));
        await Task.Delay(TimeSpan.FromMilliseconds(20), loop.Time);
    }
}
