using RobotWorker.Chance;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Recovery;
using RobotWorker.Skills;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>
/// Random schedules of outcomes, blindness, faults, link cuts, pauses, kills and answers against the real executor on a virtual clock. The architecture's invariants
/// are held against the journal of every run and against an observer of the world; what the schedules reached is counted, and a cell of the recovery table that they hardly reach fails the test.
/// </summary>
[TestFixture]
public sealed class RandomScheduleTests
{
    private const int LeastHits = 20;

    private const string Root = """
        id: root
        sequence:
        - {id: survey, fallback: [{id: count, skill: count, args: {object: cup1}}, {id: rest, skill: peek}]}
        - {id: pours, fallback: [{id: pour, skill: pour, args: {object: cup1}}, {id: rest2, skill: peek}]}
        - {id: both, parallel: {success: 1, steps: [{id: go, skill: go, args: {to: there}}, {id: wipe, skill: wipe, args: {object: table}}]}}
        - {id: each, foreach: {each: cup, where: {on: [cup, table]}, do: {id: job, sequence: [{id: grasp, skill: pick, args: {object: $cup}}, {id: put, skill: put, args: {object: $cup, target: shelf}}]}}}
        """;

    private static readonly Plan Plan = Kitchen.Plan(Root, "limits: {deadline: 400s}");
    private static readonly string[] Codes = [.. Kitchen.Faults.ByCode.Keys];

    [Test]
    public void RandomSchedules_KeepTheInvariants_AndReachEveryCell() => Run(from: 1, count: 1_500);

    [Test]
    [Category("Slow")]
    public void TenThousandRandomSchedules_KeepTheInvariants_AndReachEveryCell() => Run(from: 10_000, count: 12_000);

