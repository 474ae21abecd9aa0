using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>The JSON that both versions have.</summary>
internal static class SetJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What one version has and the other has not, or not so.
    private static readonly ImmutableArray<string> OfAVersion =
        ["chunks_size", "data_files_size_in_mb", "video_files_size_in_mb", "data_path", "video_path", "total_videos", "total_chunks"];

    public static void Write(string folder, string name, JsonObject json)
    {
        Directory.CreateDirectory(Path.Combine(folder, "meta"));
        File.WriteAllText(Path.Combine(folder, "meta", name), Text(json));
    }

    public static string Text(JsonObject json) => json.ToJsonString(Indented) + "\n";

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    /// <summary>An episode as version 2.1 and the arrays' index have it, with what the format does not ask for.</summary>
    public static JsonObject Episode(StoredEpisode episode, int number, IEnumerable<(string Name, object? Value, CellKind Kind)> own)
    {
        var json = new JsonObject { ["episode_index"] = number, ["tasks"] = Texts(episode.Tasks), ["length"] = episode.Length };
        foreach (var (name, value, kind) in own) json[name] = Cell(value, kind);
        return json;
    }

    /// <summary>info.json: what the first source says, and what is so now. What nobody here knows stays.</summary>
    public static JsonObject Info(SetSummary set, string version, IEnumerable<(string Key, JsonNode? Value)> own)
    {
        var json = new JsonObject
        {
            ["codebase_version"] = version, ["robot_type"] = set.Content.Layout.RobotType, ["total_episodes"] = set.Episodes.Length, ["total_frames"] = set.Content.Frames, ["total_tasks"] = set.Tasks.Length,
            ["fps"] = set.Content.Layout.FramesPerSecond, ["splits"] = new JsonObject { ["train"] = $"0:{set.Episodes.Length}" },
        };
        foreach (var (key, value) in own) json[key] = value;
        foreach (var (key, value) in set.Content.Layout.Info)
            if (key != "features" && !json.ContainsKey(key) && !OfAVersion.Contains(key)) json[key] = value?.DeepClone();
        json["features"] = set.Content.Layout.Info["features"]!.DeepClone();
        return json;
    }

    public static JsonObject Statistics(SetFeature feature, long count, IEnumerable<(string Name, double[] Values)> named)
    {
        var json = new JsonObject();
        foreach (var (name, values) in named) json[name] = Nested(values, feature.StatisticsShape.AsSpan());
        json["count"] = new JsonArray(count);
        return json;
    }

    /// <summary>A cell of a column: numbers with a fraction keep their point, by which they are known again.</summary>
    public static JsonNode? Cell(object? cell, CellKind kind) => cell switch
    {
        null => null,
        List<object?> list => new JsonArray([.. list.Select(c => Cell(c, kind))]),
        double number when !double.IsFinite(number) => null,
        long or double when kind == CellKind.Fraction => JsonNode.Parse(Fraction(Convert.ToDouble(cell))),
        long number => number,
        double number => number,
        bool truth => truth,
        _ => (string)cell,
    };

    private static string Fraction(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : $"{text}.0";
    }

    private static JsonNode Nested(double[] values, ReadOnlySpan<int> shape)
    {
        if (shape.IsEmpty) return values[0];
        var (json, each) = (new JsonArray(), values.Length / shape[0]);
        for (var i = 0; i < shape[0]; i++) json.Add(Nested(values[(i * each)..((i + 1) * each)], shape[1..]));
        return json;
    }
}
