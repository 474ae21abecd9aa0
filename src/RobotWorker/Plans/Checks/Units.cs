using System.Globalization;
using System.Text.RegularExpressions;
using RobotWorker.Skills;

namespace RobotWorker.Plans.Checks;

/// <summary>Helps who wrote a number in another unit than the SI unit that is asked for.</summary>
internal static partial class Units
{
    private static readonly (string Written, string Unit, double Factor)[] Known =
    [
        ("mm", "m", 1e-3), ("cm", "m", 1e-2), ("km", "m", 1e3), ("deg", "rad", Math.PI / 180), ("°", "rad", Math.PI / 180),
        ("ms", "s", 1e-3), ("min", "s", 60), ("h", "s", 3600), ("kN", "N", 1e3), ("mm/s", "m/s", 1e-3), ("km/h", "m/s", 1 / 3.6),
    ];

    public static string Suffix(string? unit) => unit is null ? "" : " " + unit;

    /// <summary>For text that should have been a number: the number meant, if it can be told.</summary>
    public static string? Help(string written, string? unit)
    {
        var match = WithUnit().Match(written);
        if (unit is null || !match.Success) return unit is null ? null : $"write a number in {unit}, without its unit";
        var number = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        if (match.Groups[2].Value == unit) return $"write {Plain(number)}: it is in {unit} already";
        foreach (var (name, si, factor) in Known)
            if (name == match.Groups[2].Value && si == unit) return $"write {Plain(number * factor)}, in {unit}";
        return $"'{match.Groups[2].Value}' is no unit for it: write a number in {unit}";
    }

    /// <summary>The range, and what was meant if the number fits in a smaller unit.</summary>
    public static string RangeHelp(SkillArgument argument, double number)
    {
        var range = (argument.Minimum, argument.Maximum) switch
        {
            ({ } low, { } high) => $"it is from {Plain(low)} to {Plain(high)}{Suffix(argument.Unit)}",
            ({ } low, null) => $"it is at least {Plain(low)}{Suffix(argument.Unit)}",
            (_, var high) => $"it is at most {Plain(high ?? 0)}{Suffix(argument.Unit)}",
        };
        foreach (var (name, si, factor) in Known)
            if (si == argument.Unit && factor < 1 && number * factor >= argument.Minimum && number * factor <= argument.Maximum)
                return $"{range}; {Plain(number)} {name} would be {Plain(number * factor)}";
        return range;
    }

    private static string Plain(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(-?[0-9]{1,12}(?:\.[0-9]{1,12})?)\s*([A-Za-z°/]+)\z")]
    private static partial Regex WithUnit();
}
