using RobotWorker.Chance;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Plans;
using RobotWorker.Recording.Journals;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>
/// The loop is abandoned at a random event, as by <c>kill -9</c>, and the episode is taken up from its SQLite journal by another worker, several times a run. What was under way
/// comes to its effect or not, as chance will. An observer counts the effects: none comes about twice, none is missing, and no kill costs an attempt.
/// </summary>
[TestFixture]
public sealed class AbandonedRunTests
{
    private const string Root = """
        id: root
        sequence:
        - {id: pour, skill: pour, args: {object: cup1}}
        - {id: over, skill: go, args: {to: there}}
        - {id: each, foreach: {each: cup, where: {on: [cup, table]}, do: {id: job, sequence: [{id: grasp, skill: pick, args: {object: $cup}}, {id: put, skill: put, args: {object: $cup, target: shelf}}]}}}
        """;

    private static readonly Plan Plan = Kitchen.Plan(Root, "goal: {all: [{poured: [cup1]}, {on: [cup1, shelf]}, {on: [cup2, shelf]}, {at: [robot, there]}]}\nlimits: {deadline: 2000s}");

    [Test]
    public void Abandoned_AtRandomEvents_NothingIsDoneTwice_AndTheGoalIsMet() => Run(from: 1, runs: 150);

    [Test]
    [Category("Slow")]
    public void Abandoned_TenThousandTimes_NothingIsDoneTwice_AndTheGoalIsMet() => Assert.That(Run(from: 1_000, runs: 2_500), Is.GreaterThan(10_000));

    private static int Run(int from, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("abandoned ").FullName;
        var kills = Enumerable.Range(from, runs).Sum(seed => Once(seed, folder));
        Directory.Delete(folder, recursive: true);
        TestContext.Out.WriteLine($"{kills} times abandoned in {runs} runs");
        return kills;
    }

    private static int Once(int seed, string folder)
    {
        var chance = RandomStream.For((ulong)seed, "abandoned", "moments");
        var file = Path.Combine(folder, $"{seed}.journal");
        var world = new SortedSet<string>(StringComparer.Ordinal) { "localized(robot)", "empty(gripper)", "on(cup1, table)", "on(cup2, table)", "at(robot, here)", "full(cup1)" };
        var effects = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var entry = new EpisodeEntry(Episode.Of(Plan.Id, 0, seed), "once", Plan, DateTimeOffset.UnixEpoch, "{}");
        var elapsed = TimeSpan.Zero;
        for (var kills = 0; ; kills++)
        {
            using var journal = RobotJournal.Open(file, $"process {kills}");
            using var episode = kills == 0 ? journal.Begin(entry) : journal.Continue(journal.Unfinished!);
            var (result, robot) = Live(episode, elapsed, kills < 6 ? 1 + chance.NextInt(25) : int.MaxValue, chance.NextInt(2) == 0, world, effects);
            elapsed += TimeSpan.FromSeconds(chance.NextInt(30));
            if (result is null)
            {
                foreach (var (attempt, _) in robot.UnderWay)
                    if (chance.NextInt(2) == 0) robot.Change(attempt);
                continue;
            }
            Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), $"seed {seed}: {result.Report.Reason}");
            Assert.That(effects.Values, Is.All.EqualTo(1), $"seed {seed}: {string.Join(", ", effects)}");
            Assert.That(effects.Keys, Is.EquivalentTo(new[] { "pour(cup1)", "go(there)", "pick(cup1)", "pick(cup2)", "put(cup1, shelf)", "put(cup2, shelf)" }), $"seed {seed}");
            Assert.That(result.State.Steps.Sum(s => s.Failures), Is.Zero, () => $"seed {seed}: a kill costs no attempt: {string.Join(", ", result.State.Steps.Where(s => s.Failures > 0).Select(s => $"{s.Path} {s.Code} {s.Why}"))}\n{Story(journal.EventsOf(journal.Find("once")!))}");
            Assert.That(robot.Attempts.Select(a => $"{a.Path}#{a.Number}"), Is.Unique, $"seed {seed}");
            return kills;
        }
    }

    private static string Story(IReadOnlyList<Event> events) =>
        string.Join('\n', Timeline.Of(PlanState.Before(Kitchen.Setup, Plan, Episode.Of(Plan.Id, 0, 1).Id), events).Select(e => $"{e.At.TotalSeconds,8:0.00} {e.Text}"));

    /// <summary>One process: ends with the episode, or is abandoned after so many events of its own.</summary>
    private static (EpisodeResult? Result, ScriptedRobot Robot) Live(
        JournalledEpisode episode, TimeSpan elapsed, int most, bool beforeItsCommands, SortedSet<string> world, SortedDictionary<string, int> effects)
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        var journal = new AbandonedJournal(episode, most, beforeItsCommands);
        var worker = new Worker(Kitchen.Setup, loop.Time, journal, Nobody.Is, Nobody.Is, _ => null);
        var robot = new ScriptedRobot(loop.Time, worker, world, effects, elapsed);
        // Localisation is told all the time, as robots do; whatever else is known, is known from looking.
        using var telling = loop.Time.CreateTimer(_ => robot.Tell(Atom.Of("localized", "robot")), null, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
        var resumption = Resumption.Of(PlanState.Before(Kitchen.Setup, Plan, episode.Entry.Episode.Id), episode.History, elapsed);
        var result = loop.Run(async () =>
        {
            var run = worker.RunAsync(Plan, episode.Entry.Episode, robot, CancellationToken.None, resumption);
            return await Task.WhenAny(run, journal.Abandoned) == run ? await run : null;
        });
        if (result is not null) episode.End(result.Report);
        return (result, robot);
    }
}
