using System.Collections.Immutable;
using RobotWorker.Controllers.Servers;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Board;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Mavlink;
using RobotWorker.Generation.Runs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Time;

namespace RobotWorker.Generation.Serving;

/// <param name="Port">Instead of the file's.</param>
/// <param name="BoardPort">Of the safety board; null: there is none.</param>
/// <param name="IsEmulated">Servos on a pseudo-terminal instead of metal.</param>
public sealed record ArmServeOptions(SerialArmDescription Arm, string? Port, string? BoardPort, bool IsEmulated)
{
    /// <summary>Of a board that speaks MAVLink 2, and the bits a second of its port; null: there is none.</summary>
    public (string Port, int Baud)? Mavlink { get; init; }

    /// <summary>For /robot_description and /tf; null: somebody else tells them, or nobody.</summary>
    public ArmBody? Body { get; init; }

    /// <summary>Told on /detections instead of what a camera sees, by an arm with a <see cref="Body"/>; null: somebody else does.</summary>
    public TaughtPlaces? Taught { get; init; }
}

/// <summary>
/// An arm on a servo bus for whoever comes by a front: a ROS robot without ROS. It begins limp; /torque_on makes it hold, /torque_off lets it go, /clear_faults makes latched servos forget. When it is ended it brakes and holds where it is: support
/// it, then release it. Behind a safety board, which then cuts its power, it holds for some seconds more, so that somebody can support it.
/// </summary>
public sealed class ArmServing(ArmServeOptions options, ImmutableArray<OpenFront> fronts, Action<string> tell, StopSwitch stop)
{
    private static readonly TimeSpan Braking = TimeSpan.FromSeconds(0.5), HandsWithin = TimeSpan.FromSeconds(10);

    /// <summary>Serves it until it is stopped. Blocks.</summary>
    /// <exception cref="FrontException">A front cannot be opened.</exception>
    /// <exception cref="ByteLinkException">A port cannot be had.</exception>
    public void Run()
    {
        var loop = new EpisodeLoop(Pace.Wall);
        loop.Run(() => ServeAsync(loop));
    }

    private async Task ServeAsync(EpisodeLoop loop)
    {
        using var outside = loop.ExpectOutside();
        var (emulated, port) = options.IsEmulated ? Emulate() : (null, options.Port ?? options.Arm.Bus.Port);
        using var servos = emulated;
        if (servos is not null) tell($"emulated servos at {port}");
        var graph = new InProcessGraph(loop.Time);
        using var ros = graph.Connect("arm");
        // Whether the ports are there at all is asked now, not by the loop that opens them again and again.
        SerialPorts.Open(port, new(options.Arm.Bus.Baud, tell), TimeProvider.System).Dispose();
        var opened = new List<IFront>();
        try
        {
            foreach (var open in fronts) opened.Add(await open(new(loop.Time, loop, loop.Inbox.Post), graph, tell));
            using var arm = new SerialArm(options.Arm, new ThreadPacer(() => ArmBuses.Open(options.Arm, TimeProvider.System, null, port), TimeProvider.System,
                TimeSpan.FromSeconds(options.Arm.PeriodSeconds), loop.Inbox.Post, WallClock(loop)), ros, Clock(loop), ArmBuses.OptionsOf(options.Arm).MaxLeadRadians);
            arm.Trouble += new Repeated(tell, loop.Time).Tell;
            using var on = ros.AdvertiseService(Trigger.Type, "/torque_on", (_, _) => Torque(arm.Enable, "the servos hold; nothing moves until it is asked to", loop.Time));
            using var off = ros.AdvertiseService(Trigger.Type, "/torque_off", (_, _) => Torque(arm.Disable, "the servos let go", loop.Time));
            using var clear = ros.AdvertiseService(Trigger.Type, "/clear_faults", (_, _) => Torque(arm.ClearFaults, "no servo reports a fault any more; their torque comes on when it is asked for", loop.Time));
            using var board = options.BoardPort is { } boardPort ? Board(boardPort, ros, loop, arm) : null;
            using var mavlink = options.Mavlink is var (mavlinkPort, baud) ? Mavlink(mavlinkPort, baud, ros, loop) : null;
            using var taught = options is { Taught: { } places, Arm.Gripper: { } gripper } ? new TaughtDetector(ros, options.Body!, gripper.Servo.Name, places, tell) : null;
            using var states = options.Body is { } body ? new RobotStatePublisher(ros, body.Tree) : null;
            using var description = options.Body is null ? null : new DescriptionPublisher(ros);
            if (options.Body is { } told) description!.Publish(told.Urdf, told.Tree, told.MapFromBase, Clock(loop)(), taught is null ? [] : [taught.Camera]);
            arm.Start();
            board?.Start();
            mavlink?.Start();
            foreach (var front in opened) tell($"serving {options.Arm.Name} by {front.Where}");
            await Stopped(loop, Timeout.InfiniteTimeSpan);
            var stands = arm.IsEnabled;
            arm.Stop("the serving ends");
            await Task.Delay(Braking, loop.Time);
            // Without this program the board cuts the power, and what stands up falls.
            if (board is not null && stands)
            {
                stop.Forget();
                tell($"the arm holds. When this ends, in {HandsWithin.TotalSeconds:0} s, the safety board cuts its power: support {options.Arm.WhatFalls}. Ctrl-C ends it at once");
                await Stopped(loop, HandsWithin);
            }
            tell(board is null ? "ended: the servos hold where they are. Support the arm, then 'robotworker arm release' lets it go" : "ended: without this program the safety board cuts the power, now");
        }
        finally
        {
            foreach (var front in opened) await front.DisposeAsync();
        }
    }

