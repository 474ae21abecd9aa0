using System.Linq;
using System.Text;

namespace RobotWorker.Ros.Definitions;

/// <summary>Writes a structure's definition again, without its comments.</summary>
public static class DefinitionText
{
    /// <summary>The line of <c>=</c> between a definition and those that it depends on.</summary>
    public static string Separator { get; } = "\n" + new string('=', 80) + "\n";

    /// <summary>The ROS 2 form; where ROS 1 differs, a comment says so.</summary>
    public static string Ros2(StructDefinition part)
    {
        var text = new StringBuilder();
        foreach (var constant in part.Constants)
        {
            if (!constant.OnRos2) text.Append("# ros1: ");
            var value = constant.Type == "string" && constant.Value.Any(letter => letter == '#') ? "\"" + constant.Value + "\"" : constant.Value;
            text.Append(constant.Type).Append(' ').Append(constant.Name).Append('=').Append(value);
            text.Append(constant.OnRos1 ? "\n" : "  # ros1: -\n");
        }

        foreach (var field in part.Fields)
        {
            if (!field.OnRos2) text.Append("# ros1: ");
            text.Append(Spelled(field.Type)).Append(' ').Append(field.Name);
            if (field.Default is not null) text.Append(' ').Append(field.Default);
            text.Append(!field.OnRos1 ? "  # ros1: -" : field.Ros1Name != field.Name ? "  # ros1: " + field.Ros1Name : "").Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The ROS 1 form: what ROS 1 has, under the names that it has there.</summary>
    public static string Ros1(StructDefinition part)
    {
        var text = new StringBuilder();
        foreach (var constant in part.Constants)
            if (constant.OnRos1) text.Append(Ros1(constant)).Append('\n');
        foreach (var field in part.Fields)
            if (field.OnRos1) text.Append(Ros1Type(field.Type)).Append(Ros1Array(field.Type)).Append(' ').Append(field.Ros1Name).Append('\n');
        return text.ToString();
    }

    /// <summary>A constant as ROS 1 writes it, and as it counts in an md5sum.</summary>
    public static string Ros1(ConstantDefinition constant) =>
        $"{constant.Type} {constant.Name}={(constant.Type == "string" ? RosPrimitives.Text(constant.Value) : constant.Value)}";

    /// <summary>A type as ROS 1 writes it, without its array: <c>time</c>, and no underscore in the name of a part of an action.</summary>
    public static string Ros1Type(FieldType type) => (type.Package, type.Name) switch
    {
        ("", var primitive) => primitive,
        ("builtin_interfaces", "Time") => "time",
        ("builtin_interfaces", "Duration") => "duration",
        var (package, name) => package + "/" + name.Replace("_", ""),
    };

    /// <summary>The array of a type as ROS 1 writes it: it knows no bounded ones.</summary>
    public static string Ros1Array(FieldType type) => type.Array switch
    {
        ArrayKind.None => "",
        ArrayKind.Fixed => $"[{type.Length}]",
        _ => "[]",
    };

    private static string Spelled(FieldType type)
    {
        var name = type.IsPrimitive ? type.Name : type.Package + "/" + type.Name;
        if (type.TextLimit != int.MaxValue) name += "<=" + type.TextLimit;
        return type.Array switch
        {
            ArrayKind.Fixed => $"{name}[{type.Length}]",
            ArrayKind.Bounded => $"{name}[<={type.Length}]",
            ArrayKind.Unbounded => name + "[]",
            _ => name,
        };
    }
}
