using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Reads the metadata of a set of version 2.1: lines of JSON.</summary>
internal static class SetReader21
{
    public static StoredSet Read(string folder, JsonObject info)
    {
        var features = SetInfo.Features(info, folder);
        var rows = Lines(folder, "episodes.jsonl").ToList();
        if (rows.Count == 0) throw new DatasetException($"{folder} has no episodes: meta/episodes.jsonl has no lines");
        var pictures = Lines(folder, "episodes_stats.jsonl").ToDictionary(l => Whole(l, "episode_index"), l => l.Json["stats"] as JsonObject);
        var subtasks = features.Any(f => f.Key == DatasetLayout.Subtask) ? Texts(folder, "subtask") : [];
        return new(folder, SetVersion.V21, info, features, Texts(folder, "task"), subtasks, [.. rows.Select((row, e) => Episode(folder, info, features, row, e, pictures.GetValueOrDefault(e)))], [.. Own(rows)]);
    }

    private static StoredEpisode Episode(string folder, JsonObject info, ImmutableArray<SetFeature> features, Line row, int number, JsonObject? statistics)
    {
        if (Whole(row, "episode_index") != number) throw new DatasetException($"{row.Place}: episode_index must be {number}: episodes count from 0");
        var (length, chunk) = (Whole(row, "length"), number / (int)(info["chunks_size"]?.GetValue<double>() ?? DatasetLayout.FilesInAChunk));
        if (length < 1) throw new DatasetException($"{row.Place}: length must be 1 or more");
        string Named(string field, string camera) => Path.Combine(folder, SetInfo.Template(info, field, folder)
            .Replace("{episode_chunk:03d}", $"{chunk:000}", StringComparison.Ordinal).Replace("{video_key}", camera, StringComparison.Ordinal).Replace("{episode_index:06d}", $"{number:000000}", StringComparison.Ordinal));
        return new(
            number, length, row.Json["tasks"] is JsonArray tasks ? [.. tasks.Select(t => t!.GetValue<string>())] : throw new DatasetException($"{row.Place}: tasks must be a list of texts"),
            Named("data_path", ""), 0,
            features.Where(f => f.IsVideo).ToImmutableSortedDictionary(f => f.Key, f => new FilmSlice(Named("video_path", f.Key), 0, length, true), StringComparer.Ordinal),
            features.Where(f => f.IsPicture).Select(f => (f.Key, Value: Pictures(statistics?[f.Key]))).Where(p => p.Value is not null).ToImmutableSortedDictionary(p => p.Key, p => p.Value!, StringComparer.Ordinal));
    }

    private static PictureStatistics? Pictures(JsonNode? json)
    {
        if (json is not JsonObject entry) return null;
        var values = entry.Where(v => v.Key != "count").ToImmutableSortedDictionary(v => v.Key, v => Flat(v.Value).ToArray(), StringComparer.Ordinal);
        return PictureStatistics.Basic.All(values.ContainsKey) && values.Values.All(v => v.Length == 3) ? new((long)Flat(entry["count"]).FirstOrDefault(1), values) : null;
    }

    private static IEnumerable<double> Flat(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Flat),
        JsonValue value => [value.GetValue<double>()],
        _ => [],
    };

    private static ImmutableArray<string> Texts(string folder, string name)
    {
        var all = new SortedDictionary<int, string>();
        foreach (var line in Lines(folder, $"{name}s.jsonl")) all[Whole(line, $"{name}_index")] = line.Json[name]?.GetValue<string>() ?? "";
        return all.Keys.SequenceEqual(Enumerable.Range(0, all.Count)) ? [.. all.Values] : throw new DatasetException($"{folder}/meta/{name}s.jsonl: {name}_index must count from 0");
    }

    private static IEnumerable<OwnColumn> Own(List<Line> rows)
    {
        foreach (var name in rows.SelectMany(r => r.Json.Select(p => p.Key)).Distinct().Where(n => n is not ("episode_index" or "tasks" or "length")))
            yield return OwnColumn.Of(name, [.. rows.Select(r => Cell(r.Json[name]))], null);
    }

    private static object? Cell(JsonNode? node) => node switch
    {
        null => null,
        JsonArray list => list.Select(Cell).ToList(),
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => long.TryParse(value.ToJsonString(), out var whole) ? (object)whole : value.GetValue<double>(),
        JsonValue value => value.GetValue<string>(),
        _ => node.ToJsonString(),
    };

    private static int Whole(Line line, string field) =>
        line.Json[field] is JsonValue value && value.TryGetValue(out int number) ? number : throw new DatasetException($"{line.Place}: {field} must be a whole number");

    private static IEnumerable<Line> Lines(string folder, string name)
    {
        var file = Path.Combine(folder, "meta", name);
        if (!File.Exists(file)) throw new DatasetException($"{file} is missing");
        var number = 0;
        foreach (var text in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            JsonObject? json;
            try
            {
                json = JsonNode.Parse(text) as JsonObject;
            }
            catch (JsonException e)
            {
                throw new DatasetException($"{file}:{number}: {e.Message}", e);
            }
            yield return new($"{file}:{number}", json ?? throw new DatasetException($"{file}:{number} must be an object"));
        }
    }

    private sealed record Line(string Place, JsonObject Json);
}
