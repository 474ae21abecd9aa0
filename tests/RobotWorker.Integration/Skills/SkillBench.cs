using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;
using RobotWorker.Ros.Graph;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;
using RobotWorker.Skills;
using RobotWorker.Testing;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Integration.Skills;

/// <summary>Single skills on the simulated robot in the kitchen, without an executor: what is believed is kept here.</summary>
internal sealed class SkillBench : IWorkerInbox
{
    private readonly SkillCatalogue catalogue = SkillCatalogueReader.BuiltIn;
    private readonly string episode = Episode.Of("bench", 0, 1).Id;
    private int attempts;

    private SkillBench(SimWorld simulation) => (Simulation, World) = (simulation, WorldModel.Empty(catalogue.Predicates));

    public SimWorld Simulation { get; }

    public WorldModel World { get; private set; }

    public RosRobot Robot { get; private set; } = null!;

    public static void Run(ulong seed, Func<SkillBench, Task> story)
    {
        var bag = new DiagnosticBag();
        var place = JobReader.ReadScene(Repository.PathOf("sim/scenes/kitchen.yaml"), bag) ?? throw new InvalidOperationException(string.Join('\n', bag.All));
        var scene = SceneSampler.Sample(place.Workplace.Scene, seed);
        var loop = new EpisodeLoop(Pace.Virtual);
        loop.Run(async () =>
        {
            using var world = new SimWorld(scene, place.Workplace.Robot);
            var graph = new InProcessGraph(loop.Time);
            using var metal = new SimulatedRobot(world, place.Workplace.Robot, scene, graph.Connect("robot"), loop.Time, seed, "bench");
            var bench = new SkillBench(world);
            using var robot = bench.Robot = new RosRobot(
                graph.Connect("worker"), Site.ProfileOf(place.Workplace.Robot), Site.Of(place.Workplace.Scene), bench.catalogue, bench.episode,
                RandomStream.For(seed, "bench", "arm"), bench, _ => { });
            metal.Start();
            Assert.That(await robot.ConnectAsync(TimeSpan.FromSeconds(5), default), Is.Null);
            await story(bench);
        });
    }

    public Task<AttemptReport> Do(string skill, params (string Name, string Value)[] arguments) => Robot.AttemptAsync(
        new(episode, "root/" + skill, ++attempts, 0, null, skill, arguments.ToImmutableSortedDictionary(a => a.Name, a => a.Value), TimeSpan.FromSeconds(60), World), default);

    public Task Look(params Atom[] atoms) => Robot.ObserveAsync(new([.. atoms], Robot.Now, 0, TimeSpan.FromSeconds(10)), default);

    public Truth Believes(Atom atom) => World.Evaluate(new Condition.Holds(atom), Robot.Now);

    public void FactObserved(Fact fact) => World = World.With(fact);

    public void FaultConfirmed(Fault fault) => Assert.Fail($"no fault was expected: {fault}");

    public void FaultHealed(Fault fault) => Assert.Fail($"no fault was expected: {fault}");

    public void GoalChanged(GoalNote note)
    {
    }

    public void ModeChanged(OperatingMode mode, string by, bool ofRobot = false) => Assert.Fail($"nobody else moves the robot: {by}");

    public void LinkLost() => Assert.Fail("the link was lost");

    public void LinkBack() => Assert.Fail("the link was lost");
}
