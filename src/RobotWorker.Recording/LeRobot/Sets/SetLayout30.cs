using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Apache.Arrow;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Version 3.0. Each episode keeps a film of its own (ADR 19).</summary>
internal sealed class SetLayout30 : SetLayout
{
    private const long MostNumbersInAFile = 100_000_000 / 8;

    private static readonly ImmutableArray<string> Statistics = [.. PictureStatistics.Basic, .. PictureStatistics.Quantiles];

    public override bool NeedsQuantiles => true;

    public override string DataFile(int number) => $"data/{Named(number)}.parquet";

    public override string FilmFile(string camera, int episode) => $"videos/{camera}/{Named(episode)}.mp4";

    public override DataPlace Place(DataPlace before, int episode, long numbers) =>
        before.Numbers > 0 && before.Numbers + numbers > MostNumbersInAFile ? new(before.File + 1, numbers) : before with { Numbers = before.Numbers + numbers };

    public override async Task WriteMetadataAsync(SetSummary set)
    {
        WriteEpisodes(set);
        await TextsTable.WriteAsync(set.Folder, "task", set.Tasks);
        if (set.Content.Layout.Features.Any(f => f.Key == DatasetLayout.Subtask)) await TextsTable.WriteAsync(set.Folder, "subtask", set.Subtasks);
        SetJson.Write(set.Folder, "stats.json", TotalStatistics(set));
        SetJson.Write(set.Folder, "info.json", SetJson.Info(
            set, "v3.0",
            [
                ("chunks_size", DatasetLayout.FilesInAChunk), ("data_files_size_in_mb", 100), ("video_files_size_in_mb", 200), ("data_path", "data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet"),
                ("video_path", set.Content.Layout.Cameras.Any() ? "videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4" : null),
            ]));
    }

    private static void WriteEpisodes(SetSummary set)
    {
        var all = set.Episodes;
        IArrowArray Numbers(Func<EpisodeSummary, int, long> of) => ArrowCells.Of(all.Select((e, i) => (long?)of(e, i)));
        IArrowArray Times(Func<EpisodeSummary, double> of) => ArrowCells.Of(all.Select(e => (double?)of(e)));
        var columns = new List<(string, IArrowArray)>
        {
            ("episode_index", Numbers((_, i) => i)),
            ("tasks", ArrowCells.Lists(ArrowCells.Of(all.SelectMany(e => e.Tasks)), all.Select(e => e.Tasks.Length))),
            ("length", Numbers((e, _) => e.Length)),
            ("data/chunk_index", Numbers((e, _) => e.DataFile / DatasetLayout.FilesInAChunk)), ("data/file_index", Numbers((e, _) => e.DataFile % DatasetLayout.FilesInAChunk)),
            ("dataset_from_index", Numbers((e, _) => e.FirstIndex)), ("dataset_to_index", Numbers((e, _) => e.FirstIndex + e.Length)),
            ("meta/episodes/chunk_index", Numbers((_, _) => 0)), ("meta/episodes/file_index", Numbers((_, _) => 0)),
        };
        foreach (var key in set.Content.Layout.Cameras.Select(c => $"videos/{c.Key}"))
        {
            columns.Add(($"{key}/chunk_index", Numbers((_, i) => i / DatasetLayout.FilesInAChunk)));
            columns.Add(($"{key}/file_index", Numbers((_, i) => i % DatasetLayout.FilesInAChunk)));
            columns.Add(($"{key}/from_timestamp", Times(_ => 0)));
            columns.Add(($"{key}/to_timestamp", Times(e => (double)e.Length / set.Content.Layout.FramesPerSecond)));
        }
        foreach (var feature in set.Content.Layout.Features)
        {
            if (feature.IsNumeric) Add(feature, e => e.Numbers[feature.Key].Count, e => e.Numbers[feature.Key].Named.ToDictionary(n => n.Name, n => n.Values));
            else if (all.All(e => e.Pictures.ContainsKey(feature.Key))) Add(feature, e => e.Pictures[feature.Key].Count, e => e.Pictures[feature.Key].Values);
        }
        columns.AddRange(set.Own().Select(o => (o.Name, OwnColumn.Array(o.Kind, o.IsList, o.Values))));
        FrameFiles.WriteTable(Path.Combine(set.Folder, "meta", "episodes", "chunk-000", "file-000.parquet"), columns);

        void Add(SetFeature feature, Func<EpisodeSummary, long> count, Func<EpisodeSummary, IReadOnlyDictionary<string, double[]>> values)
        {
            foreach (var name in Statistics.Where(n => all.All(e => values(e).ContainsKey(n))))
                columns.Add(($"stats/{feature.Key}/{name}", ArrowCells.Nested(ArrowCells.Of(all.SelectMany(e => values(e)[name]).Select(v => (double?)v)), feature.StatisticsShape)));
            columns.Add(($"stats/{feature.Key}/count", ArrowCells.Nested(ArrowCells.Of(all.Select(e => (long?)count(e))), [1])));
        }
    }

    private static JsonObject TotalStatistics(SetSummary set)
    {
        var json = new JsonObject();
        foreach (var feature in set.Content.Layout.Features)
        {
            if (set.Numbers.TryGetValue(feature.Key, out var numbers)) json[feature.Key] = SetJson.Statistics(feature, numbers.Count, numbers.Named);
            else if (set.Pictures.TryGetValue(feature.Key, out var pictures)) json[feature.Key] = SetJson.Statistics(feature, pictures.Count, Statistics.Where(pictures.Values.ContainsKey).Select(n => (n, pictures.Values[n])));
        }
        return json;
    }

    private static string Named(int number) => $"chunk-{number / DatasetLayout.FilesInAChunk:000}/file-{number % DatasetLayout.FilesInAChunk:000}";
}
