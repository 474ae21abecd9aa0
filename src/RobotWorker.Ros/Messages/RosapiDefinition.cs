using System.Globalization;
using System.Text;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Definitions;
using RobotWorker.Ros.Messages.Rosapi;

namespace RobotWorker.Ros.Messages;

/// <summary>Turns what rosapi tells about a type into the text of a definition, which is then read as any other.</summary>
internal static class RosapiDefinition
{
    /// <summary>The text of the first of these and of those that it depends on.</summary>
    /// <exception cref="RosCodecException">The lists do not belong together.</exception>
    public static string TextOf(IReadOnlyList<TypeDef> details)
    {
        if (details.Count == 0) throw RosCodecException.At("", 0, "rosapi tells nothing about it").Of("rosapi");
        var text = new StringBuilder();
        for (var i = 0; i < details.Count; i++)
        {
            var one = details[i];
            if (one.Fieldnames.Length != one.Fieldtypes.Length || one.Fieldnames.Length != one.Fieldarraylen.Length)
                throw RosCodecException.At("", 0, $"{one.Fieldnames.Length} names, {one.Fieldtypes.Length} types and {one.Fieldarraylen.Length} array lengths").Of(one.Type);
            if (i > 0) text.Append(DefinitionText.Separator).Append("MSG: ").Append(RosTypes.Short(one.Type)).Append('\n');
            for (var field = 0; field < one.Fieldnames.Length; field++)
                text.Append(Type(one.Fieldtypes[field], one.Fieldarraylen[field])).Append(' ').Append(one.Fieldnames[field]).Append('\n');
        }

        return text.ToString();
    }

    // -1 is no array, 0 any number, else so many. Servers on ROS 2 use the words of IDL, and some leave the array in the type.
    private static string Type(string type, int length)
    {
        if (type.StartsWith("sequence<", StringComparison.Ordinal))
        {
            var inside = type["sequence<".Length..].TrimEnd('>').Split(',');
            return Plain(inside[0].Trim()) + (inside.Length > 1 ? $"[<={inside[1].Trim()}]" : "[]");
        }

        if (type.IndexOf('[', StringComparison.Ordinal) is var bracket and > 0) return Plain(type[..bracket]) + type[bracket..];
        return Plain(type) + length switch
        {
            < 0 => "",
            0 => "[]",
            _ => string.Create(CultureInfo.InvariantCulture, $"[{length}]"),
        };
    }

    private static string Plain(string type) => type switch
    {
        "boolean" => "bool",
        "octet" => "byte",
        "double" => "float64",
        "float" => "float32",
        _ => type,
    };
}
