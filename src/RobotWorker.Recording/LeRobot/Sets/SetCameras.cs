using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>meta/cameras.json, with the calibration of each camera by runs of episodes, and the sidecars that it names (depth, segmentation: a film of each episode): they follow their episodes.</summary>
internal static partial class SetCameras
{
    public const string Name = "cameras.json", Checksums = "checksums.sha256", Folder = "sidecars";

    /// <summary>What must be the same in sets that become one: all but the calibrations, for these are by episode.</summary>
    public static string? Common(StoredSet set)
    {
        if (Read(set) is not { } json) return null;
        foreach (var (_, camera) in Cameras(json)) camera.Remove("calibrations");
        return json.ToJsonString();
    }

    /// <exception cref="DatasetException">A sidecar is missing.</exception>
    public static void Carry(string folder, SetContent content, CancellationToken cancel)
    {
        if (Read(content.Layout) is not { } json) return;
        var sources = content.Sources.ToDictionary(s => s, s => Read(s)!);
        var sums = new List<string>();
        foreach (var (name, camera) in Cameras(json))
        {
            var calibrations = new JsonArray();
            for (var i = 0; i < content.Episodes.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                var (set, episode) = content.Episodes[i];
                var calibration = Calibration(sources[set]["cameras"]![name]!, episode.Number);
                if (calibration is not null && (calibrations.Count == 0 || !JsonNode.DeepEquals(Numbered(calibration, 0), Numbered(calibrations[^1]!, 0)))) calibrations.Add(Numbered(calibration, i));
                foreach (var path in Sidecars(camera)) sums.Add(CarrySidecar(folder, set, path, NumberOf(episode, camera), i));
            }
            camera["calibrations"] = calibrations;
        }
        SetJson.Write(folder, Name, json);
        if (content.Sources.Any(s => File.Exists(Path.Combine(s.Folder, "meta", Checksums)))) File.WriteAllLines(Path.Combine(folder, "meta", Checksums), [Sum(folder, $"meta/{Name}"), .. sums]);
    }

    private static JsonObject? Read(StoredSet set)
    {
        var file = Path.Combine(set.Folder, "meta", Name);
        return File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? throw new DatasetException($"{file} must be an object") : null;
    }

    private static IEnumerable<(string Name, JsonObject Camera)> Cameras(JsonObject json) =>
        json["cameras"] is JsonObject cameras ? cameras.Select(c => (c.Key, c.Value)).ToList().Where(c => c.Value is JsonObject).Select(c => (c.Key, (JsonObject)c.Value!)) : [];

    // The entry that holds for an episode: the last that begins before it, or with it.
    private static JsonNode? Calibration(JsonNode camera, int episode) => (camera["calibrations"] as JsonArray)?.LastOrDefault(c => c!["from_episode"]!.GetValue<int>() <= episode);

    private static JsonNode Numbered(JsonNode calibration, int episode)
    {
        var json = calibration.DeepClone();
        json["from_episode"] = episode;
        return json;
    }

    private static IEnumerable<string> Sidecars(JsonObject camera) => camera.Select(c => (c.Value as JsonObject)?["path"] as JsonValue).OfType<JsonValue>().Select(p => p.ToString());

    // A sidecar has the numbers of its episode's film.
    private static int NumberOf(StoredEpisode episode, JsonObject camera) =>
        camera["feature"]?.ToString() is { } key && episode.Films.TryGetValue(key, out var film) && InAChunk().Match(film.File.Replace('\\', '/')) is { Success: true } match
            ? (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * DatasetLayout.FilesInAChunk) + int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture)
            : episode.Number;

    /// <returns>A line for the checksums.</returns>
    private static string CarrySidecar(string folder, StoredSet set, string template, int from, int to)
    {
        var (source, target) = (Path.Combine(set.Folder, Named(template, from)), Path.Combine(folder, Named(template, to)));
        if (!File.Exists(source)) throw new DatasetException($"{source} is missing");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(source, target);
        return Sum(folder, Named(template, to));
    }

    private static string Named(string template, int number) => template
        .Replace("{chunk_index:03d}", $"{number / DatasetLayout.FilesInAChunk:000}", StringComparison.Ordinal).Replace("{file_index:03d}", $"{number % DatasetLayout.FilesInAChunk:000}", StringComparison.Ordinal);

    private static string Sum(string folder, string file)
    {
        using var stream = File.OpenRead(Path.Combine(folder, file));
        return $"{Convert.ToHexStringLower(SHA256.HashData(stream))}  {file}";
    }

    [GeneratedRegex(@"/chunk-(\d{3,6})/file-(\d{3,6})\.\w+$")]
    private static partial Regex InAChunk();
}
