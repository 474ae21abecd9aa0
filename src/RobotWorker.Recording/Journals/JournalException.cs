using Microsoft.Data.Sqlite;

namespace RobotWorker.Recording.Journals;

/// <summary>A journal cannot be opened, read or written. The message names the file and says what to do.</summary>
public sealed class JournalException : IOException
{
    private const int NotADatabase = 26, Corrupt = 11, Full = 13, ReadOnly = 8, CannotOpen = 14, Busy = 5, IoError = 10, Auth = 23, Perm = 3;

    public JournalException(string message) : base(message)
    {
    }

    public JournalException(string message, Exception inner) : base(message, inner)
    {
    }

    internal static JournalException Of(string path, SqliteException failure) => new($"the journal {path} {Why(failure)}", failure);

    private static string Why(SqliteException failure) => failure.SqliteErrorCode switch
    {
        Full => "cannot be written: the disk is full; make room",
        ReadOnly or Perm or Auth => "cannot be written: the file or its folder is read-only; give this user the right to write both, or another --journal",
        NotADatabase => "is no journal, or its beginning is damaged; put it aside and bring a copy back, or give another --journal",
        Corrupt => "is damaged; put it aside and bring a copy back, or give another --journal. What can still be read: sqlite3 FILE .recover",
        CannotOpen => "cannot be opened: its folder is not there or may not be read; make it, or give another --journal",
        Busy => "is held by another program; end that, and try again",
        IoError => $"cannot be read or written: the disk fails ({failure.Message.TrimEnd('.')})",
        _ => $"fails: {failure.Message.TrimEnd('.')}",
    };
}
