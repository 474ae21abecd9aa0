using System.Collections.Immutable;
using System.Net;
using RobotWorker.Generation.Serving;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Wire.Faults;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Sensors;
using RobotWorker.Sim.Truth;
using RobotWorker.Testing;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Integration.Lines;

/// <param name="Wall">The clock that it lives by.</param>
internal sealed record ServedOptions(ulong Seed, WallClock Wall)
{
    /// <summary>How fast its time passes.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Of its rosbridge server.</summary>
    public RosDialect Dialect { get; init; } = RosDialect.Ros2;

    /// <summary>The ROS 1 master that it registers with, in place of a rosbridge server; null: none.</summary>
    public Uri? Master { get; init; }

    /// <summary>Whether it also navigates as ROS 1 software expects; null: on ROS 1.</summary>
    public bool? OffersMoveBase { get; init; }

    /// <summary>Adds something to its graph that the simulated robot does not have.</summary>
    public Action<IRosConnection>? Beside { get; init; }

    public DetectorNoise Detector { get; init; } = DetectorNoise.None;

    public ImmutableArray<FaultDescription> Faults { get; init; } = [];

    /// <summary>Whether faults of the wire can be injected.</summary>
    public bool IsWireFaulty { get; init; }

    public SilenceOptions Silence { get; init; } = SilenceOptions.Default;
}

/// <summary>The simulated robot behind our rosbridge server or on a ROS 1 graph, on a thread of its own, with the truth at hand: a robot of metal as far as a worker can tell.</summary>
internal sealed class ServedRobot : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServedOptions options;
    private readonly Workplace place;
    private readonly EpisodeLoopThread thread;
    private SimWorld? world;
    private long nanoseconds;
    private double speed;
    private double silent = double.PositiveInfinity;
    private SilenceLog? silences;
    private FaultInjector? injector;
    private TruthLog? truth;

    public ServedRobot(Workplace place, ServedOptions options)
    {
        (this.place, this.options) = (place, options);
        thread = new(options.Wall, options.Rate, LiveAsync);
        thread.Started.Wait(Patience);
        thread.ThrowIfBroken();
    }

    /// <summary>Where its rosbridge server listens, if it has one.</summary>
    public IPEndPoint Endpoint { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Where a worker finds it.</summary>
    public string Address => options.Master is { } master ? $"ros1://{master.Host}:{master.Port}" : $"ws://{Endpoint}";

    /// <summary>Simulated time reached; from any thread.</summary>
    public RobotTime Now => new(Interlocked.Read(ref nanoseconds));

    /// <summary>The base's speed in m/s; from any thread.</summary>
    public double Speed => Volatile.Read(ref speed);

    /// <summary>How many seconds ago it last heard its worker; from any thread.</summary>
    public double SilentSeconds => Volatile.Read(ref silent);

    /// <summary>What was seen of it in its worker's silences.</summary>
    public IReadOnlyList<Silence> Silences => thread.Ask(() => silences!.All.ToList());

    /// <summary>Every time that an object was between its fingers.</summary>
    public IReadOnlyList<Holding> Holdings => thread.Ask(() => truth!.Holdings.ToList());

    /// <summary>What went wrong by will, and when.</summary>
    public IReadOnlyList<InjectedFault> Faults => thread.Ask(() => injector!.Faults.ToList());

    /// <summary>Lets something go wrong from now on.</summary>
    public InjectedFault Inject(FaultDescription fault) => thread.Ask(() =>
    {
        var injected = injector!.Inject(fault);
        injector.Step();
        return injector.Faults[injected.Number - 1];
    });

    /// <summary>Whether a condition holds in truth.</summary>
    public bool? Holds(Condition condition) => thread.Ask(() => new GoalTruth(world!, truth!).Holds(condition));

    public void Dispose() => thread.Dispose();

    private async Task LiveAsync(EpisodeLoop loop, Task stop)
    {
        var scene = SceneSampler.Sample(place.Scene, options.Seed);
        using var made = world = new SimWorld(scene, place.Robot);
        var graph = new InProcessGraph(loop.Time);
        using var connection = graph.Connect("robot");
        var wire = options.IsWireFaulty ? SeededWire.Of(options.Seed, options.Rate) : null;
        await using var front = await Front(wire)(new(loop.Time, loop, loop.Inbox.Post), graph, _ => { });
        using var robot = new SimulatedRobot(world, place.Robot, scene, connection, loop.Time, options.Seed, "served", new()
        {
            Detector = options.Detector, OffersMoveBase = options.OffersMoveBase ?? (options.Master is not null || options.Dialect == RosDialect.Ros1), Silence = options.Silence,
        });
        var log = truth = new TruthLog(world);
        injector = new FaultInjector(world, log, options.Faults, options.Seed, wire);
        var watch = silences = new(options.Silence, place.Robot.Posture(options.Silence.Posture));
        robot.StepDone += () =>
        {
            log.Step();
            injector.Step();
        };
        robot.PhysicsStepped += (now, state) =>
        {
            Interlocked.Exchange(ref nanoseconds, now.Nanoseconds);
            Volatile.Write(ref speed, state.Base.Velocity.Speed);
            Volatile.Write(ref silent, robot.SilentFor?.TotalSeconds ?? double.PositiveInfinity);
            watch.Step(robot.SilentFor, now, state);
        };
        options.Beside?.Invoke(connection);
        robot.Start();
        if (front is RosbridgeFront { Endpoint: var endpoint }) Endpoint = endpoint;
        thread.Started.Set();
        await stop;
    }

    private OpenFront Front(FaultyWire? wire) => options.Master is { } master
        ? Ros1Front.With(new(master) { Wire = wire })
        : RosbridgeFront.With(new() { Endpoint = new(IPAddress.Loopback, 0), Dialect = options.Dialect, Rate = options.Rate, Wire = wire });
}