    private (IDisposable? Servos, string Port) Emulate()
    {
        if (!OperatingSystem.IsLinux()) throw new ByteLinkException(ByteLinkFailure.Unsupported, "emulated servos need a pseudo-terminal, which only Linux gives here");
        var servos = new ServoTerminal(EmulatedArm.Of(options.Arm).Servos, TimeProvider.System, options.Arm.Bus.Echoes);
        return (servos, servos.Port);
    }

    private BoardNode Board(string port, IRosConnection ros, EpisodeLoop loop, SerialArm arm)
    {
        var board = new BoardNode(() => SerialPorts.Open(port, new(SafetyBoard.Baud, tell) { WaitsForBridge = false }, loop.Time), ros, loop.Time, Clock(loop), () => arm.IsAlive, hold: options.Arm.BoardHold);
        var trouble = new Repeated(tell, loop.Time);
        board.Trouble += trouble.Tell;
        ArmGuard.Join(board, arm, tell);
        return board;
    }

    private MavlinkNode Mavlink(string port, int baud, IRosConnection ros, EpisodeLoop loop)
    {
        var node = new MavlinkNode(() => SerialPorts.Open(port, new(baud, tell) { WaitsForBridge = false }, loop.Time), ros, loop.Time, Clock(loop));
        node.Trouble += new Repeated(tell, loop.Time).Tell;
        return node;
    }

    private async Task Stopped(EpisodeLoop loop, TimeSpan within)
    {
        using var stopping = new CancellationTokenSource();
        stop.Wire(loop.Inbox, stopping);
        try
        {
            await Task.Delay(within, loop.Time, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C.
        }
        finally
        {
            stop.Unwire();
        }
    }

    // The loop's clock as any thread may read it: it goes with the wall's.
    private static Func<RobotTime> WallClock(EpisodeLoop loop)
    {
        var (began, start) = (TimeProvider.System.GetTimestamp(), Clock(loop)());
        return () => start + TimeProvider.System.GetElapsedTime(began);
    }

    private static Func<RobotTime> Clock(EpisodeLoop loop) => () => new((loop.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);

    private static async Task<Trigger.Response> Torque(Action<Action<string?>> act, string said, TimeProvider time)
    {
        var done = new TaskCompletionSource<string?>();
        using var late = time.CreateTimer(_ => done.TrySetResult("the servo bus does not answer yet; it will be done when it does"), null, SerialArm.EnableWithin + TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        act(why => done.TrySetResult(why));
        return await done.Task is { } refused ? new() { Success = false, Message = refused } : new() { Success = true, Message = said };
    }

    /// <summary>The same trouble, period for period, is told once in five seconds.</summary>
    private sealed class Repeated(Action<string> tell, TimeProvider time)
    {
        private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

        private string? last;
        private long at;

        public void Tell(string trouble)
        {
            if (trouble == last && time.GetElapsedTime(at) < Again) return;
            (last, at) = (trouble, time.GetTimestamp());
            tell(trouble);
        }
    }
}
