using System.Collections.Immutable;
using System.Text.Json;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>Reads <c>features</c> of info.json: kind, shape and names of everything that was recorded.</summary>
internal static class FeatureReader
{
    private const int MostDimensions = 5;

    // In one cell of a table; beyond that a shape is a slip of the pen, and memory for it would not be had.
    private const int MostValues = 10_000_000;

    // What a reader needs to find its way.
    private static readonly (string Key, string Dtype)[] Mandatory =
        [("timestamp", "float32"), ("frame_index", "int64"), ("episode_index", "int64"), ("index", "int64"), ("task_index", "int64")];

    private static readonly string[] Codecs = ["av1", "h264", "hevc"];

    // A label that becomes a policy's input makes it look clairvoyant until it meets a robot.
    private static readonly string[] LabelWords = ["success", "reward", "fault", "label"];

    public static ImmutableArray<Feature> Read(JsonFields root, long? fps)
    {
        if (root.Get("features", "an object") is not { } all) return [];
        if (all.ValueKind != JsonValueKind.Object)
        {
            root.Wrong("features", $"is {JsonFields.Shown(all)}, must be an object");
            return [];
        }
        var features = all.EnumerateObject().Select(entry => One(root, entry, fps)).OfType<Feature>().ToImmutableArray();
        CheckMandatory(root, all, features);
        return features;
    }

    /// <summary>The names of all features, understood or not.</summary>
    public static ImmutableArray<string> Keys(JsonFields root) =>
        root.Object.ValueKind == JsonValueKind.Object && root.Object.TryGetProperty("features", out var all) && all.ValueKind == JsonValueKind.Object
            ? [.. all.EnumerateObject().Select(e => e.Name)]
            : [];

    private static Feature? One(JsonFields root, JsonProperty entry, long? fps)
    {
        var key = entry.Name;
        CheckKey(root, key);
        var fields = new JsonFields(entry.Value, root.File, $"features[\"{key}\"].", root.Findings);
        var dtype = fields.Text("dtype", Dtypes.Listed);
        if (dtype is not null && !Dtypes.IsKnown(dtype))
        {
            fields.Wrong("dtype", $"is \"{dtype}\", must be {Dtypes.Listed}");
            dtype = null;
        }
        var shape = Shape(fields, dtype);
        if (dtype is null || shape is null) return null;
        var feature = new Feature(key, dtype, shape.Value, dtype == "video" ? Video(fields, shape.Value, fps) : null);
        CheckNames(fields, feature);
        if (dtype == "image") root.Findings.Warn(root.File, $"{fields.Path}dtype", "pictures inside Parquet files are not checked");
        return feature;
    }

    private static void CheckKey(JsonFields root, string key)
    {
        if (key.Contains('/', StringComparison.Ordinal)) root.Wrong($"features[\"{key}\"]", "has a '/' in its key, which readers refuse: use '.'");
        var isSeenByPolicy = key.StartsWith("observation", StringComparison.Ordinal) || key.StartsWith("action", StringComparison.Ordinal);
        if (isSeenByPolicy && LabelWords.FirstOrDefault(word => key.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } found)
            root.Findings.Warn(root.File, $"features[\"{key}\"]",
                $"a policy reads or writes whatever begins with observation or action, and '{found}' sounds like a label: give it another prefix");
    }

    private static ImmutableArray<int>? Shape(JsonFields fields, string? dtype)
    {
        var right = dtype == "video" ? "[height, width, 3]" : $"1 to {MostDimensions} positive integers, {MostValues} values at most";
        if (fields.Get("shape", right) is not { } value) return null;
        var sizes = value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out var n) ? n : 0).ToImmutableArray()
            : [];
        var isRight = dtype == "video"
            ? sizes is [> 0, > 0, 3]
            : sizes.Length is >= 1 and <= MostDimensions && sizes.All(n => n > 0) && sizes.Aggregate(1.0, (product, n) => product * n) <= MostValues;
        if (isRight) return sizes;
        fields.Wrong("shape", $"is {JsonFields.Shown(value)}, must be {right}");
        return null;
    }

    // A list of names, or an object of such lists as the older sets of LeRobot have it, or null.
    private static void CheckNames(JsonFields fields, Feature feature)
    {
        if (feature.IsVideo)
        {
            if (fields.Get("names", "[\"height\", \"width\", \"channels\"]") is { } three && Listed(three) is not ["height", "width", "channels" or "channel"])
                fields.Wrong("names", $"is {JsonFields.Shown(three)}, must be [\"height\", \"width\", \"channels\"]");
            return;
        }
        if (fields.Get("names", "a list of names or null") is not { } names || names.ValueKind == JsonValueKind.Null) return;
        var right = feature.Shape.Length == 1 ? feature.Shape[0] : feature.Shape.Length;
        if (Listed(names) is not { } list) fields.Wrong("names", $"is {JsonFields.Shown(names)}, must be a list of names or null");
        else if (list.Count != right) fields.Wrong("names", $"has {list.Count} names, must have {right}: the shape is {feature.ShapeText}");
        else if (list.Distinct(StringComparer.Ordinal).Count() < list.Count) fields.Wrong("names", $"is {JsonFields.Shown(names)}, must name each value differently");
    }

    private static List<string>? Listed(JsonElement names)
    {
        if (names.ValueKind == JsonValueKind.Array)
            return names.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String) ? [.. names.EnumerateArray().Select(n => n.GetString()!)] : null;
        if (names.ValueKind != JsonValueKind.Object) return null;
        var parts = names.EnumerateObject().Select(part => Listed(part.Value)).ToList();
        return parts.Contains(null) ? null : [.. parts.SelectMany(part => part!)];
    }

    private static VideoInfo? Video(JsonFields fields, ImmutableArray<int> shape, long? fps)
    {
        if (fields.Get("info", "an object that describes the video") is not { } block) return null;
        var info = new JsonFields(block, fields.File, $"{fields.Path}info.", fields.Findings);
        info.Same("video.height", shape[0]);
        info.Same("video.width", shape[1]);
        info.Same("video.channels", shape[2]);
        if (fps is { } rate) info.Same("video.fps", rate);
        var codec = info.Text("video.codec", "av1, h264 or hevc");
        if (codec is not null && !Codecs.Contains(codec))
        {
            info.Wrong("video.codec", $"is \"{codec}\", must be av1, h264 or hevc");
            codec = null;
        }
        // LeRobot has written both.
        info.TrueOrFalse(block.ValueKind == JsonValueKind.Object && block.TryGetProperty("video.is_depth_map", out _) ? "video.is_depth_map" : "is_depth_map");
        return new(codec, info.Text("video.pix_fmt", "a pixel format such as yuv420p"), info.TrueOrFalse("has_audio"));
    }

    private static void CheckMandatory(JsonFields root, JsonElement all, ImmutableArray<Feature> features)
    {
        foreach (var (key, dtype) in Mandatory)
        {
            var feature = features.FirstOrDefault(f => f.Key == key);
            if (feature is null)
            {
                // What is there and could not be understood has been told.
                if (!all.TryGetProperty(key, out _)) root.Wrong($"features[\"{key}\"]", $"is missing, must be {dtype} of shape [1]");
            }
            else
            {
                if (feature.Dtype != dtype) root.Wrong($"features[\"{key}\"].dtype", $"is \"{feature.Dtype}\", must be \"{dtype}\"");
                if (feature.Shape is not [1]) root.Wrong($"features[\"{key}\"].shape", $"is {feature.ShapeText}, must be [1]");
            }
        }
    }
}
