using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>An entry of info.json's <c>features</c>, of any set.</summary>
/// <param name="Names">Of its dimensions, as many as there are.</param>
/// <param name="Json">All that info.json says of it.</param>
public sealed record SetFeature(string Key, string Dtype, ImmutableArray<int> Shape, ImmutableArray<string> Names, JsonObject Json)
{
    public bool IsVideo => Dtype == "video";

    /// <summary>Statistics of pictures are by channel, and nobody takes them again from the rows.</summary>
    public bool IsPicture => Dtype is "video" or "image";

    public bool IsNumeric => !IsPicture && Dtype != "string";

    /// <summary>How many numbers a row has of it.</summary>
    public int Width => Shape.Aggregate(1, (product, size) => product * size);

    public ImmutableArray<int> StatisticsShape => IsPicture ? [3, 1, 1] : Shape;

    /// <summary>What tells rows apart is made anew wherever episodes get other neighbours, and says nothing about an episode.</summary>
    public bool IsPosition => Key is "timestamp" or "frame_index" or "episode_index" or "index" or "task_index" or DatasetLayout.Subtask;

    /// <exception cref="DatasetException">The entry is none.</exception>
    internal static SetFeature Of(string key, JsonNode? entry, string file)
    {
        try
        {
            if (entry is not JsonObject json || json["dtype"]?.GetValue<string>() is not { } dtype || json["shape"] is not JsonArray sizes)
                throw new DatasetException($"{file}: features[\"{key}\"] must have dtype and shape");
            ImmutableArray<int> shape = [.. sizes.Select(s => s!.GetValue<int>())];
            var width = shape.Aggregate(1, (product, size) => product * size);
            ImmutableArray<string> names = [.. Texts(json["names"])];
            return new(key, dtype, shape, names.Length == width ? names : [.. Enumerable.Range(0, width).Select(i => width == 1 ? key : $"{key}[{i}]")], json);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or JsonException)
        {
            throw new DatasetException($"{file}: features[\"{key}\"] cannot be understood: {e.Message}", e);
        }
    }

    // A list of names, or groups of such lists by name.
    private static IEnumerable<string> Texts(JsonNode? names) => names switch
    {
        JsonArray list => list.SelectMany(Texts),
        JsonObject groups => groups.SelectMany(g => Texts(g.Value)),
        JsonValue value => [value.ToString()],
        _ => [],
    };
}
