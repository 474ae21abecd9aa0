using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Serving;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;
using RobotWorker.Time;

namespace RobotWorker.Benchmarks.Stopping;

/// <summary>The simulated robot at the wall's pace, watched at its physics: when its base's command became zero, and when it stood.</summary>
internal sealed class DrivenRobot : IDisposable
{
    public const string Pictures = "/pictures";
    private const double Stands = 0.02;    // m/s
    private const int PictureBytes = 100_000;

    private readonly SimWorld world;
    private readonly IRosConnection connection;
    private readonly SimulatedRobot robot;
    private readonly ITimer? pictures;
    private double speed;
    private long heldAt;
    private long stoodAt;
    private volatile bool armed;

    public DrivenRobot(Job job, EpisodeLoop loop, bool withPictures)
    {
        var scene = SceneSampler.Sample(job.Scene, 1);
        world = new(scene, job.Robot);
        Graph = new(loop.Time);
        connection = Graph.Connect("robot");
        robot = new(world, job.Robot, scene, connection, loop.Time, 1, "stops", new());
        robot.PhysicsStepped += (_, _) => Watch();
        if (!withPictures) return;
        var stream = connection.Advertise<CompressedImage>(Pictures);
        ImmutableArray<byte> data = [.. Enumerable.Range(0, PictureBytes).Select(i => (byte)i)];
        pictures = loop.Time.CreateTimer(_ => stream.Publish(new() { Format = "jpeg", Data = data }), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    public InProcessGraph Graph { get; }

    /// <summary>Metres a second; from any thread, as the others.</summary>
    public double Speed => Volatile.Read(ref speed);

    /// <summary>When a physics step first had a command of zero, after <see cref="Arm"/>; 0: not yet.</summary>
    public long HeldAt => Interlocked.Read(ref heldAt);

    /// <summary>When it then stood.</summary>
    public long StoodAt => Interlocked.Read(ref stoodAt);

    public void Start() => robot.Start();

    /// <summary>The next stop is the one to be measured.</summary>
    public void Arm()
    {
        Interlocked.Exchange(ref heldAt, 0);
        Interlocked.Exchange(ref stoodAt, 0);
        armed = true;
    }

    public void Dispose()
    {
        pictures?.Dispose();
        robot.Dispose();
        connection.Dispose();
        world.Dispose();
    }

    private void Watch()
    {
        Volatile.Write(ref speed, world.Base.Velocity.Speed);
        if (!armed || !world.Base.IsHeld) return;
        if (heldAt == 0) Interlocked.Exchange(ref heldAt, Stopwatch.GetTimestamp());
        if (world.Base.Velocity.Speed > Stands) return;
        armed = false;
        Interlocked.Exchange(ref stoodAt, Stopwatch.GetTimestamp());
    }
}

/// <summary>It behind our rosbridge server, on a thread of its own, as in a process of its own.</summary>
internal sealed class RobotThread : IDisposable
{
    private readonly TaskCompletionSource over = new();
    private readonly ManualResetEventSlim up = new(false);
    private readonly Thread thread;
    private EpisodeLoop? loop;
    private DrivenRobot? robot;

    public RobotThread(Job job)
    {
        thread = new(() => Live(job)) { IsBackground = true, Name = "robot" };
        thread.Start();
        up.Wait();
    }

    public int Port { get; private set; }

    public DrivenRobot Robot => robot!;

    public void Dispose()
    {
        loop!.Inbox.Post(() => over.TrySetResult());
        thread.Join();
        up.Dispose();
    }

    private void Live(Job job)
    {
        loop = new(Pace.Wall);
        loop.Run(async () =>
        {
            using var outside = loop.ExpectOutside();
            using (robot = new(job, loop, withPictures: true))
            {
                await using var front = (RosbridgeFront)await RosbridgeFront.With(new() { Endpoint = new(IPAddress.Loopback, 0) })(new(loop.Time, loop, loop.Inbox.Post), robot.Graph, _ => { });
                robot.Start();
                Port = front.Endpoint.Port;
                up.Set();
                await over.Task;
            }
        });
    }
}
