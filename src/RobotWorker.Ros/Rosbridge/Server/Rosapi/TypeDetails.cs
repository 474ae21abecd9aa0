using System.Collections.Immutable;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Definitions;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.Rosapi;

namespace RobotWorker.Ros.Rosbridge.Server.Rosapi;

/// <summary>A type's fields as rosapi tells them: the type itself and, after it, those that it depends on.</summary>
internal static class TypeDetails
{
    public static ImmutableArray<TypeDef> Of(MessageType type, RosDialect dialect)
    {
        var bundle = dialect == RosDialect.Ros1
            ? DefinitionBundle.Parse(type.Name, Ros1Definition.TextOf(type), DefinitionRules.Ros1, out _)
            : DefinitionBundle.Parse(type.Name, type.Definition, DefinitionRules.Ros2, out _);
        // Names without "msg" on both dialects, as the reference servers tell them: by these clients find a field's type among the others.
        return [Of(dialect == RosDialect.Ros1 ? Ros1Definition.NameOf(type.Name) : RosTypes.Short(type.Name), bundle.Top, dialect), .. bundle.Others
            .OrderBy(other => other.Key, StringComparer.Ordinal)
            .Select(other => Of(other.Key, other.Value, dialect))];
    }

    private static TypeDef Of(string name, StructDefinition definition, RosDialect dialect)
    {
        var fields = definition.Fields.Where(field => dialect == RosDialect.Ros1 ? field.OnRos1 : field.OnRos2).ToList();
        var constants = definition.Constants.Where(constant => dialect == RosDialect.Ros1 ? constant.OnRos1 : constant.OnRos2).ToList();
        return new()
        {
            Type = name,
            Fieldnames = [.. fields.Select(field => dialect == RosDialect.Ros1 ? field.Ros1Name : field.Name)],
            Fieldtypes = [.. fields.Select(field => TypeOf(field.Type, dialect))],
            Fieldarraylen = [.. fields.Select(field => LengthOf(field.Type))],
            Examples = [.. fields.Select(field => ExampleOf(field.Type))],
            Constnames = [.. constants.Select(constant => constant.Name)],
            Constvalues = [.. constants.Select(constant => constant.Value)],
        };
    }

    private static string TypeOf(FieldType type, RosDialect dialect) => (dialect, type.Package, type.Name) switch
    {
        (RosDialect.Ros1, "builtin_interfaces", "Time") => "time",
        (RosDialect.Ros1, "builtin_interfaces", "Duration") => "duration",
        (_, "", var primitive) => primitive,
        (_, var package, var name) => $"{package}/{name}",
    };

    // -1: no array; 0: any number; else so many
    private static int LengthOf(FieldType type) => type.Array switch
    {
        ArrayKind.None => -1,
        ArrayKind.Fixed => type.Length,
        _ => 0,
    };

    private static string ExampleOf(FieldType type) =>
        type.Array != ArrayKind.None ? "[]"
        : !type.IsPrimitive ? "{}"
        : type.Name switch { "string" or "wstring" => "", "bool" => "false", "float32" or "float64" => "0.0", _ => "0" };
}
