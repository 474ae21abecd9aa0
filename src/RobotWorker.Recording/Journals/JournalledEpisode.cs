using Microsoft.Data.Sqlite;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;

namespace RobotWorker.Recording.Journals;

/// <summary>An episode under way, in its robot's journal.</summary>
public sealed class JournalledEpisode : IJournal, IDisposable
{
    private readonly RobotJournal journal;
    private readonly SqliteCommand append;
    private readonly SqliteCommand decide;
    private readonly SqliteCommand sync;
    private long written;
    private long decisions;

    internal JournalledEpisode(RobotJournal journal, EpisodeEntry entry, IReadOnlyList<Event> history, IReadOnlyList<RecoveryEntry> decided)
    {
        (this.journal, Entry, History, Decided, written, decisions) = (journal, entry, history, decided, history.Count, decided.Count);
        append = journal.Statement("INSERT INTO events (episode, number, event) VALUES ($1, $2, $3)", 3);
        decide = journal.Statement("INSERT INTO decisions (episode, number, event, decision) VALUES ($1, $2, $3, $4)", 4);
        sync = journal.Statement("INSERT INTO synced (episode, number) VALUES ($1, $2) ON CONFLICT (episode) DO UPDATE SET number = $2", 2);
        (append.Parameters[0].Value, decide.Parameters[0].Value, sync.Parameters[0].Value) = (entry.Number, entry.Number, entry.Number);
    }

    public EpisodeEntry Entry { get; }

    /// <summary>What had happened before this process took it up; empty for a new one.</summary>
    public IReadOnlyList<Event> History { get; }

    /// <summary>What had been decided by then.</summary>
    public IReadOnlyList<RecoveryEntry> Decided { get; }

    /// <exception cref="JournalException">It was not written.</exception>
    public void Append(Event happened)
    {
        append.Parameters[1].Value = ++written;
        append.Parameters[2].Value = EventJson.Write(happened);
        journal.Guarded(append.ExecuteNonQuery);
    }

    /// <exception cref="JournalException">It was not written.</exception>
    public void Append(RecoveryEntry decision)
    {
        decide.Parameters[1].Value = ++decisions;
        decide.Parameters[2].Value = written;
        decide.Parameters[3].Value = EventJson.WriteDecision(decision);
        journal.Guarded(decide.ExecuteNonQuery);
    }

    /// <exception cref="JournalException">It was not written to the disk.</exception>
    public void Sync()
    {
        sync.Parameters[1].Value = written;
        journal.Guarded(() => journal.Durably(sync.ExecuteNonQuery));
    }

    /// <summary>Writes down how it ended; it is not resumed after that.</summary>
    /// <exception cref="JournalException">It was not written.</exception>
    public void End(EpisodeReport report) => journal.End(Entry, report);

    /// <summary>Closes it. One in which nothing happened is forgotten.</summary>
    public void Dispose()
    {
        append.Dispose();
        decide.Dispose();
        sync.Dispose();
        if (written == 0) journal.ForgetTheEmpty();
    }
}
