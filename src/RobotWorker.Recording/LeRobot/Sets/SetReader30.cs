using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Reads the tables of a set of version 3.0.</summary>
internal static class SetReader30
{
    private static readonly string[] Groups = ["data/", "videos/", "meta/", "stats/"];

    public static async Task<StoredSet> ReadAsync(string folder, JsonObject info)
    {
        var features = SetInfo.Features(info, folder);
        var tables = new List<ArrowTable>();
        try
        {
            foreach (var file in Files(Path.Combine(folder, "meta", "episodes"))) tables.Add(await ArrowTable.ReadAsync(file));
            if (tables.Sum(t => t.Rows) == 0) throw new DatasetException($"{folder} has no episodes: meta/episodes has no rows");
            var tasks = await TextsAsync(folder, "task");
            var subtasks = features.Any(f => f.Key == DatasetLayout.Subtask) ? await TextsAsync(folder, "subtask") : [];
            return new(folder, SetVersion.V30, info, features, tasks, subtasks, Episodes(folder, info, features, tables), [.. Own(tables)]);
        }
        finally
        {
            foreach (var table in tables) table.Dispose();
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];

    private static async Task<ImmutableArray<string>> TextsAsync(string folder, string name)
    {
        using var table = await ArrowTable.ReadAsync(Path.Combine(folder, "meta", $"{name}s.parquet"));
        // pandas calls an index so that has no name of its own.
        var column = table.Schema.GetFieldIndex(name) >= 0 ? name : "__index_level_0__";
        var (numbers, texts) = (ArrowCells.Numbers(table.Column($"{name}_index")), table.Column(column));
        var all = new SortedDictionary<int, string>();
        for (var row = 0; row < numbers.Length; row++) all[(int)numbers[row]] = ArrowCells.Value(texts, row) as string ?? "";
        return all.Keys.SequenceEqual(Enumerable.Range(0, all.Count)) ? [.. all.Values] : throw new DatasetException($"{table.File}: {name}_index must count from 0");
    }

    private static ImmutableArray<StoredEpisode> Episodes(string folder, JsonObject info, ImmutableArray<SetFeature> features, List<ArrowTable> tables)
    {
        var (data, video) = (SetInfo.Template(info, "data_path", folder), features.Any(f => f.IsVideo) ? SetInfo.Template(info, "video_path", folder) : "");
        long[] Column(string name) => [.. tables.SelectMany(t => ArrowCells.Numbers(t.Column(name))).Select(n => (long)n)];
        double[] Times(string name) => [.. tables.SelectMany(t => ArrowCells.Numbers(t.Column(name)))];
        var (numbers, lengths, from) = (Column("episode_index"), Column("length"), Column("dataset_from_index"));
        var files = Column("data/chunk_index").Zip(Column("data/file_index"), (chunk, file) => Path.Combine(folder, Named(data, "", chunk, file))).ToArray();
        var firsts = files.Zip(from).GroupBy(f => f.First).ToDictionary(g => g.Key, g => g.Min(f => f.Second), StringComparer.Ordinal);
        var films = features.Where(f => f.IsVideo).ToDictionary(f => f.Key, f =>
        {
            var named = Column($"videos/{f.Key}/chunk_index").Zip(Column($"videos/{f.Key}/file_index"), (chunk, file) => Path.Combine(folder, Named(video, f.Key, chunk, file))).ToArray();
            var sharers = named.CountBy(n => n).ToDictionary(StringComparer.Ordinal);
            return named.Zip(Times($"videos/{f.Key}/from_timestamp"), lengths)
                .Select(n => new FilmSlice(n.First, (int)Math.Round(n.Second * SetInfo.FramesPerSecond(info, folder)), (int)n.Third, sharers[n.First] == 1)).ToArray();
        });
        var tasks = tables.SelectMany(t => Texts(t, "tasks")).ToArray();
        var pictures = features.Where(f => f.IsPicture).ToDictionary(f => f.Key, f => tables.SelectMany(t => Pictures(t, f.Key)).ToArray());
        return [.. Enumerable.Range(0, numbers.Length).Select(e => numbers[e] != e || lengths[e] < 1
            ? throw new DatasetException($"{folder}: row {e} of meta/episodes has episode_index {numbers[e]} and length {lengths[e]}; `dataset check` says what is wrong")
            : new StoredEpisode(e, (int)lengths[e], tasks[e], files[e], (int)(from[e] - firsts[files[e]]),
                films.ToImmutableSortedDictionary(f => f.Key, f => f.Value[e], StringComparer.Ordinal),
                pictures.Where(p => p.Value[e] is not null).ToImmutableSortedDictionary(p => p.Key, p => p.Value[e]!, StringComparer.Ordinal)))];
    }

    private static IEnumerable<ImmutableArray<string>> Texts(ArrowTable table, string name)
    {
        var column = table.Column(name);
        return Enumerable.Range(0, table.Rows).Select(row => ArrowCells.Value(column, row) is List<object?> texts
            ? texts.OfType<string>().ToImmutableArray()
            : throw new DatasetException($"{table.File}: {name} must be lists of texts"));
    }

    private static IEnumerable<PictureStatistics?> Pictures(ArrowTable table, string key)
    {
        string[] names = [.. PictureStatistics.Basic, .. PictureStatistics.Quantiles];
        var columns = names.Where(n => table.Schema.GetFieldIndex($"stats/{key}/{n}") >= 0).ToDictionary(n => n, n => ArrowCells.Numbers(table.Column($"stats/{key}/{n}")));
        var isThere = PictureStatistics.Basic.All(columns.ContainsKey) && table.Schema.GetFieldIndex($"stats/{key}/count") >= 0 && columns.Values.All(c => c.Length == 3 * table.Rows);
        if (!isThere) return Enumerable.Repeat<PictureStatistics?>(null, table.Rows);
        var counts = ArrowCells.Numbers(table.Column($"stats/{key}/count"));
        return Enumerable.Range(0, table.Rows).Select(row => new PictureStatistics((long)counts[row], columns.ToImmutableSortedDictionary(c => c.Key, c => c.Value[(3 * row)..((3 * row) + 3)], StringComparer.Ordinal)));
    }

    private static IEnumerable<OwnColumn> Own(List<ArrowTable> tables)
    {
        foreach (var field in tables[0].Schema.FieldsList.Where(f => !IsTheFormats(f.Name)))
        {
            var parts = tables.Select(t => OwnColumn.Of(field.Name, t.Column(field.Name), t.File)).ToList();
            yield return parts[0] with { Values = [.. parts.SelectMany(p => p.Values)] };
        }
    }

    private static bool IsTheFormats(string column) => column is "episode_index" or "tasks" or "length" or "dataset_from_index" or "dataset_to_index"
        || Groups.Any(group => column.StartsWith(group, StringComparison.Ordinal));

    private static string Named(string template, string camera, long chunk, long file) => template
        .Replace("{video_key}", camera, StringComparison.Ordinal).Replace("{chunk_index:03d}", $"{chunk:000}", StringComparison.Ordinal).Replace("{file_index:03d}", $"{file:000}", StringComparison.Ordinal);
}
