using System.Collections.Immutable;
using System.Text.Json;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>Reads meta/info.json and says what in it is wrong by itself.</summary>
internal static class InfoReader
{
    /// <returns>Null where the rest cannot be judged: no frame rate or no features.</returns>
    public static Info? Read(string folder, Findings findings)
    {
        if (findings.Read(folder, DatasetFiles.Info, path => new JsonFields(JsonFields.Parse(path), DatasetFiles.Info, "", findings)) is not { } root) return null;
        root.Same("codebase_version", "v3.0");
        if (root.Get("robot_type", "a text or null") is { } robot && robot.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            root.Wrong("robot_type", $"is {JsonFields.Shown(robot)}, must be a text or null");
        foreach (var field in new[] { "chunks_size", "data_files_size_in_mb", "video_files_size_in_mb" }) root.Integer(field, 1);
        var fps = root.Integer("fps", 1);
        var features = FeatureReader.Read(root, fps);
        var info = new Info((int)Math.Min(fps ?? 0, int.MaxValue), features, FeatureReader.Keys(root),
            root.Integer("total_episodes", 0), root.Integer("total_frames", 0), root.Integer("total_tasks", 0));
        root.Same("data_path", DatasetFiles.DataTemplate);
        CheckVideoPath(root, info);
        if (info.Episodes is { } episodes) CheckSplits(root, episodes);
        return fps is null || features.IsEmpty ? null : info;
    }

    private static void CheckVideoPath(JsonFields root, Info info)
    {
        if (info.Cameras.Any()) root.Same("video_path", DatasetFiles.VideoTemplate);
        else if (root.Get("video_path", "null where there is no video") is { ValueKind: not JsonValueKind.Null } path && !path.ValueEquals(DatasetFiles.VideoTemplate))
            root.Wrong("video_path", $"is {JsonFields.Shown(path)}, must be null where there is no video");
    }

    private static void CheckSplits(JsonFields root, long episodes)
    {
        if (root.Get("splits", $"{{\"train\": \"0:{episodes}\"}}") is not { } splits) return;
        if (splits.ValueKind != JsonValueKind.Object)
        {
            root.Wrong("splits", $"is {JsonFields.Shown(splits)}, must be like {{\"train\": \"0:{episodes}\"}}");
            return;
        }
        var ranges = new List<(string Name, long From, long To)>();
        foreach (var split in splits.EnumerateObject())
        {
            if (Range(split.Value) is { } range && range.To <= episodes) ranges.Add((split.Name, range.From, range.To));
            else root.Wrong($"splits.{split.Name}", $"is {JsonFields.Shown(split.Value)}, must be \"from:to\" within 0:{episodes}");
        }
        if (ranges.Count < splits.EnumerateObject().Count()) return;
        var next = 0L;
        foreach (var (name, from, to) in ranges.OrderBy(r => r.From))
        {
            if (from != next) root.Wrong($"splits.{name}", $"begins with episode {from}, must begin with {next}: each episode belongs to one split");
            next = to;
        }
        if (next != episodes) root.Wrong("splits", $"ends before episode {next}, must end before {episodes}: each episode belongs to one split");
    }

    private static (long From, long To)? Range(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString()!.Split(':') is not [var first, var last]) return null;
        return long.TryParse(first, out var from) && long.TryParse(last, out var to) && from >= 0 && from <= to ? (from, to) : null;
    }
}
