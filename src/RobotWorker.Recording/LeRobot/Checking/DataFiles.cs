using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>A file of the data.</summary>
/// <param name="FirstRow">The global position of its first row.</param>
internal sealed record DataFile(string Name, int Chunk, int File, long FirstRow, long Rows, ImmutableArray<ColumnType> Columns)
{
    public bool Has(long row) => row >= FirstRow && row < FirstRow + Rows;
}

/// <summary>All files of the data in the order in which their rows count, each with the columns that info.json promises.</summary>
internal sealed record DataFiles(string Folder, ImmutableArray<DataFile> Files, ImmutableHashSet<string> UsableColumns)
{
    public long Rows => Files.Sum(f => f.Rows);

    public DataFile At(long row) => Files.First(f => f.Has(row));

    /// <returns>Null where a file cannot be read or is misnamed: then no row's position is known.</returns>
    public static DataFiles? Open(string folder, Info info, Findings findings)
    {
        var names = DatasetFiles.Below(folder, "data", "parquet");
        if (names.IsEmpty)
        {
            findings.Error(DatasetFiles.Data(0, 0), "", "the file is missing: there is no data");
            return null;
        }
        var files = ImmutableArray.CreateBuilder<DataFile>();
        var usable = info.Columns.Select(f => f.Key).ToImmutableHashSet(StringComparer.Ordinal);
        var allThere = true;
        foreach (var name in names)
        {
            if (DatasetFiles.Numbers(name) is not { } numbers)
            {
                findings.Error(name, "", $"readers take this file for data, but it is not named {DatasetFiles.DataTemplate}");
                allThere = false;
            }
            else if (findings.Read(folder, name, path => new ParquetTable(path)) is { } table)
            {
                using (table)
                {
                    usable = usable.Intersect(Fitting(table, name, info, findings));
                    files.Add(new(name, numbers.Chunk, numbers.File, files.Sum(f => f.Rows), table.Rows, table.Columns));
                }
            }
            else
            {
                allThere = false;
            }
        }
        return allThere ? new(folder, files.ToImmutable(), usable) : null;
    }

    /// <summary>The values of a feature over all files, row after row.</summary>
    /// <returns>Null where the column is not as it must be in some file, which is told.</returns>
    public double[]? Numbers(Feature feature, Findings findings)
    {
        if (!UsableColumns.Contains(feature.Key)) return null;
        var values = new List<double>();
        var isWhole = true;
        foreach (var file in Files)
        {
            var column = findings.Read(Folder, file.Name, path =>
            {
                using var table = new ParquetTable(path);
                return table.Read(file.Columns.First(c => c.Name == feature.Key));
            });
            if (column is null
                || findings.Rows(file.Name, feature.Key, column.NotOfShape(feature.Shape))
                || findings.Rows(file.Name, feature.Key, NotFinite(column, feature)))
                isWhole = false;
            else
                values.AddRange(column.Numbers);
        }
        return isWhole ? [.. values] : null;
    }

    private static IEnumerable<(long Row, string Problem)> NotFinite(ColumnData column, Feature feature) => column.Numbers
        .Select((value, i) => (Row: (long)(i / feature.Width), Value: value))
        .Where(v => !double.IsFinite(v.Value))
        .DistinctBy(v => v.Row)
        .Select(v => (v.Row, $"has {v.Value} in it, must be finite"));

    // The columns of this file that are as info.json says.
    private static HashSet<string> Fitting(ParquetTable table, string name, Info info, Findings findings)
    {
        var fitting = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in table.Columns.Where(c => !info.Knows(c.Name) || info.Cameras.Any(f => f.Key == c.Name)))
            findings.Error(name, column.Name, "the column is no feature of info.json that is kept as data, must not be here");
        foreach (var twice in table.Columns.GroupBy(c => c.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            findings.Error(name, twice.Key, $"{twice.Count()} columns are called so, must be one");
        foreach (var feature in info.Columns)
        {
            var column = table.Find(feature.Key);
            if (column is null) findings.Error(name, feature.Key, $"the column is missing, must be {Right(feature)}");
            else if (feature.Dtype != "image" && !(column.Leaves == 1 && column.Depth == feature.Depth && Dtypes.Fits(feature.Dtype, column)))
                findings.Error(name, feature.Key, $"the column is {column}, must be {Right(feature)}");
            else fitting.Add(feature.Key);
        }
        return fitting;
    }

    private static string Right(Feature feature) => feature.Depth switch
    {
        0 => feature.Dtype,
        1 => $"list of {feature.Dtype}, {feature.Width} a row",
        var depth => $"{depth} nested lists of {feature.Dtype}, of shape {feature.ShapeText}",
    };
}
