using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>The table of episodes against the data: which rows, which file, which tasks.</summary>
internal static class EpisodeCheck
{
    /// <summary>The table's rows against the segments of the data, the files that hold them, and its own files.</summary>
    /// <param name="data">Null where the data could not be read: then the table is judged by itself.</param>
    public static void Check(EpisodeTable table, EpisodeRows rows, DataFiles? data, ImmutableArray<Segment>? segments, Findings findings)
    {
        if (table.Numbers("episode_index", "int64", findings) is { } numbers)
            table.Each("episode_index", e => numbers[e] == e ? null : $"is {numbers[e]}, must be {e}: the rows stand in the order of the episodes", findings);
        CheckRows(table, rows, segments, findings);
        if (data is not null && segments is { } known) CheckFiles(table, known, data, findings);
        CheckOwnFile(table, findings);
    }

    /// <summary>Each episode's list of tasks against the task_index of its rows.</summary>
    public static void CheckTasks(EpisodeTable table, ImmutableArray<string>? tasks, double[]? taskIndex, ImmutableArray<Segment>? segments, Findings findings)
    {
        if (table.Texts("tasks", findings) is not { } said || tasks is not { } texts) return;
        table.Each("tasks", e => said[e].FirstOrDefault(t => !texts.Contains(t)) is { } unknown ? $"has \"{unknown}\", which {DatasetFiles.Tasks} has not" : null, findings);
        if (taskIndex is null || segments is not { } known || known.Length != said.Length) return;
        table.Each("tasks", e =>
        {
            var done = taskIndex.AsSpan((int)known[e].From, (int)known[e].Length).ToArray().Distinct().Where(n => n >= 0 && n < texts.Length)
                .Select(n => texts[(int)n]).Order(StringComparer.Ordinal).ToList();
            var isKnown = said[e].All(t => texts.Contains(t));    // An unknown one has been told.
            return !isKnown || said[e].Order(StringComparer.Ordinal).SequenceEqual(done) ? null : $"is {Listed(said[e])}, must be {Listed(done)}: the tasks of its rows";
        }, findings);
    }

    private static void CheckRows(EpisodeTable table, EpisodeRows rows, ImmutableArray<Segment>? segments, Findings findings)
    {
        if (segments is { } known && known.Length != table.Rows)
        {
            findings.Error(table.Files[^1].Name, "", $"has {table.Rows} rows, must have {known.Length}: the data has so many episodes");
            return;
        }
        // Without the data only the table's own sums can be compared.
        var right = segments ?? (rows.Lengths is { } lengths ? EndToEnd(lengths) : null);
        if (right is not { } all) return;
        Same("length", rows.Lengths, e => all[e].Length, "rows of the data are its own");
        Same("dataset_from_index", rows.From, e => all[e].From, "is where it begins");
        Same("dataset_to_index", rows.To, e => all[e].To, "is where it ends, exclusive");

        void Same(string column, double[]? said, Func<int, long> value, string why)
        {
            if (said is not null) table.Each(column, e => said[e] == value(e) ? null : $"is {said[e]}, must be {value(e)}: that {why}", findings);
        }
    }

    private static ImmutableArray<Segment> EndToEnd(double[] lengths)
    {
        var segments = ImmutableArray.CreateBuilder<Segment>();
        foreach (var length in lengths) segments.Add(new(segments.Count == 0 ? 0 : segments[^1].To, (segments.Count == 0 ? 0 : segments[^1].To) + (long)length));
        return segments.ToImmutable();
    }

    private static void CheckFiles(EpisodeTable table, ImmutableArray<Segment> segments, DataFiles data, Findings findings)
    {
        var (chunks, files) = (table.Numbers("data/chunk_index", "int64", findings), table.Numbers("data/file_index", "int64", findings));
        if (segments.Length != table.Rows) return;
        table.Each("data/chunk_index", e =>
        {
            var file = data.At(segments[e].From);
            return chunks is null || chunks[e] == file.Chunk ? null : $"is {chunks[e]}, must be {file.Chunk}: its rows are in {file.Name}";
        }, findings);
        table.Each("data/file_index", e =>
        {
            var file = data.At(segments[e].From);
            if (!file.Has(segments[e].To - 1)) return $"names one file, but its rows are in {file.Name} and in {data.At(segments[e].To - 1).Name}: an episode is in one file";
            return files is null || files[e] == file.File ? null : $"is {files[e]}, must be {file.File}: its rows are in {file.Name}";
        }, findings);
    }

    private static void CheckOwnFile(EpisodeTable table, Findings findings)
    {
        EpisodeFile Own(int episode) => table.Files.Last(f => f.FirstRow <= episode);
        foreach (var (column, right) in new (string, Func<EpisodeFile, int>)[] { ("meta/episodes/chunk_index", f => f.Chunk), ("meta/episodes/file_index", f => f.File) })
            if (table.Numbers(column, "int64", findings) is { } said)
                table.Each(column, e => said[e] == right(Own(e)) ? null : $"is {said[e]}, must be {right(Own(e))}: the row is in this file", findings);
    }

    private static string Listed(IEnumerable<string> tasks) => $"[{string.Join(", ", tasks.Select(t => $"\"{t}\""))}]";
}

/// <summary>Where the table says that each episode's rows are.</summary>
internal sealed record EpisodeRows(double[]? Lengths, double[]? From, double[]? To)
{
    public static EpisodeRows Of(EpisodeTable table, Findings findings) =>
        new(table.Numbers("length", "int64", findings), table.Numbers("dataset_from_index", "int64", findings), table.Numbers("dataset_to_index", "int64", findings));
}
