using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using RobotWorker.Ros.Definitions;

namespace RobotWorker.Ros.Generator;

/// <summary>Default values and constants as C# source.</summary>
internal static class Literals
{
    /// <summary>A quoted C# string.</summary>
    public static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A primitive's literal.</summary>
    public static string Value(string rosName, string literal) => RosPrimitives.CSharpName(rosName) switch
    {
        "string" => Quote(RosPrimitives.Text(literal)),
        "bool" => RosPrimitives.Truth(literal) == true ? "true" : "false",
        "float" => Real(literal) + "f",
        "double" => Real(literal) + "d",
        var integer => $"({integer})({literal})",
    };

    /// <summary>What a field holds in a message that nobody filled in.</summary>
    public static string Initial(FieldType type, string? defaultText) => type.Array switch
    {
        ArrayKind.None when defaultText is not null => Value(type.Name, defaultText),
        ArrayKind.None when !type.IsPrimitive => Naming.ElementType(type) + ".Default",
        ArrayKind.None when type.Name == "string" => "\"\"",
        ArrayKind.None => "default",
        _ when defaultText is not null =>
            "[" + string.Join(", ", DefinitionParser.ArrayItems(defaultText).Select(item => Value(type.Name, item))) + "]",
        ArrayKind.Fixed when type.IsPrimitive && type.Name != "string" =>
            $"global::System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(new {Naming.ElementType(type)}[{type.Length}])",
        ArrayKind.Fixed =>
            $"[.. global::System.Linq.Enumerable.Repeat({(type.IsPrimitive ? "\"\"" : Naming.ElementType(type) + ".Default")}, {type.Length})]",
        _ => "[]",
    };

    /// <summary>Whether the initial value is an array that all messages share instead of making one each.</summary>
    public static bool IsShared(FieldDefinition field) =>
        field.Type.Array == ArrayKind.Fixed || (field.Type.Array != ArrayKind.None && field.Default is not null);

    private static string Real(string literal)
    {
        var value = double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
        return value.ToString("R", CultureInfo.InvariantCulture);
    }
}
