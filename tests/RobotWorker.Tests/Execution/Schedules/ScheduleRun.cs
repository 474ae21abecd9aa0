using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution.Schedules;

/// <summary>Plays a script with the real executor on a virtual clock, from process to process, beside an observer who believes nobody.</summary>
/// <param name="clock">What becomes of the worker's clock; null: nothing.</param>
internal sealed class ScheduleRun(ScheduleScript script, Func<TimeProvider, TimeProvider>? clock = null) : IPerson, IPlanner, IFaultReset
{
    private const string Root = """
        id: root
        sequence:
        - {id: survey, fallback: [{id: count, skill: count, args: {object: cup1}}, {id: rest, skill: peek}]}
        - {id: pours, fallback: [{id: pour, skill: pour, args: {object: cup1}}, {id: rest2, skill: peek}]}
        - {id: away, skill: go, args: {to: there}}
        - {id: both, parallel: {success: 1, steps: [{id: back, skill: go, args: {to: here}}, {id: wipe, skill: wipe, args: {object: table}}]}}
        - {id: each, foreach: {each: cup, where: {on: [cup, table]}, do: {id: job, sequence: [{id: grasp, skill: pick, args: {object: $cup}}, {id: put, skill: put, args: {object: $cup, target: shelf}}]}}}
        """;

    // The plan's deadline, that of parking, and what stopping takes.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(600);
    private static readonly ImmutableArray<Plan> Plans = [.. Enumerable.Range(0, 6).Select(Revision)];
    private static readonly WorkerSetup Parking = Kitchen.Setup with { Park = Kitchen.Plan("{id: home, sequence: [{id: dock, skill: go, args: {to: there}}]}", "limits: {deadline: 60s}") };

    private readonly SortedSet<string> world = new(StringComparer.Ordinal) { "localized(robot)", "empty(gripper)", "on(cup1, table)", "on(cup2, table)", "at(robot, here)", "full(cup1)" };
    private readonly SortedDictionary<string, int> effects = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Fault> active = new(StringComparer.Ordinal);
    private readonly MemoryJournal journal = new();
    private readonly Episode episode = Episode.Of("test", 0, (long)script.Seed);
    private TimeSpan elapsed;
    private EpisodeLoop loop = null!;
    private Worker worker = null!;
    private ScriptedRobot robot = null!;
    private ImmutableHashSet<string> stillRunning = [];
    private bool linkDown;
    // How often a person wanted the pouring tried again.
    private int retries;
    private int turn;
    private int asked;

    /// <summary>What it reached, for the count.</summary>
    public List<string> Reached { get; } = [];

    /// <summary>What the observer saw that must not be.</summary>
    public List<string> Seen { get; } = [];

    public IReadOnlyList<Event> Events => journal.Events;

    public WorkerSetup Setup => script.Parks ? Parking : Kitchen.Setup;

    public PlanState Before => PlanState.Before(Setup, Plans[0], episode.Id);

    /// <summary>How it ended; null: it did not.</summary>
    public EpisodeResult? Result { get; private set; }

