using System.Collections.Immutable;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Wire;
using RobotWorker.Ros.Graph;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Truth;
using RobotWorker.Time;

namespace RobotWorker.Generation.Serving;

/// <summary>The simulated robot at wall pace, for whoever comes by one of its fronts: another robot, as far as anyone can tell.</summary>
/// <param name="options">Which robot, and how.</param>
/// <param name="fronts">How it is reached; at least one.</param>
/// <param name="tell">Takes lines for the one who started it; called on the loop.</param>
/// <param name="stop">Ends it.</param>
public sealed class RobotServing(ServeOptions options, ImmutableArray<OpenFront> fronts, Action<string> tell, StopSwitch stop)
{
    /// <summary>Serves it until its time is over or it is stopped. Blocks.</summary>
    /// <returns>Whether it was stopped.</returns>
    /// <exception cref="FrontException">A front cannot be opened.</exception>
    /// <exception cref="MuJoCo.MuJoCoUnavailableException">There is no simulator.</exception>
    public bool Run()
    {
        var scene = SceneSampler.Sample(options.Place.Scene, options.Seed);
        using var world = new SimWorld(scene, options.Place.Robot);
        var loop = new EpisodeLoop(Pace.Wall, rate: options.Rate);
        return loop.Run(() => ServeAsync(loop, scene, world));
    }

    private async Task<bool> ServeAsync(EpisodeLoop loop, SceneInstance scene, SimWorld world)
    {
        using var outside = loop.ExpectOutside();    // fronts wait for sockets, also before and after the robot's own timers run
        var graph = new InProcessGraph(loop.Time);
        using var connection = graph.Connect("robot");
        await using var opened = new Opened();
        foreach (var open in fronts) opened.Fronts.Add(await open(new(loop.Time, loop, loop.Inbox.Post), graph, tell));
        using var robot = new SimulatedRobot(world, options.Place.Robot, scene, connection, loop.Time, options.Seed, "served", new()
        {
            Detector = options.Detector, OffersMoveBase = options.OffersMoveBase, Silence = options.Silence, SilentFor = () => opened.SilentFor,
        });
        var truth = new TruthLog(world);
        var injector = new FaultInjector(world, truth, options.Faults, options.Seed, options.Wire);
        injector.Changed += fault => tell(Line(fault));
        robot.StepDone += () =>
        {
            truth.Step();
            injector.Step();
            graph.IsStalled = world.Impairment.LinkStalled;
        };
        using var control = Listen(options, loop, new(injector, options.Place.Scene, $"{options.Place.Robot.Name} in {options.Place.Scene.Name}", () => world.TimeSeconds));
        robot.Start();
        foreach (var line in Offer(graph.Look())) tell(line);
        foreach (var front in opened.Fronts) tell($"serving {options.Place.Robot.Name} in {options.Place.Scene.Name} by {front.Where}");

        if (control is not null) tell($"faults can be injected: robotworker sim inject --to {Environment.ProcessId}");

        using var stopping = new CancellationTokenSource();
        stop.Wire(loop.Inbox, stopping);
        try
        {
            await Task.Delay(options.Duration is { } length ? length * options.Rate : Timeout.InfiniteTimeSpan, loop.Time, stopping.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        finally
        {
            stop.Unwire();
            tell($"ended at {robot.Now.Seconds:0.0} s of the robot's time");
        }
    }

    private static LineServer? Listen(ServeOptions options, EpisodeLoop loop, Injection injection)
    {
        try
        {
            return options.Control is { } path ? new(path, injection.Answer, loop.Inbox.Post) : null;
        }
        catch (IOException refused)
        {
            throw new FrontException(refused.Message, refused);
        }
    }

    private static string Line(InjectedFault fault) => fault switch
    {
        { EndSeconds: null } => $"fault   {fault.Number} {fault.Fault.Kind} strikes at {fault.StartSeconds:0.0} s",
        { StartSeconds: null } => $"fault   {fault.Number} {fault.Fault.Kind} is taken back",
        _ => $"fault   {fault.Number} {fault.Fault.Kind} is over at {fault.EndSeconds:0.0} s",
    };

    private static IEnumerable<string> Offer(GraphView there)
    {
        foreach (var topic in there.Topics.Where(topic => !topic.Name.Contains("/_", StringComparison.Ordinal)))
            yield return $"{(topic.Publishers.IsEmpty ? "hears  " : "tells  ")} {topic.Name} ({topic.Type})";
        foreach (var service in there.Services.Where(service => !service.Name.Contains("/_", StringComparison.Ordinal) && service.Node == "robot"))
            yield return $"answers {service.Name} ({service.Type})";
        foreach (var action in there.Actions.Where(action => action.Node is not null)) yield return $"does    {action.Name} ({action.Type})";
    }

    /// <summary>The fronts, closed together, also when a later one cannot be opened.</summary>
    private sealed class Opened : IAsyncDisposable
    {
        public List<IFront> Fronts { get; } = [];

        /// <summary>Of all workers the one that spoke last.</summary>
        public TimeSpan? SilentFor => Fronts.Select(front => front.SilentFor).Min();

        public async ValueTask DisposeAsync()
        {
            foreach (var front in Fronts) await front.DisposeAsync();
        }
    }
}
