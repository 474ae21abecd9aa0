using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>meta/info.json, as far as both versions have the same in it.</summary>
internal static class SetInfo
{
    public static JsonObject Read(string folder)
    {
        var file = FileOf(folder);
        if (!Directory.Exists(folder)) throw new DatasetException($"{folder}: there is no such folder; give that of a data set, in which meta/info.json is");
        if (!File.Exists(file))
        {
            var sets = Directory.EnumerateDirectories(folder).Where(d => File.Exists(FileOf(d))).Order(StringComparer.Ordinal).ToList();
            throw new DatasetException(sets.Count > 0 ? $"{folder} is no data set, it has some: give {string.Join(" or ", sets)}" : $"{folder} is no data set: it has no meta/info.json");
        }
        return JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? throw new DatasetException($"{file} must be an object");
    }

    public static SetVersion Version(JsonObject info, string folder) => (info["codebase_version"] as JsonValue)?.ToString() switch
    {
        "v3.0" => SetVersion.V30,
        "v2.1" => SetVersion.V21,
        var other => throw new DatasetException($"{FileOf(folder)}: codebase_version is {other ?? "missing"}; v3.0 and v2.1 are read"),
    };

    public static int FramesPerSecond(JsonObject info, string folder) =>
        info["fps"] is JsonValue value && value.TryGetValue(out double fps) && fps >= 1 && fps == Math.Floor(fps) && fps < 100_000 ? (int)fps : throw new DatasetException($"{FileOf(folder)}: fps must be a whole number, 1 or more");

    public static ImmutableArray<SetFeature> Features(JsonObject info, string folder) =>
        info["features"] is JsonObject features ? [.. features.Select(f => SetFeature.Of(f.Key, f.Value, FileOf(folder)))] : throw new DatasetException($"{FileOf(folder)}: features must be an object");

    public static string Template(JsonObject info, string field, string folder) =>
        (info[field] as JsonValue)?.ToString() ?? throw new DatasetException($"{FileOf(folder)}: {field} is missing");

    private static string FileOf(string folder) => Path.Combine(folder, "meta", "info.json");
}
