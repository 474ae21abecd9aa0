using NUnit.Framework.Constraints;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Recovery;
using RobotWorker.Testing;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>A worker with a scripted robot on a loop. Every run is folded again from its journal, prefix by prefix, and must give the same states.</summary>
internal sealed class Bench : IPerson, IPlanner, IEpisodeObserver, IFaultReset
{
    private readonly List<PlanState> states = [];
    private readonly WorkerSetup setup;
    private PlanState? before;

    /// <param name="wall">At wall pace, the clock: by default one that does not wait.</param>
    public Bench(Pace pace, WorkerSetup? setup = null, WallClock? wall = null)
    {
        Loop = new EpisodeLoop(pace, wall: wall ?? new JumpingClock());
        this.setup = setup ?? Kitchen.Setup;
        Worker = new Worker(this.setup, Loop.Time, Journal, this, this, _ => null) { FaultReset = this };
        Worker.Subscribe(this);
        Robot = new ScriptedRobot(Loop.Time, Worker);
        Robot.True.UnionWith(["localized(robot)", "empty(gripper)", "on(cup1, table)", "on(cup2, table)", "at(robot, here)", "full(cup1)"]);
    }

    public EpisodeLoop Loop { get; }

    public MemoryJournal Journal { get; } = new();

    public Worker Worker { get; }

    public ScriptedRobot Robot { get; }

    public PlanState State => states[^1];

    public CancellationTokenSource Stop { get; } = new();

    /// <summary>Answers in order; none left: nobody answers.</summary>
    public Queue<string?> Answers { get; } = [];

    public List<Question> Questions { get; } = [];

    /// <summary>The root of the repair plan for a goal, or null where there is none.</summary>
    public Func<Condition, string?> Repair { get; set; } = _ => null;

    public List<Condition> RepairGoals { get; } = [];

    public List<string> Resets { get; } = [];

    /// <summary>Whether a fault is gone as soon as a person says that it is mended; else a test heals it.</summary>
    public bool IsMendedAtOnce { get; set; } = true;

    public bool CheckFold { get; set; } = true;

    public EpisodeResult Run(string root, string more = "") => Run(Kitchen.Plan(root, more));

    public EpisodeResult Run(Plan plan)
    {
        var episode = Episode.Of(plan.Id, plan.Revision, 1);
        before = PlanState.Before(setup, plan, episode.Id);
        var result = Loop.Run(() => Worker.RunAsync(plan, episode, Robot, Stop.Token));
        if (CheckFold) Fold();
        EveryDisagreementHasARecovery(result);
        return result;
    }

    /// <summary>Does something on the loop at an instant of the run.</summary>
    public Bench At(double seconds, Action what)
    {
        Loop.Time.CreateTimer(_ => what(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
        return this;
    }

    /// <summary>At the instant exactly; at wall pace never before it, and after it by no more than a sleep on the jumping clock is late.</summary>
    public IResolveConstraint IsOnTime(double seconds) => Is.InRange(seconds, Loop.Pace == Pace.Virtual ? seconds : seconds + 0.002);

    public void Confirm(string code) => Worker.FaultConfirmed(Kitchen.FaultOf(code, Robot.Now));

    public void Heal(string code) => Worker.FaultHealed(Kitchen.FaultOf(code, Robot.Now) with { HealedAt = Robot.Now });

    public StepState Step(string path) => State.Steps.Last(s => s.Path == path || s.Path.EndsWith("/" + path, StringComparison.Ordinal));

    public IEnumerable<Decision> Decisions => State.Recoveries.Select(r => r.Decision);

    /// <summary>Called after every transition, for invariants.</summary>
    public Action<PlanState>? Always { get; set; }

    public void OnTransition(Event happened, PlanState after)
    {
        states.Add(after);
        Always?.Invoke(after);
    }

    public async Task<string?> AskAsync(Question question, CancellationToken cancel)
    {
        Questions.Add(question);
        await Task.Delay(TimeSpan.FromSeconds(1), Loop.Time, cancel);
        if (Answers.TryDequeue(out var answer)) return answer;
        await Task.Delay(Timeout.InfiniteTimeSpan, Loop.Time, cancel);
        return null;
    }

    public PlanningResult Plan(WorldModel world, Condition goal, PlanningRequest request)
    {
        RepairGoals.Add(goal);
        return Repair(goal) is { } root ? new(Kitchen.Plan(root), null) : new(null, "the test has none");
    }

    public void Reset(string code, string component)
    {
        Resets.Add(code);
        if (IsMendedAtOnce) Heal(code);
    }

    private void Fold()
    {
        var state = before!;
        for (var i = 0; i < Journal.Events.Count; i++)
        {
            (state, _) = Executor.Next(state, EventJson.Read(EventJson.Write(Journal.Events[i])));
            if (StateEquality.FirstDifference(state, states[i]) is { } difference)
                Assert.Fail($"after event {i} ({Journal.Events[i]}) the fold differs from the run at {difference}");
        }
    }

    private static void EveryDisagreementHasARecovery(EpisodeResult result)
    {
        foreach (var step in result.Report.Steps.Where(s => s.Attempts > 0 && s.Reported != s.Observed))
            Assert.That(result.Report.Recoveries.Select(r => r.Step), Does.Contain(step.Id), $"{step} disagrees and has no recovery");
        foreach (var step in result.Report.Steps.Where(s => s.State == StepStatus.Finished))
            Assert.That(step.Observed, Is.EqualTo(Outcome.Succeeded), step.Id);
    }
}