    /// <summary>Plays it to its end.</summary>
    public ScheduleRun Play()
    {
        try
        {
            foreach (var life in script.Lives)
            {
                Result = Live(life);
                if (Result is not null) break;
                Abandon(life);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Seen.Add($"the worker is broken: {e.Message} {e.StackTrace?.Split('\n')[0]}");
        }
        foreach (var (effect, times) in effects)
            if (effect.StartsWith("pour", StringComparison.Ordinal) && times > 1 + retries) Seen.Add($"{effect} came about {times} times, and a person wanted it again {retries} times");
        return this;
    }

    public async Task<string?> AskAsync(Question question, CancellationToken cancel)
    {
        Reached.Add("asked");
        await Task.Delay(TimeSpan.FromSeconds(1), loop.Time, cancel);
        var answer = Answer(question, asked < script.Answers.Length ? script.Answers[asked] : 11);
        asked++;
        if (answer == "retry" && question.Step.EndsWith("/pour", StringComparison.Ordinal)) retries++;
        return answer;
    }

    public PlanningResult Plan(WorldModel believed, Condition goal, PlanningRequest request) => new(null, "there is no planner here");

    public void Reset(string code, string component) => Heal(Kitchen.FaultOf(code, robot.Now));

    private static Plan Revision(int number) =>
        Kitchen.Plan(Root + string.Concat(Enumerable.Range(1, number).Select(i => $"\n- {{id: more{i}, skill: wave}}")), $"revision: {number}\nlimits: {{deadline: 400s}}");

    // In an order in which what helps comes last: that is what a script without answers gets.
    private static string? Answer(Question question, int choice)
    {
        string[] helpful = ["retry", "continue", "start", "look"];
        return choice switch
        {
            0 => null,
            1 => "abort",
            2 => "perhaps",
            < 6 when question.Options.Contains("skip") => "skip",
            _ => helpful.FirstOrDefault(a => question.Options.Contains(a)) ?? question.Options[0],
        };
    }

    private EpisodeResult? Live(Life life)
    {
        loop = new EpisodeLoop(Pace.Virtual);
        var kept = new AbandonedJournal(journal, life.Events ?? int.MaxValue, life.BeforeItsCommands);
        worker = new Worker(Setup, clock?.Invoke(loop.Time) ?? loop.Time, kept, this, this, _ => null) { FaultReset = this };
        robot = new ScriptedRobot(loop.Time, worker, world, effects, elapsed)
        {
            TellsGoals = script.TellsGoals, Otherwise = Chances, Starting = Observe, StillRuns = attempt => stillRunning.Contains($"{attempt.Path}#{attempt.Number}"),
        };
        linkDown = false;
        using var stop = new CancellationTokenSource();
        foreach (var trouble in life.Troubles) Plague(trouble, stop);
        // Localisation is told all the time, as robots do; whatever else is known, is known from looking.
        using var telling = loop.Time.CreateTimer(_ => robot.Tell(Atom.Of("localized", "robot")), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        robot.Tell(Atom.Of("localized", "robot"));
        var resumption = Resumption.Of(Before, [.. journal.Events], elapsed);
        if (resumption is not null) Reached.Add("killed");
        if (resumption?.WhyNot(journal.Decisions) is { } otherwise) Seen.Add($"its journal does not lead where it was led: {otherwise}");
        resumption?.WriteTheRest([.. journal.Decisions], journal);
        var result = loop.Run(async () =>
        {
            var run = worker.RunAsync(Plans[0], episode, robot, stop.Token, resumption);
            var first = await Task.WhenAny(run, kept.Abandoned, Task.Delay(Longest, loop.Time));
            if (first != run && first != kept.Abandoned) throw new InvalidOperationException($"it does not end within {Longest}");
            return first == run ? await run : null;
        });
        elapsed += loop.Elapsed;
        return result;
    }

    private void Abandon(Life life)
    {
        var running = ImmutableHashSet.CreateBuilder<string>();
        foreach (var (i, (attempt, behaviour)) in robot.UnderWay.ToList().Index())
        {
            var fate = i < life.Fates.Length ? life.Fates[i] : Fate.Gone;
            if (fate == Fate.StillRuns) running.Add($"{attempt.Path}#{attempt.Number}");
            if (fate == Fate.Done && behaviour.Effect) robot.Change(attempt);
        }
        stillRunning = running.ToImmutable();
        elapsed += TimeSpan.FromSeconds(life.Gap);
    }

    /// <summary>By the observer's own knowledge of faults and link, nothing that is forbidden starts.</summary>
    private void Observe(Attempt attempt)
    {
        if (attempt.Goal is not null) Reached.Add(robot.StillRuns(attempt) ? "taken up and running" : "taken up and gone");
        if (linkDown) Seen.Add($"{attempt.Path} starts while the link is cut");
        foreach (var code in active.Keys)
            foreach (var resource in Kitchen.Skills.Skills[attempt.Skill].Resources)
                if (Kitchen.Faults.Forbids(code, resource)) Seen.Add($"{attempt.Path} starts while {code} is active");
    }

    private void Plague(Trouble trouble, CancellationTokenSource stop)
    {
        Reached.Add(trouble.Kind.ToString());
        switch (trouble.Kind)
        {
            case TroubleKind.Fault: During(trouble, () => Confirm(Kitchen.FaultOf(trouble.Code, robot.Now)), () => Heal(Kitchen.FaultOf(trouble.Code, robot.Now))); break;
            case TroubleKind.LinkCut: During(trouble, () => Link(down: true), () => Link(down: false)); break;
            case TroubleKind.Pause: During(trouble, worker.Pause, worker.Resume); break;
            case TroubleKind.Blind: During(trouble, () => robot.Hidden.UnionWith(["poured", "full", "half", "holding", "gripped", "clean", "wet", "counted", "halfway"]), robot.Hidden.Clear); break;
            case TroubleKind.Stop: During(trouble, stop.Cancel, () => { }); break;
            case TroubleKind.NeverStill: During(trouble, () => robot.NeverStill = true, () => { }); break;
            case TroubleKind.StopFails: During(trouble, () => (robot.NeverStill, robot.ProtectiveStopFails) = (true, "a goal has not ended"), () => robot.ProtectiveStopFails = null); break;
            case TroubleKind.Lost: During(trouble, () => robot.True.Remove("localized(robot)"), () => robot.True.Add("localized(robot)")); break;
            case TroubleKind.Manual: Drives(trouble, OperatingMode.Manual); break;
            case TroubleKind.TeachIn: Drives(trouble, OperatingMode.TeachIn); break;
            case TroubleKind.Startup: Drives(trouble, OperatingMode.Startup); break;
            case TroubleKind.Service: Drives(trouble, OperatingMode.Service); break;
            case TroubleKind.Semiautomatic: Drives(trouble, OperatingMode.Semiautomatic); break;
            // Only a person's answer ends it.
            case TroubleKind.Intervened: During(trouble, () => worker.ModeChanged(OperatingMode.Intervened, "a goal that is not ours"), () => { }); break;
            case TroubleKind.Revision: During(trouble, Replace, () => { }); break;
            default: throw new InvalidOperationException($"no such trouble: {trouble.Kind}");
        }
    }

    private void Drives(Trouble trouble, OperatingMode mode) =>
        During(trouble, () => worker.ModeChanged(mode, "a person"), () => worker.ModeChanged(OperatingMode.Automatic, "a person"));

    private void Replace()
    {
        var latest = journal.Events.OfType<Event.PlanReplaced>().LastOrDefault()?.Plan.Revision ?? 0;
        if (latest + 1 < Plans.Length && worker.Replace(Plans[latest + 1]) is null) Reached.Add("revision taken");
    }

    private void Link(bool down)
    {
        if (down == linkDown) return;
        linkDown = down;
        if (down) worker.LinkLost();
        else worker.LinkBack();
    }

    private void Confirm(Fault fault)
    {
        active[fault.Code] = fault;
        worker.FaultConfirmed(fault);
    }

    private void Heal(Fault fault)
    {
        active.Remove(fault.Code);
        worker.FaultHealed(fault with { HealedAt = robot.Now });
    }

    private void During(Trouble trouble, Action begins, Action ends)
    {
        At(trouble.At, begins);
        if (double.IsFinite(trouble.Lasts)) At(trouble.At + trouble.Lasts, ends);
    }

    private void At(double seconds, Action what) => loop.Time.CreateTimer(_ => what(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    private Behaviour Chances(Attempt attempt)
    {
        var choice = turn < script.Turns.Length ? script.Turns[turn] : 0;
        turn++;
        return Turns.Of(choice, attempt, script.Broken);
    }
}
