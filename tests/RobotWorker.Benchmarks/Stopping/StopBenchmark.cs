using System.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;

namespace RobotWorker.Benchmarks.Stopping;

/// <summary>
/// How long a protective stop takes: a thousand times the simulated robot drives, is stopped, and is let go again. From the request to the first physics step in which the
/// base's command is zero, and until it stands. In process, and over loopback rosbridge beside a stream of pictures of 1 MB a second, once straight and once through a server with a
/// single thread, which the pictures block; all at the wall's pace.
/// </summary>
internal static class StopBenchmark
{
    private const int Stops = 1_000;
    private const double Drives = 0.15;    // m/s

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static BenchmarkResult Run()
    {
        var job = Jobs.TidyTable();
        var inProcess = Report("in process", InProcess(job));
        var wired = Report("over rosbridge, beside 1 MB/s", OverRosbridge(job));
        var blocked = Report("the same, through one blocked thread", OverRosbridge(job, oneThread: true));
        return new(wired.CommandP99, "ms")
        {
            More =
            [
                ("command_p50_ms", wired.CommandP50), ("still_p50_ms", wired.StillP50), ("still_p99_ms", wired.StillP99), ("in_process_command_p50_ms", inProcess.CommandP50),
                ("in_process_command_p99_ms", inProcess.CommandP99), ("in_process_still_p99_ms", inProcess.StillP99), ("one_thread_command_p50_ms", blocked.CommandP50),
                ("one_thread_command_p99_ms", blocked.CommandP99), ("one_thread_still_p99_ms", blocked.StillP99), ("stops", Stops),
            ],
        };
    }

    private static List<Stop> InProcess(Job job)
    {
        var stops = new List<Stop>();
        var loop = new EpisodeLoop(Pace.Wall);
        loop.Run(async () =>
        {
            using var outside = loop.ExpectOutside();
            using var robot = new DrivenRobot(job, loop, withPictures: false);
            using var worker = robot.Graph.Connect("worker");
            using var alive = Heartbeat.Of(worker, Site.ProfileOf(job.Robot));
            robot.Start();
            var stop = new OnTheLoop(worker);
            await ThousandTimesAsync(stops, robot, worker, stop);
        });
        return stops;
    }

    private static List<Stop> OverRosbridge(Job job, bool oneThread = false)
    {
        using var robot = new RobotThread(job);
        using var relay = oneThread ? new OneThreadRelay(robot.Port) : null;
        var stops = new List<Stop>();
        var loop = new EpisodeLoop(Pace.Wall);
        loop.Run(async () =>
        {
            using var outside = loop.ExpectOutside();
            var line = new RobotLine(RobotAddress.Parse($"ws://127.0.0.1:{relay?.Port ?? robot.Port}")!);
            var profile = Site.ProfileOf(job.Robot) with { StopList = [StopMeasure.ProtectiveStop, StopMeasure.ZeroVelocity] };
            using var ros = line.Open(new(loop.Time, loop, loop.Inbox.Post), "worker");
            if (await RobotLine.ReachAsync(ros, Patience, CancellationToken.None) is not { } dialect) throw new BenchmarkException("the robot was not reached");
            var bytes = 0L;
            using var watching = ros.Subscribe<CompressedImage>(DrivenRobot.Pictures, picture => bytes += picture.Data.Length);
            using var alive = Heartbeat.Of(ros, profile);
            await using var stop = await StopThread.StartAsync(line, "worker_stop", profile.On(dialect), loop.Inbox, rate: 1);
            await Task.Delay(TimeSpan.FromSeconds(1), loop.Time);
            var (began, before) = (Stopwatch.GetTimestamp(), bytes);
            await ThousandTimesAsync(stops, robot.Robot, ros, stop);
            Console.WriteLine($"pictures: {(bytes - before) / 1e6 / Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} MB a second beside it{(relay is null ? "" : $", which keep the one thread busy {relay.Busy:P0} of the time")}");
        });
        return stops;
    }

