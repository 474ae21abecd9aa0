using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RobotWorker.Dependability;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;

namespace RobotWorker.Recording.Journals;

/// <summary>
/// The journal of one robot: a SQLite file (WAL) with every episode's events, each written before its commands are carried out. One process writes it;
/// others may read meanwhile.
/// </summary>
/// <remarks>
/// Every event is in the file when <see cref="IJournal.Append"/> returns: it survives the process. <see cref="IJournal.Sync"/> makes it survive the machine's
/// power, too, and is called before whatever moves the robot: <c>synchronous</c> is NORMAL but for those commits, and FULL for them.
/// </remarks>
public sealed class RobotJournal : IDisposable
{
    /// <summary>Of the file. 2 added decisions and the build.</summary>
    public const int Version = 2;

    private const int ApplicationId = 0x52574A31;    // "RWJ1"

    private const string Schema = """
        CREATE TABLE owner (name TEXT NOT NULL);
        CREATE TABLE episodes (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, submission TEXT NOT NULL UNIQUE, seed INTEGER NOT NULL, plan TEXT NOT NULL,
            began TEXT NOT NULL, source TEXT NOT NULL, report TEXT);
        CREATE TABLE events (episode INTEGER NOT NULL, number INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (episode, number)) WITHOUT ROWID;
        CREATE TABLE synced (episode INTEGER PRIMARY KEY, number INTEGER NOT NULL);
        """;

    private const string SinceVersion2 = """
        ALTER TABLE episodes ADD COLUMN build TEXT NOT NULL DEFAULT 'unknown';
        CREATE TABLE decisions (
            episode INTEGER NOT NULL, number INTEGER NOT NULL, event INTEGER NOT NULL, decision TEXT NOT NULL, PRIMARY KEY (episode, number)) WITHOUT ROWID;
        """;

    // The first and the last, what faults, link, people and restarts did, and when the process before a restart was last heard of.
    private const string DependabilityEvents = """
        SELECT event FROM events WHERE episode = $1 AND (
            event ->> '$."$type"' IN ('fault_confirmed', 'fault_healed', 'link_lost', 'link_back', 'answered', 'process_restarted')
            OR number = 1 OR number = (SELECT MAX(number) FROM events WHERE episode = $1)
            OR number IN (SELECT number - 1 FROM events WHERE episode = $1 AND event ->> '$."$type"' = 'process_restarted'))
        ORDER BY number
        """;

    private readonly IDisposable? held;
    private readonly SqliteConnection database;

    private RobotJournal(string path, SqliteConnection database, IDisposable? held)
    {
        Path = path;
        this.database = database;
        this.held = held;
    }

    public string Path { get; }

    /// <summary>Who writes it now, or wrote it last.</summary>
    public string Owner => Guarded(() => Ask("SELECT name FROM owner") as string ?? "nobody");

    /// <summary>Every episode, the oldest first.</summary>
    public IReadOnlyList<EpisodeEntry> Episodes => Read("");

    /// <summary>The one in which something has happened and which has not ended, or null: there is one at most.</summary>
    public EpisodeEntry? Unfinished => Read("WHERE report IS NULL AND EXISTS (SELECT 1 FROM events WHERE episode = episodes.number)").FirstOrDefault();

