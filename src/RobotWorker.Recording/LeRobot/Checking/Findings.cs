using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>Collects what is found, in the order of finding.</summary>
internal sealed class Findings
{
    private readonly ImmutableArray<Finding>.Builder all = ImmutableArray.CreateBuilder<Finding>();

    public ImmutableArray<Finding> All => all.ToImmutable();

    public void Error(string file, string where, string problem) => all.Add(new(file, where, problem, true));

    public void Warn(string file, string where, string problem) => all.Add(new(file, where, problem, false));

    /// <summary>What one rule says about a column: the first row is told and the others are counted, for a slip of a writer repeats itself a million times.</summary>
    public bool Rows(string file, string column, IEnumerable<(long Row, string Problem)> wrong)
    {
        using var rows = wrong.GetEnumerator();
        if (!rows.MoveNext()) return false;
        var (row, problem) = rows.Current;
        var more = 0L;
        while (rows.MoveNext()) more++;
        Error(file, $"{column}, row {row}", more == 0 ? problem : $"{problem} (and {more} more {(more == 1 ? "row" : "rows")})");
        return true;
    }

    /// <summary>Reads something from a file; whatever its bytes do to the reader is said of the file.</summary>
    /// <returns>Null where it cannot be read.</returns>
    public T? Read<T>(string folder, string file, Func<string, T?> read)
        where T : class
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            Error(file, "", "the file is missing");
            return null;
        }
        try
        {
            return read(path);
        }
        // Bytes of others can bring a reader to any exception: none of them is a mistake of the caller's.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Error(file, "", $"the file is damaged or of another format ({e.Message.Split('\n')[0].TrimEnd()})");
            return null;
        }
    }
}
