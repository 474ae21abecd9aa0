using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>A file of the table of episodes.</summary>
/// <param name="FirstRow">The episode of its first row.</param>
internal sealed record EpisodeFile(string Name, int Chunk, int File, int FirstRow, ParquetTable Table)
{
    public int Rows => (int)Table.Rows;
}

/// <summary>The table of episodes, over all of its files.</summary>
/// <remarks>Its files stay open: they have a hundred columns and more, and are few.</remarks>
internal sealed record EpisodeTable(string Folder, ImmutableArray<EpisodeFile> Files) : IDisposable
{
    public const string Name = "meta/episodes/chunk-000/file-000.parquet";

    public int Rows => Files.Sum(f => f.Rows);

    /// <returns>Null where a file cannot be read or is misnamed.</returns>
    public static EpisodeTable? Open(string folder, Findings findings)
    {
        var names = DatasetFiles.Below(folder, "meta/episodes", "parquet");
        if (names.IsEmpty)
        {
            findings.Error(Name, "", "the file is missing: nothing says which rows are which episode");
            return null;
        }
        var files = ImmutableArray.CreateBuilder<EpisodeFile>();
        foreach (var name in names)
        {
            var file = findings.Read(folder, name, path =>
            {
                if (DatasetFiles.Numbers(name) is { } n) return new EpisodeFile(name, n.Chunk, n.File, files.Sum(f => f.Rows), new(path));
                findings.Error(name, "", "readers take this file for a table of episodes, but it is not named chunk-000/file-000.parquet");
                return null;
            });
            if (file is not null) files.Add(file);
        }
        var table = new EpisodeTable(folder, files.ToImmutable());
        if (files.Count == names.Length) return table;
        table.Dispose();
        return null;
    }

    /// <summary>A column of one number an episode.</summary>
    /// <returns>Null where it is not as it must be, which is told.</returns>
    public double[]? Numbers(string column, string dtype, Findings findings) =>
        Read(column, type => type is { Depth: 0, Leaves: 1 } && Dtypes.Fits(dtype, type), dtype, data => data.Nulls(), findings) is { } parts
            ? [.. parts.SelectMany(p => p.Numbers)]
            : null;

    /// <summary>A column of lists of one shape, of whatever kind of number.</summary>
    public double[]? Lists(string column, ImmutableArray<int> shape, Findings findings)
    {
        var right = $"{(shape.Length == 1 ? "a list" : $"{shape.Length} nested lists")} of numbers, of shape [{string.Join(", ", shape)}]";
        return Read(column, type => type.IsNumber && type.Depth == shape.Length, right, data => data.NotOfShape(shape), findings) is { } parts
            ? [.. parts.SelectMany(p => p.Numbers)]
            : null;
    }

    public ImmutableArray<ImmutableArray<string>>? Texts(string column, Findings findings) =>
        Read(column, type => type is { Depth: 1, Leaves: 1 } && Dtypes.Fits("string", type), "list of string", data => data.Nulls(), findings) is { } parts
            ? [.. parts.SelectMany(p => p.TextsByRow())]
            : null;

    /// <summary>A column of one number an episode that a set may lack, and in which some may have none.</summary>
    /// <returns>Null where it is not there, or is not as it must be, which is told.</returns>
    public double?[]? OptionalNumbers(string column, Findings findings) => Optional(column, type => type.IsNumber, "a number or null", data => data.Cells(data.Numbers, number => (double?)number), findings);

    /// <summary>The same for texts.</summary>
    public string?[]? OptionalTexts(string column, Findings findings) => Optional<string?>(column, type => Dtypes.Fits("string", type), "string", data => data.Cells(data.Texts, text => text), findings);

    /// <summary>What a rule says about each episode's value of a column; null for nothing.</summary>
    /// <returns>The episodes for which it says something.</returns>
    public ImmutableHashSet<int> Each(string column, Func<int, string?> rule, Findings findings)
    {
        var wrong = Enumerable.Range(0, Rows).Select(episode => (Episode: episode, Problem: rule(episode))).Where(w => w.Problem is not null).ToList();
        foreach (var file in Files)
            findings.Rows(file.Name, column, wrong
                .Where(w => w.Episode >= file.FirstRow && w.Episode < file.FirstRow + file.Rows)
                .Select(w => ((long)(w.Episode - file.FirstRow), w.Problem!)));
        return [.. wrong.Select(w => w.Episode)];
    }

    public void Dispose()
    {
        foreach (var file in Files) file.Table.Dispose();
    }

    private T[]? Optional<T>(string column, Func<ColumnType, bool> fits, string right, Func<ColumnData, IEnumerable<T>> cells, Findings findings) =>
        Files.Any(f => f.Table.Find(column) is not null) && Read(column, type => type is { Depth: 0, Leaves: 1 } && fits(type), right, _ => [], findings) is { } parts ? [.. parts.SelectMany(cells)] : null;

    private List<ColumnData>? Read(string column, Func<ColumnType, bool> fits, string right, Func<ColumnData, IEnumerable<(long, string)>> wrong, Findings findings)
    {
        var parts = new List<ColumnData>();
        foreach (var file in Files)
        {
            var type = file.Table.Find(column);
            if (type is null || !fits(type))
            {
                findings.Error(file.Name, column, type is null ? $"the column is missing, must be {right}" : $"the column is {type}, must be {right}");
                continue;
            }
            var data = findings.Read(Folder, file.Name, _ => file.Table.Read(type));
            if (data is not null && !findings.Rows(file.Name, column, wrong(data))) parts.Add(data);
        }
        return parts.Count == Files.Length ? parts : null;
    }
}
