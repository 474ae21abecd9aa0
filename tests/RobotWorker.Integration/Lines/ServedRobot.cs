using System.Collections.Immutable;
using System.Net;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Rosbridge.Server;
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
    public RosDialect Dialect { get; init; } = RosDialect.Ros2;

    public DetectorNoise Detector { get; init; } = DetectorNoise.None;

    public ImmutableArray<FaultDescription> Faults { get; init; } = [];

    public SilenceOptions Silence { get; init; } = SilenceOptions.Default;
}

/// <summary>The simulated robot behind our rosbridge server, on a thread of its own, with the truth at hand: a robot of metal as far as a worker can tell.</summary>
internal sealed class ServedRobot : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServedOptions options;
    private readonly Workplace place;
    private readonly EpisodeLoopThread thread;
    private SimWorld? world;
    private long nanoseconds;
    private TruthLog? truth;

    public ServedRobot(Workplace place, ServedOptions options)
    {
        (this.place, this.options) = (place, options);
        thread = new(options.Wall, LiveAsync);
        thread.Started.Wait(Patience);
        thread.ThrowIfBroken();
    }

    /// <summary>Where its rosbridge server listens.</summary>
    public IPEndPoint Endpoint { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Simulated time reached; from any thread.</summary>
    public RobotTime Now => new(Interlocked.Read(ref nanoseconds));

    /// <summary>What was seen of it in silence.</summary>
    public SilenceLog Silences { get; private set; } = null!;

    /// <summary>Whether a condition holds in truth.</summary>
    public bool? Holds(Condition condition) => thread.Ask(() => new GoalTruth(world!, truth!).Holds(condition));

    public void Dispose() => thread.Dispose();

    private async Task LiveAsync(EpisodeLoop loop, Task stop)
    {
        var scene = SceneSampler.Sample(place.Scene, options.Seed);
        using var made = world = new SimWorld(scene, place.Robot);
        var graph = new InProcessGraph(loop.Time);
        using var connection = graph.Connect("robot");
        using var server = new RosbridgeServer(
            new(loop.Time, loop, loop.Inbox.Post), graph, new() { Endpoint = new(IPAddress.Loopback, 0), Dialect = options.Dialect });
        using var robot = new SimulatedRobot(world, place.Robot, scene, connection, loop.Time, options.Seed, "served", new()
        {
            Detector = options.Detector, OffersMoveBase = options.Dialect == RosDialect.Ros1, Silence = options.Silence,
        });
        var log = truth = new TruthLog(world);
        var injector = new FaultInjector(world, log, options.Faults);
        Silences = new(options.Silence);
        robot.StepDone += () =>
        {
            log.Step();
            injector.Step();
        };
        robot.PhysicsStepped += (now, state) =>
        {
            Interlocked.Exchange(ref nanoseconds, now.Nanoseconds);
            Silences.Step(robot.SilentFor, now, state);
        };
        robot.Start();
        Endpoint = server.Endpoint;
        thread.Started.Set();
        await stop;
    }
}