    /// <summary>Opens it to write; makes it where it is missing.</summary>
    /// <param name="owner">Who writes: what another process is told that finds it taken.</param>
    /// <exception cref="JournalException">Another process writes it, it is damaged, of a newer version, or the machine refuses.</exception>
    public static RobotJournal Open(string path, string owner)
    {
        var full = Resolved(path);
        IDisposable? held;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            held = FileLock.TryTake(full + ".lock");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"the journal {full} cannot be written: {e.Message.TrimEnd('.')}; give this user the right to write there, or another --journal", e);
        }
        if (held is null) throw new JournalException($"the journal {full} is in use by {OwnerOf(full)}: end that first, or give another --journal. Nothing was started");
        try
        {
            var journal = new RobotJournal(full, Connect(full, SqliteOpenMode.ReadWriteCreate), held);
            journal.Prepare(owner);
            return journal;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    // Under whatever name: one journal has one lock.
    private static string Resolved(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return File.Exists(full) && File.ResolveLinkTarget(full, returnFinalTarget: true) is { } target ? target.FullName : full;
    }

    /// <summary>Whether another process writes it now.</summary>
    public static bool IsInUse(string path)
    {
        if (!File.Exists(path)) return false;
        using var free = FileLock.TryTake(Resolved(path) + ".lock");
        return free is null;
    }

    /// <summary>Opens it to read, while another process may be writing it.</summary>
    /// <exception cref="JournalException">There is none, it is damaged, or of a newer version.</exception>
    public static RobotJournal OpenToRead(string path)
    {
        var full = Resolved(path);
        if (!File.Exists(full)) throw new JournalException($"there is no journal {full}");
        var journal = new RobotJournal(full, Connect(full, SqliteOpenMode.ReadWrite), null);    // WAL: even a reader writes the index of the log
        try
        {
            if (journal.CheckVersion() < Version)
                throw new JournalException($"the journal {full} was written by an older RobotWorker: the next run on its robot brings it up to date, then it can be read");
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>The episode with this id or submission id, or whose id begins so and no other's does; null for none.</summary>
    public EpisodeEntry? Find(string id)
    {
        var all = Episodes;
        return all.FirstOrDefault(e => e.Submission == id || e.Episode.Id == id)
            ?? (all.Where(e => e.Episode.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? only : null);
    }

    /// <summary>Writes down that an episode begins; returns when that survives the machine.</summary>
    /// <exception cref="JournalException">Another one has not ended, one of this submission is there already, or the machine refuses.</exception>
    public JournalledEpisode Begin(EpisodeEntry entry)
    {
        if (Unfinished is { } open) throw new JournalException($"the journal {Path} has the episode {open.Submission} of plan {open.Plan.Id}, which has not ended: resume it first");
        ForgetTheEmpty();
        if (Find(entry.Submission) is not null) throw new JournalException($"the journal {Path} has an episode {entry.Submission} already");
        var number = Guarded(() => Durably(() => (long)Ask(
            "INSERT INTO episodes (id, submission, seed, plan, began, source, build) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING number",
            entry.Episode.Id, entry.Submission, entry.Episode.Seed, EventJson.WritePlan(entry.Plan), entry.Began.ToString("O", CultureInfo.InvariantCulture), entry.Source, entry.Build)!));
        return new(this, entry with { Number = number }, [], []);
    }

    /// <summary>Goes on with an episode that did not end.</summary>
    /// <exception cref="JournalException">Its events cannot be read.</exception>
    public JournalledEpisode Continue(EpisodeEntry entry) => new(this, entry, EventsOf(entry), DecisionsOf(entry));

    /// <summary>What happened in an episode, in order.</summary>
    /// <exception cref="JournalException">An event cannot be read.</exception>
    public IReadOnlyList<Event> EventsOf(EpisodeEntry entry) => Lines("SELECT event FROM events WHERE episode = $1 ORDER BY number", "event", entry, EventJson.Read);

    /// <summary>What was decided in an episode, in order.</summary>
    /// <exception cref="JournalException">A decision cannot be read.</exception>
    public IReadOnlyList<RecoveryEntry> DecisionsOf(EpisodeEntry entry) => Lines("SELECT decision FROM decisions WHERE episode = $1 ORDER BY number", "decision", entry, EventJson.ReadDecision);

    /// <summary>What dependability is reckoned from. Of a month's events, most of which are facts, only those are read.</summary>
    /// <exception cref="JournalException">An event or a decision cannot be read.</exception>
    public EpisodeHistory HistoryOf(EpisodeEntry entry)
    {
        var instants = Lines(
            "SELECT events.event ->> '$.at' FROM decisions JOIN events ON events.episode = decisions.episode AND events.number = decisions.event WHERE decisions.episode = $1 ORDER BY decisions.number",
            "decision", entry, text => TimeSpan.Parse(text, CultureInfo.InvariantCulture));
        return new(System.IO.Path.GetFileNameWithoutExtension(Path), entry.Began, Lines(DependabilityEvents, "event", entry, EventJson.Read), [.. instants.Zip(DecisionsOf(entry))], entry.Report);
    }

    public void Dispose()
    {
        database.Dispose();
        held?.Dispose();
    }

    /// <summary>A statement that is run again and again.</summary>
    internal SqliteCommand Statement(string text, int parameters) => Guarded(() =>
    {
        var command = database.CreateCommand();
        command.CommandText = text;
        for (var i = 1; i <= parameters; i++) command.Parameters.Add(new SqliteParameter($"${i}", null));
        command.Prepare();
        return command;
    });

    internal T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw JournalException.Of(Path, e);
        }
    }

    /// <summary>A change that survives the loss of power, with all that was written before it.</summary>
    internal T Durably<T>(Func<T> change)
    {
        Do("PRAGMA synchronous = FULL");
        try
        {
            return change();
        }
        finally
        {
            Do("PRAGMA synchronous = NORMAL");
        }
    }

    /// <summary>Episodes in which nothing has happened and that nobody runs never were: their robot was not reached.</summary>
    internal void ForgetTheEmpty() =>
        Guarded(() => Do("DELETE FROM episodes WHERE report IS NULL AND NOT EXISTS (SELECT 1 FROM events WHERE episode = episodes.number)"));

    internal void End(EpisodeEntry entry, EpisodeReport report) =>
        Guarded(() => Durably(() => Do("UPDATE episodes SET report = $2 WHERE number = $1", entry.Number, ReportJson.Write(report))));

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 5 };
        var connection = new SqliteConnection(text.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw JournalException.Of(path, e);
        }
    }

    private static string OwnerOf(string path)
    {
        try
        {
            using var other = OpenToRead(path);
            return other.Owner;
        }
        catch (JournalException)
        {
            return "another process";
        }
    }

    private void Prepare(string owner)
    {
        try
        {
            Guarded(() =>
            {
                Do("PRAGMA journal_mode = WAL");
                Do("PRAGMA synchronous = NORMAL");
                if ((long)Ask("SELECT COUNT(*) FROM sqlite_master")! == 0)
                    Durably(() => Do($"BEGIN; {Schema} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = 1; COMMIT"));
                if (CheckVersion() < 2) Durably(() => Do($"BEGIN; {SinceVersion2} PRAGMA user_version = 2; COMMIT"));
                return Do("BEGIN; DELETE FROM owner; INSERT INTO owner VALUES ($1); COMMIT", owner);
            });
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private long CheckVersion()
    {
        var (application, version) = Guarded(() => ((long)Ask("PRAGMA application_id")!, (long)Ask("PRAGMA user_version")!));
        if (application != ApplicationId) throw new JournalException($"{Path} is no journal of RobotWorker, but a database of something else; give another --journal");
        if (version > Version)
            throw new JournalException($"the journal {Path} was written by a newer RobotWorker (its format is {version}, this one knows {Version}): use that one, or give another --journal");
        return version;
    }

    private List<EpisodeEntry> Read(string where) => Guarded(() => Readable("an episode", () =>
    {
        var entries = new List<EpisodeEntry>();
        using var command = Command($"SELECT number, id, submission, seed, plan, began, source, report, build FROM episodes {where} ORDER BY number");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            entries.Add(new(
                new(reader.GetString(1), reader.GetInt64(3)), reader.GetString(2), EventJson.ReadPlan(reader.GetString(4)),
                DateTimeOffset.Parse(reader.GetString(5), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), reader.GetString(6))
            {
                Number = reader.GetInt64(0), Report = reader.IsDBNull(7) ? null : ReportJson.Read(reader.GetString(7)), Build = reader.GetString(8),
            });
        }
        return entries;
    }));

    private List<T> Lines<T>(string query, string what, EpisodeEntry entry, Func<string, T> read) => Guarded(() =>
    {
        var lines = new List<T>();
        using var command = Command(query, entry.Number);
        using var reader = command.ExecuteReader();
        while (reader.Read()) lines.Add(Readable($"{what} {lines.Count + 1} of episode {entry.Submission}", () => read(reader.GetString(0))));
        return lines;
    });

    private T Readable<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException)
        {
            throw new JournalException($"the journal {Path}: {what} cannot be read ({e.Message.TrimEnd('.')}); bring a copy of the journal back, or give another --journal", e);
        }
    }

    private object? Ask(string text, params object[] values)
    {
        using var command = Command(text, values);
        return command.ExecuteScalar();
    }

    private int Do(string text, params object[] values)
    {
        using var command = Command(text, values);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string text, params object[] values)
    {
        var command = database.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i + 1}", values[i]);
        return command;
    }
}