    private static void Run(int from, int count)
    {
        var hits = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = from; seed < from + count; seed++)
        {
            foreach (var reached in new Schedule((ulong)seed).Live())
                hits[reached] = hits.GetValueOrDefault(reached) + 1;
        }
        TestContext.Out.WriteLine(string.Join('\n', hits.Select(h => $"{h.Value,8} {h.Key}")));
        string[] cells = [.. from effect in Enum.GetValues<Effect>() from skill in Enum.GetValues<EffectClass>() select $"cell {effect} {skill}"];
        string[] antecedents = ["fault active", "link cut", "killed", "stopped", "paused", "asked", "protective stop", "repeated after not started", "answer told twice"];
        Assert.That(cells.Concat(antecedents).Where(cell => hits.GetValueOrDefault(cell) < LeastHits), Is.Empty, "hardly reached: what is never tried proves nothing");
    }

    /// <summary>One schedule, from its seed alone; a failure names it.</summary>
    private sealed class Schedule(ulong seed) : IPerson, IPlanner
    {
        private static readonly (string Skill, string Atom)[] HalfDone = [("pick", "gripped"), ("pour", "half"), ("wipe", "wet"), ("count", "halfway")];

        private readonly RandomStream chance = RandomStream.For(seed, "schedule", "events");
        private readonly SortedSet<string> world = new(StringComparer.Ordinal) { "localized(robot)", "empty(gripper)", "on(cup1, table)", "on(cup2, table)", "at(robot, here)", "full(cup1)" };
        private readonly SortedDictionary<string, int> effects = new(StringComparer.Ordinal);
        private readonly List<string> reached = [];
        private readonly MemoryJournal journal = new();
        private readonly Episode episode = Episode.Of("test", 0, (long)seed);
        private TimeSpan elapsed;
        private EpisodeLoop loop = null!;

        /// <summary>Lives through it, from process to process.</summary>
        /// <returns>What it reached.</returns>
        public IEnumerable<string> Live()
        {
            var kills = chance.NextInt(3);
            EpisodeResult? result = null;
            while (result is null)
            {
                var robot = Process(killed: kills-- > 0, out result);
                foreach (var (attempt, behaviour) in robot.UnderWay)
                    if (behaviour.Effect && chance.NextInt(2) == 0) robot.Change(attempt);
                elapsed += TimeSpan.FromSeconds(chance.NextInt(10));
            }
            Judge(result);
            return reached;
        }

        public async Task<string?> AskAsync(Question question, CancellationToken cancel)
        {
            reached.Add("asked");
            await Task.Delay(TimeSpan.FromSeconds(1), loop.Time, cancel);
            return chance.NextInt(6) switch { 0 => null, 1 => "abort", 2 or 3 => question.Options.Contains("retry") ? "retry" : "continue", _ => question.Options.Contains("skip") ? "skip" : "continue" };
        }

        public PlanningResult Plan(WorldModel believed, Condition goal, PlanningRequest request) => new(null, "there is no planner here");

        private ScriptedRobot Process(bool killed, out EpisodeResult? result)
        {
            loop = new EpisodeLoop(Pace.Virtual);
            var kept = new AbandonedJournal(journal, killed ? 1 + chance.NextInt(60) : int.MaxValue);
            var worker = new Worker(Kitchen.Setup, loop.Time, kept, this, this, _ => null);
            var robot = new ScriptedRobot(loop.Time, worker, world, effects, elapsed) { Otherwise = attempt => Chances(attempt) };
            using var stop = new CancellationTokenSource();
            for (var trouble = chance.NextInt(4); trouble > 0; trouble--) Plague(worker, robot, stop);
            var resumption = Resumption.Of(PlanState.Before(Kitchen.Setup, RandomScheduleTests.Plan, episode.Id), [.. journal.Events], elapsed);
            if (resumption is not null) reached.Add("killed");
            result = loop.Run(async () =>
            {
                var run = worker.RunAsync(RandomScheduleTests.Plan, episode, robot, stop.Token, resumption);
                return await Task.WhenAny(run, kept.Abandoned) == run ? await run : null;
            });
            elapsed += loop.Elapsed;
            return robot;
        }

        private void Plague(Worker worker, ScriptedRobot robot, CancellationTokenSource stop)
        {
            var (at, lasts) = (chance.Uniform(0.1, 25), chance.Uniform(0.1, 8));
            var code = Codes[chance.NextInt(Codes.Length)];
            switch (chance.NextInt(9))
            {
                case 0 or 1:
                    reached.Add("fault active");
                    At(at, () => worker.FaultConfirmed(Fault(robot, code)));
                    if (chance.NextInt(8) > 0) At(at + lasts, () => worker.FaultHealed(Fault(robot, code) with { HealedAt = robot.Now }));
                    break;
                case 2 or 3:
                    reached.Add("link cut");
                    At(at, worker.LinkLost);
                    At(at + lasts, worker.LinkBack);
                    break;
                case 4:
                    reached.Add("paused");
                    At(at, worker.Pause);
                    At(at + lasts, worker.Resume);
                    break;
                case 5:
                    At(at, () => robot.Hidden.UnionWith(["poured", "full", "half", "holding", "gripped", "clean", "wet", "counted", "halfway"]));
                    if (chance.NextInt(2) == 0) At(at + lasts, robot.Hidden.Clear);
                    break;
                case 6 when chance.NextInt(3) == 0:
                    reached.Add("stopped");
                    At(at, stop.Cancel);
                    break;
                case 7:
                    At(at, () => robot.NeverStill = true);
                    break;
                default:
                    At(at, () => robot.True.Remove("localized(robot)"));
                    At(at + lasts, () => robot.True.Add("localized(robot)"));
                    break;
            }
        }

        private Behaviour Chances(Attempt attempt) => chance.NextInt(100) switch
        {
            < 50 => new(),
            < 60 => Behaviour.Fails("MISSED"),
            < 67 => Behaviour.Fails("LIED", effect: true),
            < 73 => new(Effect: false),
            < 83 => Behaviour.Fails("HALF", then: robot => Half(robot, attempt)),
            < 87 => new(Hangs: true),
            < 89 => new(Deaf: true),
            < 92 => new(Throws: new IOException("broken pipe")),
            < 96 => new(Effect: chance.NextInt(2) == 0, Reported: RobotWorker.Execution.Outcome.Unknown, Code: "LOST"),
            _ => Behaviour.Fails("FELL", then: robot => robot.True.RemoveWhere(atom => atom.StartsWith("holding", StringComparison.Ordinal))),
        };

        // What is begun and not done shows: what was there before is gone, and what will be is not there yet.
        private static void Half(ScriptedRobot robot, Attempt attempt)
        {
            var (_, atom) = HalfDone.FirstOrDefault(half => half.Skill == attempt.Skill);
            if (atom is null) return;
            robot.True.Add($"{atom}({attempt.Arguments["object"]})");
            if (attempt.Skill == "pour") robot.True.Remove("full(cup1)");
            if (attempt.Skill == "pick") robot.True.Remove("empty(gripper)");
        }

        /// <summary>The journal, folded once more: every command that moves the robot in the state in which it was given, and every decision.</summary>
        private void Judge(EpisodeResult result)
        {
            var state = PlanState.Before(Kitchen.Setup, RandomScheduleTests.Plan, episode.Id);
            var unseen = new HashSet<string>(StringComparer.Ordinal);
            var started = new HashSet<string>(StringComparer.Ordinal);
            TimeSpan? stopAsked = null;
            foreach (var happened in journal.Events)
            {
                if (happened is Event.AttemptEnded ended) unseen.Add(ended.Path);
                if (happened is Event.ProcessRestarted) unseen.UnionWith(state.Flights.Keys.Select(n => state.Nodes[n].Path));
                if (happened is Event.Looked { Error: null }) unseen.Clear();
                if (happened is Event.StopAsked) stopAsked ??= happened.At;
                if (happened is Event.ProtectiveStopped) reached.Add("protective stop");
                var before = state.Recoveries.Count;
                (state, var commands) = Executor.Next(state, happened);
                if (IsAnswer(happened))
                {
                    reached.Add("answer told twice");
                    var again = Executor.Next(state, happened).Commands.FirstOrDefault(c => c is not Command.WakeAt);
                    Holds(again is null, $"told a second time, {happened} leads to {again}");
                }
                for (var i = before; i < state.Recoveries.Count; i++) Decided(state, state.Recoveries[i]);
                foreach (var command in commands)
                    if (command is Command.StartAttempt start) Started(state, start.Attempt, unseen, started, stopAsked);
            }
            Holds(state.Ended is not null && result.State.Ended == state.Ended, "the fold of the journal ends as the run did");
            Holds(stopAsked is null || state.At - stopAsked < TimeSpan.FromSeconds(25), $"a stop was asked at {stopAsked} and the robot was done with at {state.At}");
            foreach (var step in result.Report.Steps)
                Holds(step.State != StepStatus.Finished || step.Observed == RobotWorker.Execution.Outcome.Succeeded, $"{step.Id} is finished and was observed {step.Observed}");
        }

        // On a wire an answer may come twice, or after nobody waits for it any more.
        private static bool IsAnswer(Event happened) =>
            happened is Event.AttemptEnded or Event.Looked or Event.StoodStill or Event.ProtectiveStopped or Event.RepairPlanned or Event.Answered;

        private void Decided(PlanState state, RecoveryEntry entry)
        {
            Holds(entry.Evidence.Length > 0, $"{entry.Decision} of {entry.Step} has evidence");
            if (state.Steps.LastOrDefault(s => s.Path == entry.Step)?.Bound.Skill is { } skill) reached.Add($"cell {entry.Effect} {skill.EffectClass}");
        }

        private void Started(PlanState state, Attempt attempt, HashSet<string> unseen, HashSet<string> started, TimeSpan? stopAsked)
        {
            var skill = Kitchen.Skills.Skills[attempt.Skill];
            foreach (var fault in state.Faults.Values)
                foreach (var resource in skill.Resources) Holds(!Kitchen.Faults.Forbids(fault.Code, resource), $"{attempt.Path} starts while {fault.Code} is active");
            Holds(state.Halt is null && stopAsked is null && !state.LinkDown, $"{attempt.Path} starts while the robot is being stopped");
            // Of a peek nothing is left in the world that could be looked at.
            Holds(!unseen.Contains(attempt.Path) || attempt.Skill == "peek", $"{attempt.Path} is started again and nobody looked");
            Holds(started.Add($"{attempt.Path}#{attempt.Number}"), $"{attempt.Path}#{attempt.Number} is started twice");
            if (attempt.Number == 1 || skill.EffectClass != EffectClass.Irreversible) return;
            var last = state.Recoveries.LastOrDefault(r => r.Step == attempt.Path);
            Holds(last is not null && (last.Effect == Effect.NotStarted || last.Evidence.Contains("a person answered retry", StringComparison.Ordinal)), $"{attempt.Path} is done again on {last}");
            if (last!.Effect == Effect.NotStarted) reached.Add("repeated after not started");
        }

        private void Holds(bool invariant, string what)
        {
            if (!invariant) Assert.Fail($"schedule {seed}: {what}\n{string.Join('\n', Timeline.Of(PlanState.Before(Kitchen.Setup, RandomScheduleTests.Plan, episode.Id), journal.Events).Select(e => $"{e.At.TotalSeconds,8:0.00} {e.Text}"))}");
        }

        private void At(double seconds, Action what) => loop.Time.CreateTimer(_ => what(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

        private static Fault Fault(ScriptedRobot robot, string code) => new(code, Kitchen.Faults.ByCode[code].Component, Kitchen.Faults.ByCode[code].Level, "the schedule says so", robot.Now, robot.Now);
    }
}
