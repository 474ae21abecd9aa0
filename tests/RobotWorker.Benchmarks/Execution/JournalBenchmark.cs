using System.Diagnostics;
using Microsoft.Data.Sqlite;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Recording.Journals;
using RobotWorker.Recovery;

namespace RobotWorker.Benchmarks.Execution;

/// <summary>
/// What the journal costs: the events of a plan of no-op steps, each in the file before the next, and on the disk before each step begins, against a plain loop of SQLite
/// inserts of the same texts with the same durability. Then the executor with its journal on.
/// </summary>
internal static class JournalBenchmark
{
    private const int Steps = 1_000, Rounds = 5;

    public static BenchmarkResult Run()
    {
        var plan = NoOpPlans.Flat(Steps);
        var script = new Script();
        ExecutorBenchmark.RunOnce(plan, facts: false, script);
        var folder = Directory.CreateTempSubdirectory("journal benchmark ").FullName;
        var (ours, plain, executor) = (0.0, 0.0, 0.0);
        List<double> writes = [], syncs = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours = Math.Max(ours, Steps / Ours(Path.Combine(folder, $"ours-{round}"), script, writes, syncs));
            plain = Math.Max(plain, Steps / Plain(Path.Combine(folder, $"plain-{round}"), script));
            executor = Math.Max(executor, Steps / Executor(Path.Combine(folder, $"executor-{round}"), plan));
        }
        Directory.Delete(folder, recursive: true);
        Console.WriteLine($"journal   {ours,10:0} steps a second, {(double)script.Events / Steps:0.0} events a step");
        Console.WriteLine($"inserts   {plain,10:0} steps a second, the same texts and durability");
        Console.WriteLine($"executor  {executor,10:0} steps a second with its journal on");
        Console.WriteLine($"a write p50 {Percentile(writes, 0.5):0.0} us, p99 {Percentile(writes, 0.99):0.0} us; a synchronisation p50 {Percentile(syncs, 0.5):0.0} us, p99 {Percentile(syncs, 0.99):0.0} us");
        return new(ours, "steps/s", plain, ours / plain)
        {
            More =
            [
                ("write_p50_us", Percentile(writes, 0.5)), ("write_p99_us", Percentile(writes, 0.99)), ("sync_p50_us", Percentile(syncs, 0.5)), ("sync_p99_us", Percentile(syncs, 0.99)),
                ("executor_steps_per_s", executor),
            ],
        };
    }

    private static double Ours(string file, Script script, List<double> writes, List<double> syncs)
    {
        using var journal = RobotJournal.Open(file, "benchmark");
        using var episode = journal.Begin(Entry());
        var began = Stopwatch.GetTimestamp();
        foreach (var happened in script.All)
        {
            var at = Stopwatch.GetTimestamp();
            if (happened is null) episode.Sync();
            else episode.Append(happened);
            (happened is null ? syncs : writes).Add(Stopwatch.GetElapsedTime(at).TotalMicroseconds);
        }
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    // What must be on the disk is committed so at once: nothing could do it with less.
    private static double Plain(string file, Script script)
    {
        using var database = new SqliteConnection($"Data Source={file};Pooling=False");
        database.Open();
        Do(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE events (number INTEGER PRIMARY KEY, event TEXT NOT NULL)");
        using var insert = database.CreateCommand();
        insert.CommandText = "INSERT INTO events (event) VALUES ($1)";
        var text = insert.Parameters.Add("$1", SqliteType.Text);
        insert.Prepare();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < script.All.Count; i++)
        {
            if (script.All[i] is not { } happened) continue;
            var durable = i + 1 < script.All.Count && script.All[i + 1] is null;
            if (durable) Do(database, "PRAGMA synchronous = FULL");
            text.Value = EventJson.Write(happened);
            insert.ExecuteNonQuery();
            if (durable) Do(database, "PRAGMA synchronous = NORMAL");
        }
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double Executor(string file, Plans.Plan plan)
    {
        using var journal = RobotJournal.Open(file, "benchmark");
        using var episode = journal.Begin(Entry());
        return ExecutorBenchmark.RunOnce(plan, facts: false, episode).Seconds;
    }

    private static EpisodeEntry Entry() => new(Episode.Of("benchmark", 0, 1), "benchmark", NoOpPlans.Flat(1), DateTimeOffset.UnixEpoch, "{}");

    private static double Percentile(List<double> values, double part) => values.Order().ElementAt((int)(part * (values.Count - 1)));

    private static void Do(SqliteConnection database, string text)
    {
        using var command = database.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    /// <summary>The events of a run in order, and null where they had to be on the disk.</summary>
    private sealed class Script : IJournal
    {
        public List<Event?> All { get; } = [];

        public int Events => All.Count(happened => happened is not null);

        public void Append(Event happened) => All.Add(happened);

        // Decisions are few: what is measured is events.
        public void Append(RecoveryEntry decision)
        {
        }

        public void Sync() => All.Add(null);
    }
}
