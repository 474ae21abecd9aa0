using System.Globalization;

namespace RobotWorker.Ros.Definitions;

/// <summary>The primitive types of ROS 2 definitions and how their literals read.</summary>
public static class RosPrimitives
{
    /// <summary>The C# type of a primitive, or null when it is none. <c>byte</c> and <c>char</c> are octets on ROS 2.</summary>
    public static string? CSharpName(string rosName) => rosName switch
    {
        "bool" => "bool",
        "byte" or "char" or "uint8" => "byte",
        "int8" => "sbyte",
        "int16" => "short",
        "uint16" => "ushort",
        "int32" => "int",
        "uint32" => "uint",
        "int64" => "long",
        "uint64" => "ulong",
        "float32" => "float",
        "float64" => "double",
        "string" => "string",
        _ => null,
    };

    /// <summary>Whether <paramref name="literal"/> is a value of the primitive (text may be bare or quoted).</summary>
    public static bool IsValue(string rosName, string literal) => CSharpName(rosName) switch
    {
        "bool" => Truth(literal) is not null,
        "byte" => byte.TryParse(literal, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        "sbyte" => sbyte.TryParse(literal, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        "short" => short.TryParse(literal, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        "ushort" => ushort.TryParse(literal, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        "int" => int.TryParse(literal, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        "uint" => uint.TryParse(literal, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        "long" => long.TryParse(literal, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        "ulong" => ulong.TryParse(literal, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        "float" or "double" => double.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "string" => true,
        _ => false,
    };

    /// <summary>The truth value of a literal, or null.</summary>
    public static bool? Truth(string literal) => literal.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    /// <summary>The text of a string literal: without its quotes, if it has any.</summary>
    public static string Text(string literal) =>
        literal.Length >= 2 && literal[0] is '"' or '\'' && literal[literal.Length - 1] == literal[0]
            ? literal.Substring(1, literal.Length - 2)
            : literal;
}
