using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Generation.Policies;
using RobotWorker.Generation.Runs;
using RobotWorker.Ros.Graph;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Faults.Hardware;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Truth;
using RobotWorker.Skills;
using RobotWorker.Skills.Lines;
using RobotWorker.Time;

namespace RobotWorker.Generation.Suites;

/// <summary>Makes one run of a suite: the simulated robot and its worker on one loop at virtual pace; no pictures, no recording. The monitor hears what a real robot would send, and nothing else.</summary>
public static class SuiteEpisode
{
    // A behaviour tree's retry decorator is usually given three to five.
    private const int PlainAttempts = 5;

    // Slower than a hand that a controller holds at rest.
    private const double StillMetresASecond = 0.02, StillRadiansASecond = 0.05;

    // By then the monitor has heard everything once.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ConnectDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Runs it on the calling thread. What of ours breaks is an outcome, too: a suite goes on.</summary>
    public static SuiteOutcome Run(FaultSuite suite, SuiteRun run, CancellationToken stop)
    {
        try
        {
            return RunWhole(suite, run, stop);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or MuJoCo.MuJoCoUnavailableException))
        {
            return new(run, 0, null, null, [], EpisodeOutcome.Failed, "", false, false, null, 0, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private static SuiteOutcome RunWhole(FaultSuite suite, SuiteRun run, CancellationToken stop)
    {
        var task = suite.Tasks.First(t => t.Name == run.Task);
        var condition = suite.Condition(run.Condition);
        var job = task.Jobs[run.Condition] with { Faults = FaultsOf(suite, run, task, condition) };
        var scene = SceneSampler.Sample(job.Scene, run.Seed);
        using var world = new SimWorld(scene, job.Robot);
        var loop = new EpisodeLoop(Pace.Virtual);
        return loop.Run(() => RunOnLoopAsync(run, condition, job, scene, world, loop, stop));
    }

    private static ImmutableArray<FaultDescription> FaultsOf(FaultSuite suite, SuiteRun run, SuiteTask task, SuiteCondition condition)
    {
        if (run.Fault is not { } code || suite.Fault(code) is not { } fault) return [];
        HardwareFault strikes = condition.OtherMagnitudes ? fault.Other : fault.Fault;
        var from = strikes.When.After > Settled ? strikes.When.After : Settled;
        return [strikes with { When = strikes.When with { After = from, Before = fault.Within ?? task.Within } }];
    }

    private static async Task<SuiteOutcome> RunOnLoopAsync(SuiteRun run, SuiteCondition condition, Job job, SceneInstance scene, SimWorld world, EpisodeLoop loop, CancellationToken stop)
    {
        var episode = Episode.Of(job.Plan.Id, job.Plan.Revision, checked((long)run.Seed));
        var graph = new InProcessGraph(loop.Time, throughCdr: false) { Latency = LatencyOf(condition, run.Seed, episode.Id) };
        using var workerSide = graph.Connect("worker");
        using var side = new SimulatedSide(
            world, job.Robot, scene, graph, run.Seed, episode.Id, new() { SensorNoise = condition.SensorNoise, SensorRate = condition.SensorRate }, job.Faults);
        var profile = Site.ProfileOf(job.Robot);
        // Nobody speaks on that topic.
        if (condition.MutesDiagnostics) profile = profile with { Names = profile.Names with { Diagnostics = "/muted" + profile.Names.Diagnostics } };
        var told = new RobotJob(job.Plan, job.Catalogue, job.Site, profile, job.Documents);
        side.Robot.Start();
        var watch = new SuiteWatch(() => world.TimeSeconds);
        var person = new Nobody();
        var (outcome, reason, state) = run.Policy == SuitePolicy.Recovery
            ? await WorkAsync(told, episode, run.Seed, loop, workerSide, watch, person, stop)
            : await PlainlyAsync(told, episode, run, loop, workerSide, stop);
        var met = job.Plan.Goal is { } goal && new GoalTruth(world, side.Truth).Holds(goal) == true;
        var struck = side.Injector.Faults is [var only, ..] ? only : null;
        var noted = watch.Confirmed(FaultCatalogueReader.BuiltIn, struck?.StartSeconds);
        return new(
            run, world.TimeSeconds, struck?.StartSeconds, struck?.EndSeconds, noted, outcome, reason, met, StandsStill(world), watch.AtWorkAgain(run.Fault, noted, struck?.StartSeconds), state?.Recoveries.Count ?? 0)
        {
            Questions = [.. person.Asked],
        };
    }

    private static async Task<(EpisodeOutcome, string, PlanState?)> WorkAsync(
        RobotJob job, Episode episode, ulong seed, EpisodeLoop loop, IRosConnection ros, SuiteWatch watch, Nobody person, CancellationToken stop)
    {
        using var worker = new WorkerSide(job, episode, seed, loop, ros, stop: null, new MemoryJournal(), person, watch, [], policies: new PoliciesByName(seed));
        var pressed = new StopSwitch();
        await using var pressing = stop.Register(pressed.Press);
        var result = await worker.RunAsync(ConnectDeadline, loop, pressed);
        return (result.Report.Outcome, result.Report.Reason, result.State);
    }

    private static async Task<(EpisodeOutcome, string, PlanState?)> PlainlyAsync(RobotJob job, Episode episode, SuiteRun run, EpisodeLoop loop, IRosConnection ros, CancellationToken stop)
    {
        var plain = new PlainSequence(job.Plan, job.Catalogue, episode.Id, run.Policy == SuitePolicy.PlainRetry ? PlainAttempts : 1);
        using var robot = new RosRobot(ros, job.Profile, job.Site, job.Catalogue, episode.Id, RandomStream.For(run.Seed, episode.Id, "arm"), plain, _ => { });
        if (await robot.ConnectAsync(ConnectDeadline, CancellationToken.None) is { } missing) throw new RobotNotReadyException(missing);
        using var stopping = new CancellationTokenSource();
        await using var pressing = stop.Register(() => loop.Inbox.Post(stopping.Cancel));
        var (outcome, reason) = await plain.RunAsync(robot, loop.Time, stopping.Token);
        return (outcome, reason, null);
    }

    private static Func<TimeSpan>? LatencyOf(SuiteCondition condition, ulong seed, string episode)
    {
        if (condition.Latency == TimeSpan.Zero) return null;
        var chance = RandomStream.For(seed, episode, "latency");
        return () => condition.Latency * chance.Uniform(0.5, 1.5);
    }

    private static bool StandsStill(SimWorld world)
    {
        var speed = world.Base.Velocity;
        return Math.Max(Math.Abs(speed.X), Math.Abs(speed.Y)) < StillMetresASecond && Math.Abs(speed.Turn) < StillRadiansASecond
            && Enumerable.Range(0, world.Arm.JointCount).All(j => Math.Abs(world.Arm.Velocities[j]) < StillRadiansASecond);
    }

    /// <summary>Nobody answers: a question is where a person would come.</summary>
    private sealed class Nobody : IPerson
    {
        public List<string> Asked { get; } = [];

        public Task<string?> AskAsync(Question question, CancellationToken cancel)
        {
            Asked.Add($"{question.Text}: {question.Evidence}");
            return Task.FromResult<string?>(null);
        }
    }
}
