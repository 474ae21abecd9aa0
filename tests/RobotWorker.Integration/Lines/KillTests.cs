using System.Diagnostics;
using Microsoft.Data.Sqlite;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;
using RobotWorker.Integration.Ros1;
using RobotWorker.Integration.Runs;
using RobotWorker.Recording.Journals;
using RobotWorker.Skills;
using RobotWorker.Testing;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Integration.Lines;

/// <summary>
/// The worker's process is killed with <c>kill -9</c>, again and again, while the simulated robot behind its wire goes on, three times as fast as the wall. Each time
/// <c>episode resume</c> takes the episode up from the journal. An observer within the simulator counts what really happened to the objects.
/// </summary>
[TestFixture]
[Platform("Linux,MacOSX")]
public sealed class KillTests
{
    private const double Rate = 3;
    private const int NotReady = 69, MostUnready = 2;
    private const string Submission = "killed";

    // A worker is silent while it starts: at three times the wall's pace that is long on the robot's clock.
    private static readonly Sim.Node.SilenceOptions Silence = new(TimeSpan.FromSeconds(8), Sim.Node.SilenceReaction.Stop);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Test]
    [CancelAfter(240_000)]
    public void TidyTable_KilledThreeTimes_NothingIsDoneTwice_AndTheGoalIsMet() => TidyTable(1, kills: 3, overRos1: false);

    [Test]
    [Category("Slow")]
    [CancelAfter(600_000)]
    public void TidyTable_KilledAtAHundredAndFiftyRandomMoments_NothingIsDoneTwice_AndTheGoalIsMet([Range(1, 30)] int seed) =>
        TidyTable(100 + seed, kills: 5, overRos1: seed % 10 == 0);

    [Test]
    [Category("Slow")]
    public void PickAndPlace_KilledAtEachJournalWrite_NothingIsDoneTwice_AndTheGoalIsMet()
    {
        var plan = PlanFile.Write(Path.Combine(Story.Folder, "kills"), "once", PatientSteps.PickAndPlace);
        var writes = Run(plan, 1, "whole", false, _ => false).Count(e => e is not Event.FactObserved);
        TestContext.Out.WriteLine($"{writes} writes");
        for (var write = 1; write <= writes; write++)
        {
            var at = write;
            Run(plan, 1, $"write-{write}", false, written => written >= at, most: 1);
        }
    }

    private static void TidyTable(int seed, int kills, bool overRos1)
    {
        var chance = new Random(seed);
        var next = Stopwatch.StartNew();
        var wait = TimeSpan.FromSeconds(0.3 + (3 * chance.NextDouble()));
        var events = Run(Repository.PathOf(Story.Task), seed, $"tidy-{seed}", overRos1, written =>
        {
            if (written == 0)
            {
                next.Restart();
                return false;
            }
            if (next.Elapsed < wait) return false;
            wait = TimeSpan.FromSeconds(0.3 + (3 * chance.NextDouble()));
            next.Restart();
            return true;
        }, kills, () => TimeSpan.FromSeconds(2 * chance.NextDouble()));
        Assert.That(events.OfType<Event.ProcessRestarted>().Count(), Is.EqualTo(kills), $"seed {seed}: it was over before the last kill");
    }

    /// <param name="kill">Told how many events this process has written; whether it is killed now.</param>
    /// <param name="absence">How long nobody takes the episode up after a kill, while the robot goes on.</param>
    private static IReadOnlyList<Event> Run(string plan, int seed, string name, bool overRos1, Func<int, bool> kill, int most = 0, Func<TimeSpan>? absence = null)
    {
        Simulator.Require();
        var job = WiredRun.Read(plan);
        var folder = Path.Combine(Story.Folder, "kills", name);
        var journal = Path.Combine(folder, "robot.journal");
        Directory.CreateDirectory(folder);
        var nobody = Path.Combine(folder, "answers");
        File.WriteAllText(nobody, "");
        using var master = overRos1 ? RosMaster.Start() : null;
        using var robot = new ServedRobot(new(job.Scene, job.Robot), new((ulong)seed, WallClock.Real) { Rate = Rate, Master = master?.Uri, Silence = Silence });

        string[] begin = ["run", plan, "--robot", robot.Address, "--rate", $"{Rate}", "--id", Submission, "--journal", journal, "--output", folder, "--plain", "--answers", nobody];
        string[] resume = ["episode", "resume", Submission, "--journal", journal, "--plain", "--answers", nobody];
        using var writes = new Writes(journal);
        var kills = 0;
        var (before, unready) = (0, 0);
        PeerResult? end = null;
        for (var waited = Stopwatch.StartNew(); end is null;)
        {
            using var command = LiveCommand.Start(before == 0 ? begin : resume);
            var killed = false;
            while (!command.HasEnded && !killed)
            {
                Assert.That(waited.Elapsed, Is.LessThan(Limit), $"seed {seed}, {name}");
                if (killed = kills < most && kill(writes.Count - before)) command.Kill();
                else Thread.Sleep(2);
            }
            if (!killed)
            {
                var ended = command.End();
                // A robot that was not heard in time was not moved either: a supervisor starts the worker again.
                if (ended.ExitCode != NotReady || ++unready > MostUnready) end = ended;
            }
            else
            {
                (kills, before) = (kills + 1, writes.Count);
                if (absence is not null) Thread.Sleep(absence());
            }
        }

        using var read = RobotJournal.OpenToRead(journal);
        var entry = read.Find(Submission)!;
        var events = read.EventsOf(entry);
        var story = $"seed {seed}, {name}, {kills} kills\n{end.Output}\n{end.Errors}";
        var state = events.Aggregate(PlanState.Before(new(SkillCatalogueReader.BuiltIn, FaultCatalogueReader.BuiltIn, ExecutionOptions.Default), entry.Plan, entry.Episode.Id), (s, e) => Executor.Next(s, e).State);
        Assert.That(end.ExitCode, Is.Zero, story);
        Assert.That(robot.Holds(job.Plan.Goal ?? new Condition.Holds(Atom.Of("on", "cup_red", "shelf"))), Is.True, story);
        foreach (var one in robot.Holdings.GroupBy(h => h.Object))
            Assert.That(one.Count(h => h is { WasLetGo: true, DisplacedMetres: > 0.3 }), Is.EqualTo(1), $"{one.Key} was brought somewhere once\n{string.Join('\n', one)}\n{story}");
        // On a busy machine the robot may be silent for a tenth of a second, half a second of its own time: that is a fault, and costs an attempt.
        var otherwise = state.Recoveries.Count(r => !r.Evidence.StartsWith("PROCESS_RESTARTED", StringComparison.Ordinal));
        Assert.That(state.Steps.Sum(s => s.Failures), Is.LessThanOrEqualTo(otherwise), $"a kill costs no attempt\n{story}");
        return events;
    }

    /// <summary>Counts what a worker writes, beside it. Of what leads to something: facts come fifty times a second, and between two of them nothing else is any different.</summary>
    private sealed class Writes(string journal) : IDisposable
    {
        private SqliteConnection? database;
        private long last;
        private int count;

        public int Count
        {
            get
            {
                try
                {
                    if (database is null && !File.Exists(journal)) return 0;
                    database ??= Open();
                    using var command = database.CreateCommand();
                    command.CommandText = "SELECT number, event LIKE '%fact_observed%' FROM events WHERE number > $last ORDER BY number";
                    command.Parameters.AddWithValue("$last", last);
                    using var reader = command.ExecuteReader();
                    while (reader.Read())
                    {
                        last = reader.GetInt64(0);
                        if (reader.GetInt64(1) == 0) count++;
                    }
                }
                catch (SqliteException)
                {
                    // Its process has not made it yet.
                }
                return count;
            }
        }

        public void Dispose() => database?.Dispose();

        private SqliteConnection Open()
        {
            var opened = new SqliteConnection($"Data Source={journal};Mode=ReadWrite;Pooling=False");
            opened.Open();
            return opened;
        }
    }
}
