using System.Text.Json;
using RobotWorker.Ros.Codecs;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>Finds out whose names and fields a server uses. Only rosapi can say: the protocol has no greeting.</summary>
internal static class DialectQuestion
{
    /// <summary>The dialect, or null where the server does not say.</summary>
    public static async Task<RosDialect?> AskAsync(RosbridgeLink link)
    {
        var version = RawCall.AskAsync(link, "/rosapi/get_ros_version");
        var topics = RawCall.AskAsync(link, "/rosapi/topics");
        return OfVersion(await version) ?? OfTypes(await topics);
    }

    private static RosDialect? OfVersion(JsonElement? answer) =>
        answer is { ValueKind: JsonValueKind.Object } values && values.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number
            ? version.GetDouble() switch { 1 => RosDialect.Ros1, 2 => RosDialect.Ros2, _ => null }
            : null;

    private static RosDialect? OfTypes(JsonElement? answer) => RosapiTopics.Read(answer)?.Values.FirstOrDefault(type => type.Contains('/')) is not { } type
        ? null
        : type.Contains("/msg/", StringComparison.Ordinal) ? RosDialect.Ros2 : RosDialect.Ros1;
}

/// <summary>What <c>/rosapi/topics</c> answers.</summary>
internal static class RosapiTopics
{
    /// <summary>Types by topic, as the server spells them, or null where there is no answer.</summary>
    public static IReadOnlyDictionary<string, string>? Read(JsonElement? answer)
    {
        if (answer is not { ValueKind: JsonValueKind.Object } values || Texts(values, "topics") is not { } names || Texts(values, "types") is not { } types) return null;
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, type) in names.Zip(types)) found[name] = type;
        return found;
    }

    /// <summary>A list of texts, or null.</summary>
    public static IReadOnlyList<string>? Texts(JsonElement values, string field) =>
        values.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : null;
}
