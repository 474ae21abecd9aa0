using System.Collections.Generic;
using System.Linq;
using System.Text;
using RobotWorker.Ros.Definitions;

namespace RobotWorker.Ros.Generator;

/// <summary>Writes the two field visitors of a record. Only a record whose dialects differ asks for the dialect.</summary>
internal static class DialectWriter
{
    private const string Codecs = "global::RobotWorker.Ros.Codecs.";
    private const string Ros1 = Codecs + "RosDialect.Ros1";

    /// <summary>The statements that show the fields to a <c>writer</c>.</summary>
    public static void WriteWrite(StringBuilder code, StructDefinition part, DefinitionSet set)
    {
        foreach (var field in Known(part, set))
        {
            var value = field.OnRos2 ? Naming.Property(part, field) : Literals.Initial(field.Type, field.Default);
            code.Append($"{Only(field, "writer")}writer.{Verb(field.Type)}{(field.OnRos2 ? "" : Generic(field.Type))}({Name(field, "writer")}, {value}{Bounds(field.Type)});\n");
        }

        code.Append(IfEmpty(part, set, "writer"));
    }

    /// <summary>The statements that take the fields from a <c>reader</c> and return the record.</summary>
    public static void WriteRead(StringBuilder code, StructDefinition part, string name, DefinitionSet set)
    {
        var fields = Known(part, set).ToList();
        if (fields.Count == 0)
        {
            code.Append("reader.Nothing();\nreturn Default;\n");
            return;
        }

        // Initialisers run in the order in which they stand, so they can be the wire's; what is only read has no place among them.
        if (fields.All(field => field.OnRos2))
        {
            code.Append(IfEmpty(part, set, "reader")).Append($"return new {name}\n{{\n");
            foreach (var field in fields) code.Append($"{Naming.Property(part, field)} = {Take(part, field)},\n");
            code.Append("};\n");
            return;
        }

        for (var i = 0; i < fields.Count; i++)
            code.Append(fields[i].OnRos2 ? $"var field{i} = {Take(part, fields[i])};\n" : $"{Only(fields[i], "reader")}_ = {Take(part, fields[i])};\n");
        code.Append(IfEmpty(part, set, "reader")).Append($"return new {name}\n{{\n");
        for (var i = 0; i < fields.Count; i++)
            if (fields[i].OnRos2) code.Append($"{Naming.Property(part, fields[i])} = field{i},\n");
        code.Append("};\n");
    }

    private static string Take(StructDefinition part, FieldDefinition field)
    {
        var taken = $"reader.{Verb(field.Type)}{Generic(field.Type)}({Name(field, "reader")}{Bounds(field.Type)})";
        return field.OnRos1 ? taken : $"reader.Dialect == {Ros1} ? Default.{Naming.Property(part, field)} : {taken}";
    }

    private static string Only(FieldDefinition field, string visitor) => (field.OnRos2, field.OnRos1) switch
    {
        (false, _) => $"if ({visitor}.Dialect == {Ros1}) ",
        (_, false) => $"if ({visitor}.Dialect != {Ros1}) ",
        _ => "",
    };

    private static string Name(FieldDefinition field, string visitor) => field.Ros1Name == field.Name
        ? Literals.Quote(field.Name)
        : $"{visitor}.Dialect == {Ros1} ? {Literals.Quote(field.Ros1Name)} : {Literals.Quote(field.Name)}";

    private static string IfEmpty(StructDefinition part, DefinitionSet set, string visitor) =>
        (Known(part, set).Any(field => field.OnRos2), Known(part, set).Any(field => field.OnRos1)) switch
        {
            (true, true) => "",
            (false, false) => $"{visitor}.Nothing();\n",
            (true, false) => $"if ({visitor}.Dialect == {Ros1}) {visitor}.Nothing();\n",
            (false, true) => $"if ({visitor}.Dialect != {Ros1}) {visitor}.Nothing();\n",
        };

    private static IEnumerable<FieldDefinition> Known(StructDefinition part, DefinitionSet set) => part.Fields.Where(field => set.Knows(field.Type));

    private static string Generic(FieldType type) => type.Name == "string" && type.IsPrimitive ? "" : $"<{Naming.ElementType(type)}>";

    private static string Verb(FieldType type)
    {
        var one = !type.IsPrimitive ? "Message" : type.Name == "string" ? "Text" : "Value";
        return type.Array == ArrayKind.None ? one : one + "s";
    }

    private static string Bounds(FieldType type) => (type.Array, type.TextLimit) switch
    {
        (ArrayKind.Fixed, _) => $", {Codecs}Bounds.Exactly({type.Length})",
        (ArrayKind.Bounded, _) => $", {Codecs}Bounds.AtMost({type.Length})",
        (ArrayKind.Unbounded, _) => $", {Codecs}Bounds.None",
        (_, int.MaxValue) => "",
        (_, var limit) => $", {limit}",
    };
}
