using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Version 2.1: a data file and a film for each episode, the rest as lines of JSON.</summary>
internal sealed class SetLayout21 : SetLayout
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override bool NeedsQuantiles => false;

    public override string DataFile(int number) => $"data/chunk-{number / DatasetLayout.FilesInAChunk:000}/episode_{number:000000}.parquet";

    public override string FilmFile(string camera, int episode) => $"videos/chunk-{episode / DatasetLayout.FilesInAChunk:000}/{camera}/episode_{episode:000000}.mp4";

    public override DataPlace Place(DataPlace before, int episode, long numbers) => new(episode, numbers);

    public override Task WriteMetadataAsync(SetSummary set)
    {
        var features = set.Content.Layout.Features;
        var own = set.Own().ToList();
        Directory.CreateDirectory(Path.Combine(set.Folder, "meta"));
        Lines("tasks.jsonl", set.Tasks.Select((text, i) => new JsonObject { ["task_index"] = i, ["task"] = text }));
        if (features.Any(f => f.Key == DatasetLayout.Subtask)) Lines("subtasks.jsonl", set.Subtasks.Select((text, i) => new JsonObject { ["subtask_index"] = i, ["subtask"] = text }));
        Lines("episodes.jsonl", set.Episodes.Select((e, i) => SetJson.Episode(e.Source.Episode, i, own.Select(o => (o.Name, o.Values[i], o.Kind)))));
        Lines("episodes_stats.jsonl", set.Episodes.Select((e, i) => new JsonObject { ["episode_index"] = i, ["stats"] = Statistics(set.Content.Layout, e) }));
        var cameras = set.Content.Layout.Cameras.Count();
        SetJson.Write(set.Folder, "info.json", SetJson.Info(
            set, "v2.1",
            [
                ("total_videos", set.Episodes.Length * cameras), ("total_chunks", ((set.Episodes.Length - 1) / DatasetLayout.FilesInAChunk) + 1), ("chunks_size", DatasetLayout.FilesInAChunk),
                ("data_path", "data/chunk-{episode_chunk:03d}/episode_{episode_index:06d}.parquet"),
                ("video_path", cameras > 0 ? "videos/chunk-{episode_chunk:03d}/{video_key}/episode_{episode_index:06d}.mp4" : null),
            ]));
        return Task.CompletedTask;

        void Lines(string name, IEnumerable<JsonObject> lines) => File.WriteAllLines(Path.Combine(set.Folder, "meta", name), lines.Select(l => l.ToJsonString(OneLine)));
    }

    private static JsonObject Statistics(StoredSet layout, EpisodeSummary episode)
    {
        var json = new JsonObject();
        foreach (var feature in layout.Features)
        {
            if (episode.Numbers.TryGetValue(feature.Key, out var numbers)) json[feature.Key] = SetJson.Statistics(feature, numbers.Count, numbers.Named.Where(n => PictureStatistics.Basic.Contains(n.Name)));
            else if (episode.Pictures.TryGetValue(feature.Key, out var pictures)) json[feature.Key] = SetJson.Statistics(feature, pictures.Count, PictureStatistics.Basic.Select(n => (n, pictures.Values[n])));
        }
        return json;
    }
}
