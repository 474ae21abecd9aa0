using System.Linq;
using System.Text;
using RobotWorker.Ros.Definitions;

namespace RobotWorker.Ros.Generator;

/// <summary>From ROS names to C# names.</summary>
internal static class Naming
{
    private static readonly string[] Reserved = ["Default", "RosType", "Definition", "Equals", "GetHashCode", "ToString", "Read", "Write", "Description"];

    /// <summary><c>geometry_msgs</c> becomes <c>GeometryMsgs</c>.</summary>
    public static string Pascal(string name)
    {
        var result = new StringBuilder();
        foreach (var word in name.Split('_').Where(word => word.Length > 0)) result.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
        return result.ToString();
    }

    /// <summary>The property of a field. C# forbids a member named as its type: <c>clock</c> of <c>Clock</c> is its <c>Value</c>.</summary>
    public static string Property(StructDefinition part, FieldDefinition field)
    {
        var name = Pascal(field.Name);
        if (Reserved.Contains(name)) return name + "Value";
        if (name != TypeName(part)) return name;
        return part.Fields.Any(other => Pascal(other.Name) == "Value") ? name + "Value" : "Value";
    }

    /// <summary>The record of a structure: the message's name, or <c>Request</c>, <c>Goal</c>, ... inside its service or action.</summary>
    public static string TypeName(StructDefinition part) => part.Part.Length == 0 ? part.Name : part.Part;

    /// <summary>The class around a service's or action's records. A message of the same name keeps it: <c>GripperCommandAction</c>.</summary>
    public static string Container(Definition definition, DefinitionSet set) =>
        set.HasMessage(definition.Package, definition.Name) ? definition.Name + definition.Kind : definition.Name;

    /// <summary>The full C# name of one value of a field.</summary>
    public static string ElementType(FieldType type) =>
        RosPrimitives.CSharpName(type.Name) is { } primitive && type.IsPrimitive
            ? primitive
            : $"global::RobotWorker.Ros.Messages.{Pascal(type.Package)}.{type.Name}";

    /// <summary>The full C# name of a field's property.</summary>
    public static string PropertyType(FieldType type) =>
        type.Array == ArrayKind.None ? ElementType(type) : $"global::System.Collections.Immutable.ImmutableArray<{ElementType(type)}>";

    /// <summary>The middle word of a ROS type name.</summary>
    public static string Folder(DefinitionKind kind) => kind switch
    {
        DefinitionKind.Service => "srv",
        DefinitionKind.Action => "action",
        _ => "msg",
    };
}
