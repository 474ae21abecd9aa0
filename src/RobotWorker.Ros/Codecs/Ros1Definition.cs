using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using RobotWorker.Ros.Definitions;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Codecs;

/// <summary>What ROS 1 asks of a type: its name, the text of its definition, and the md5sum by which two nodes see that they mean the same (genmsg's rules).</summary>
public static class Ros1Definition
{
    private static readonly ConditionalWeakTable<MessageType, Description> Known = [];

    /// <summary>
    /// The ROS 1 name of a type: <c>std_msgs/msg/String</c> becomes <c>std_msgs/String</c>, <c>move_base_msgs/action/MoveBase_Goal</c> becomes
    /// <c>move_base_msgs/MoveBaseGoal</c>.
    /// </summary>
    public static string NameOf(string name)
    {
        var shorter = RosTypes.Short(name);
        return shorter.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? shorter[..slash] + shorter[slash..].Replace("_", "", StringComparison.Ordinal) : shorter;
    }

    /// <summary>The definition in its ROS 1 form, with all that it depends on.</summary>
    /// <exception cref="RosCodecException">The type's definition is wrong or incomplete.</exception>
    public static string TextOf(MessageType type) => Of(type).Text;

    /// <summary>The md5sum of a message type, 32 hexadecimal digits.</summary>
    /// <exception cref="RosCodecException">The type's definition is wrong or incomplete.</exception>
    public static string Md5Of(MessageType type) => Of(type).Md5;

    /// <summary>The md5sum of a service: of request and response, one after the other.</summary>
    /// <exception cref="RosCodecException">The type's definition is wrong or incomplete.</exception>
    public static string Md5Of(ServiceType type)
    {
        var (request, response) = type.Accept(new Parts());
        return Hash(Of(request).Md5Text + Of(response).Md5Text);
    }

    private static Description Of(MessageType type) => Known.GetValue(type, Describe);

    private static Description Describe(MessageType type)
    {
        var bundle = DefinitionBundle.Parse(type.Name, type.Definition, DefinitionRules.Ros2, out var problems);
        if (problems.Count > 0) throw RosCodecException.At("", 0, $"line {problems[0].Line} of its definition: {problems[0].Message}").Of(type.Name);
        try
        {
            var text = new StringBuilder(DefinitionText.Ros1(bundle.Top));
            var listed = new HashSet<string>();
            AppendOthers(bundle, bundle.Top, text, listed, 0);
            var md5Text = Md5Text(bundle, bundle.Top, [], 0);
            return new(text.ToString(), md5Text, Hash(md5Text));
        }
        catch (RosCodecException wrong)
        {
            throw wrong.Of(type.Name);
        }
    }

    private static void AppendOthers(DefinitionBundle bundle, StructDefinition part, StringBuilder text, HashSet<string> listed, int depth)
    {
        foreach (var field in Nested(part))
        {
            var name = DefinitionText.Ros1Type(field.Type);
            if (!listed.Add(name)) continue;
            var next = Find(bundle, field, depth);
            text.Append(DefinitionText.Separator).Append("MSG: ").Append(name).Append('\n').Append(DefinitionText.Ros1(next));
            AppendOthers(bundle, next, text, listed, depth + 1);
        }
    }

    /// <summary>What is hashed: the constants, then the fields, each nested type as its own md5sum (genmsg, gentools.py).</summary>
    private static string Md5Text(DefinitionBundle bundle, StructDefinition part, Dictionary<string, string> hashes, int depth)
    {
        var lines = part.Constants.Where(constant => constant.OnRos1).Select(DefinitionText.Ros1).ToList();
        foreach (var field in part.Fields.Where(field => field.OnRos1))
        {
            var type = DefinitionText.Ros1Type(field.Type);
            if (IsBuiltIn(type))
            {
                lines.Add($"{type}{DefinitionText.Ros1Array(field.Type)} {field.Ros1Name}");
                continue;
            }

            if (!hashes.TryGetValue(type, out var hash)) hashes[type] = hash = Hash(Md5Text(bundle, Find(bundle, field, depth), hashes, depth + 1));
            lines.Add($"{hash} {field.Ros1Name}");
        }

        return string.Join('\n', lines);
    }

    private static IEnumerable<FieldDefinition> Nested(StructDefinition part) =>
        part.Fields.Where(field => field.OnRos1 && !IsBuiltIn(DefinitionText.Ros1Type(field.Type)));

    private static bool IsBuiltIn(string ros1Type) => !ros1Type.Contains('/', StringComparison.Ordinal);

    private static StructDefinition Find(DefinitionBundle bundle, FieldDefinition field, int depth)
    {
        var name = field.Type.Package + "/" + field.Type.Name;
        if (depth > 50) throw RosCodecException.At(field.Name, 0, $"{name} contains itself, or nests deeper than 50 levels");
        return bundle.Others.TryGetValue(name, out var found) ? found : throw RosCodecException.At(field.Name, 0, $"the definition does not say what {name} is");
    }

    private static string Hash(string text)
    {
#pragma warning disable CA5351 // ROS 1 compares types by MD5; nothing is kept safe by it.
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
    }

    private sealed record Description(string Text, string Md5Text, string Md5);

    private sealed class Parts : IServiceTypeVisitor<(MessageType, MessageType)>
    {
        public (MessageType, MessageType) Visit<TRequest, TResponse>(ServiceType<TRequest, TResponse> type)
            where TRequest : IRosMessage
            where TResponse : IRosMessage =>
            (type.Request, type.Response);
    }
}
