using System.Text.Json;
using System.Text.Json.Nodes;

namespace RobotWorker.Tests.Episodes;

/// <summary>Checks a document against the words of JSON Schema that the report's schema uses; one it does not know is an error, not a pass.</summary>
internal static class SchemaCheck
{
    private static readonly string[] Silent = ["$schema", "title", "description", "$defs", "format"];

    public static IEnumerable<string> Errors(JsonNode schema, JsonNode? value) => Errors(schema, schema, value, "$");

    private static IEnumerable<string> Errors(JsonNode root, JsonNode schema, JsonNode? value, string at) =>
        schema is JsonObject words ? words.SelectMany(w => Word(root, words, w.Key, w.Value!, value, at)) : [];

    private static IEnumerable<string> Word(JsonNode root, JsonObject schema, string word, JsonNode says, JsonNode? value, string at)
    {
        switch (word)
        {
            case "$ref": return Errors(root, root["$defs"]![says.GetValue<string>()["#/$defs/".Length..]]!, value, at);
            case "type":
                var types = says is JsonArray many ? many.Select(t => t!.GetValue<string>()) : [says.GetValue<string>()];
                return types.Contains(TypeOf(value)) || (TypeOf(value) == "integer" && types.Contains("number")) ? [] : [$"{at} is {TypeOf(value)}"];
            case "enum": return says.AsArray().Any(v => JsonNode.DeepEquals(v, value)) ? [] : [$"{at}: {value} is none of {says.ToJsonString()}"];
            case "minimum": return value is JsonValue v && v.GetValue<double>() < says.GetValue<double>() ? [$"{at} is below {says}"] : [];
            case "anyOf": return says.AsArray().Any(s => !Errors(root, s!, value, at).Any()) ? [] : [$"{at} fits none"];
            case "items": return value is JsonArray items ? items.SelectMany((item, i) => Errors(root, says, item, $"{at}[{i}]")) : [];
            case "required": return says.AsArray().Where(n => value is JsonObject o && !o.ContainsKey(n!.GetValue<string>())).Select(n => $"{at} has no {n}");
            case "properties":
                return value is JsonObject fields ? fields.Where(f => says[f.Key] is not null).SelectMany(f => Errors(root, says[f.Key]!, f.Value, $"{at}.{f.Key}")) : [];
            case "additionalProperties":
                var extra = value is JsonObject all ? all.Where(f => schema["properties"]?[f.Key] is null) : [];
                return says.GetValueKind() == JsonValueKind.False
                    ? extra.Select(f => $"{at}.{f.Key} is not known")
                    : extra.SelectMany(f => Errors(root, says, f.Value, $"{at}.{f.Key}"));
            default: return Silent.Contains(word) ? [] : [$"the schema uses '{word}', which this check does not know"];
        }
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Number => value.GetValue<double>() % 1 == 0 ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString()!.ToLowerInvariant(),
    };
}