    private static async Task ThousandTimesAsync(List<Stop> stops, DrivenRobot robot, IRosConnection ros, IProtectiveStop stop)
    {
        while (stops.Count < Stops)
        {
            // There and back, so that it stays where it is.
            stops.Add(await OnceAsync(robot, ros, stop, stops.Count % 2 == 0 ? 0.3 : -0.3));
            if (stops.Count % 100 == 0) Console.Error.WriteLine($"{stops.Count} of {Stops} stops");
        }
    }

    private static async Task<Stop> OnceAsync(DrivenRobot robot, IRosConnection ros, IProtectiveStop stop, double speed)
    {
        using var velocity = ros.Advertise<Twist>("/cmd_vel");
        await UntilAsync(ros, () => robot.Speed > Drives, "it does not drive", () => velocity.Publish(new() { Linear = new() { X = speed } }));
        robot.Arm();
        var asked = Stopwatch.GetTimestamp();
        await stop.CarryOutAsync([], TimeSpan.FromSeconds(2), CancellationToken.None);
        await UntilAsync(ros, () => robot.StoodAt != 0, "it does not stop", () => { });
        var taken = new Stop(Stopwatch.GetElapsedTime(asked, robot.HeldAt).TotalMilliseconds, Stopwatch.GetElapsedTime(asked, robot.StoodAt).TotalMilliseconds);
        if (await stop.ReleaseAsync(TimeSpan.FromSeconds(2), CancellationToken.None) is { } problem) throw new BenchmarkException(problem);
        return taken;
    }

    private static async Task UntilAsync(IRosConnection ros, Func<bool> holds, string otherwise, Action meanwhile)
    {
        for (var since = Stopwatch.GetTimestamp(); !holds();)
        {
            if (Stopwatch.GetElapsedTime(since) > Patience) throw new BenchmarkException(otherwise);
            meanwhile();
            await Task.Delay(TimeSpan.FromMilliseconds(20), ros.Time);
        }
    }

    private static Figures Report(string name, List<Stop> stops)
    {
        var commands = stops.Select(s => s.ToCommand).Order().ToList();
        var stills = stops.Select(s => s.ToStill).Order().ToList();
        double At(List<double> values, double part) => values[(int)(part * (values.Count - 1))];
        var figures = new Figures(At(commands, 0.5), At(commands, 0.99), At(stills, 0.5), At(stills, 0.99));
        Console.WriteLine($"{name}: command zero after p50 {figures.CommandP50:0.0} ms, p99 {figures.CommandP99:0.0} ms, longest {commands[^1]:0.0} ms; still after p50 {figures.StillP50:0} ms, p99 {figures.StillP99:0} ms");
        return figures;
    }

    private sealed record Stop(double ToCommand, double ToStill);

    private sealed record Figures(double CommandP50, double CommandP99, double StillP50, double StillP99);

    /// <summary>The service as it is called where worker and robot share a loop.</summary>
    private sealed class OnTheLoop(IRosConnection ros) : IProtectiveStop
    {
        public bool Holds { get; private set; }

        public void AssumeHeld() => Holds = true;

        public Task CarryOutAsync(IReadOnlyCollection<string> called, TimeSpan deadline, CancellationToken cancel) => CallAsync("/protective_stop", deadline, cancel);

        public async Task<string?> ReleaseAsync(TimeSpan deadline, CancellationToken cancel)
        {
            await CallAsync("/protective_stop_release", deadline, cancel);
            return null;
        }

        private async Task CallAsync(string service, TimeSpan deadline, CancellationToken cancel)
        {
            var answer = await ros.CallServiceAsync(Ros.Messages.StdSrvs.Trigger.Type, service, new(), deadline, cancel);
            if (!answer.Success) throw new BenchmarkException($"{service}: {answer.Message}");
        }
    }
}
