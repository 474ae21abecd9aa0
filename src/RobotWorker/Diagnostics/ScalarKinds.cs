using System.Globalization;
using System.Text.RegularExpressions;

namespace RobotWorker.Diagnostics;

/// <summary>
/// What an unquoted scalar is. Numbers are those of JSON (RFC 8259, section 6), so that YAML and JSON mean the same: 007, 0x10, .inf and yes are text.
/// </summary>
public static partial class ScalarKinds
{
    public static bool IsNothing(this ScalarNode scalar) => !scalar.Quoted && scalar.Text is "" or "~" or "null";

    public static bool IsFlag(this ScalarNode scalar) => !scalar.Quoted && scalar.Text is "true" or "false";

    /// <summary>A finite number, or null.</summary>
    public static double? AsNumber(this ScalarNode scalar) =>
        !scalar.Quoted && JsonNumber().IsMatch(scalar.Text)
        && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>Text is what is quoted, or is neither number, truth value nor nothing.</summary>
    public static bool IsText(this ScalarNode scalar) =>
        scalar.Quoted || !(scalar.IsNothing() || scalar.IsFlag() || JsonNumber().IsMatch(scalar.Text));

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z")]
    private static partial Regex JsonNumber();
}
