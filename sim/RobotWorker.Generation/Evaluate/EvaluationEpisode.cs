using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Faults;
using RobotWorker.Generation.Policies;
using RobotWorker.Generation.Runs;
using RobotWorker.Recovery;
using RobotWorker.Ros.Graph;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Truth;
using RobotWorker.Skills.Lines;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Generation.Evaluate;

/// <summary>Makes one run of an evaluation: the simulated robot and its worker on one loop at virtual pace; no pictures, no recording.</summary>
internal static class EvaluationEpisode
{
    private static readonly TimeSpan ConnectDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Runs it on the calling thread. What of ours breaks is an outcome, too: an evaluation goes on.</summary>
    public static EvaluationOutcome Run(EvaluationTask task, NamedPolicy policy, EvaluationRun run, CancellationToken stop)
    {
        try
        {
            var scene = SceneSampler.Sample(task.Job.Scene, run.Seed);
            using var world = new SimWorld(scene, task.Job.Robot);
            var loop = new EpisodeLoop(Pace.Virtual);
            return loop.Run(() => RunOnLoopAsync(task, policy, run, scene, world, loop, stop));
        }
        catch (Exception e) when (e is not (OutOfMemoryException or MuJoCo.MuJoCoUnavailableException))
        {
            return new(run, Verdict.Unknown, false, EpisodeOutcome.Failed, "", 0, 0, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private static async Task<EvaluationOutcome> RunOnLoopAsync(
        EvaluationTask task, NamedPolicy policy, EvaluationRun run, SceneInstance scene, SimWorld world, EpisodeLoop loop, CancellationToken stop)
    {
        var (job, goal) = (task.Job, task.Job.Plan.Goal!);
        // The expert's and every policy's run of a seed have the same episode, and so the same errors of the sensors.
        var episode = Episode.Of(job.Plan.Id, job.Plan.Revision, checked((long)run.Seed));
        var graph = new InProcessGraph(loop.Time, throughCdr: false);
        using var workerSide = graph.Connect("worker");
        using var side = new SimulatedSide(world, job.Robot, scene, graph, run.Seed, episode.Id, new(), []);
        var told = new RobotJob(policy.IsExpert ? job.Plan : task.PlanOf(policy.Text), job.Catalogue, job.Site, Site.ProfileOf(job.Robot), job.Documents);
        // Nobody answers: a question is where a person would come.
        using var worker = new WorkerSide(
            told, episode, run.Seed, loop, workerSide, stop: null, new MemoryJournal(), new AnswersPerson([], _ => { }), new Deaf(), [], policies: policy.For(run.Seed),
            // What a policy has not done the expert shall not do for it.
            execution: policy.IsExpert ? null : ExecutionOptions.Default with { RepairsOfGoal = 0 });
        var pressed = new StopSwitch();
        await using var pressing = stop.Register(pressed.Press);
        side.Robot.Start();
        var result = await worker.RunAsync(ConnectDeadline, loop, pressed);
        var met = new GoalTruth(world, side.Truth).Holds(goal) == true;
        return new(run, VerdictOf(result.Report.Outcome, result.State, goal), met, result.Report.Outcome, Reason(result), Math.Round(world.TimeSeconds, 3), result.State.Recoveries.Count);
    }

    /// <summary>That nobody answered says nothing: why somebody was asked does.</summary>
    private static string Reason(EpisodeResult result) =>
        result.Report.Outcome == EpisodeOutcome.NeedsPerson && result.Report.Recoveries.LastOrDefault(r => r.Decision == Decision.Ask) is { } asked ? asked.Evidence : result.Report.Reason;

    private static Verdict VerdictOf(EpisodeOutcome outcome, PlanState state, Condition goal) =>
        outcome == EpisodeOutcome.Succeeded ? Verdict.Success
        : state.World.Evaluate(goal, state.Now) == World.Truth.Unknown ? Verdict.Unknown : Verdict.Failure;

    private sealed class Deaf : IRunRecorder
    {
        public void OnTransition(Event happened, PlanState after)
        {
        }

        public void Noted(FaultNote note)
        {
        }

        public void Frozen(FreezeFrame frame)
        {
        }
    }
}
