using System.Text;
using System.Text.Json;
using RobotWorker.Diagnostics;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Skills.Lines;

/// <summary>A message as a person reads it: JSON on one line, or YAML. Also of types that are not compiled in.</summary>
public static class MessageText
{
    public static string Json(IRosMessage message, RosDialect dialect) => Encoding.UTF8.GetString(RosJson.Serialize(message, dialect));

    /// <summary>Long lists, such as pixels, are shown by their beginning and their length.</summary>
    public static string Yaml(IRosMessage message, RosDialect dialect)
    {
        using var document = JsonDocument.Parse(RosJson.Serialize(message, dialect));
        return DocumentWriter.Write(Node(document.RootElement), node => node is MappingNode);
    }

    private const int MostItems = 64;
    private const int MostText = 2000;

    private static DocumentNode Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => DocumentWriter.Mapping(element.EnumerateObject().Select(p => (p.Name, (DocumentNode?)Node(p.Value)))),
        JsonValueKind.Array => List(element),
        JsonValueKind.String => Text(element.GetString()!),
        _ => DocumentWriter.Plain(element.GetRawText()),
    };

    private static ListNode List(JsonElement element)
    {
        var length = element.GetArrayLength();
        var shown = element.EnumerateArray().Take(MostItems).Select(Node);
        return DocumentWriter.List(length <= MostItems ? shown : shown.Append(DocumentWriter.Text($"... {length} in all")));
    }

    private static ScalarNode Text(string text) => DocumentWriter.Text(text.Length <= MostText ? text : $"{text[..MostText]}... {text.Length} characters in all");
}
