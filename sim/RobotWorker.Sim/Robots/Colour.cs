using System.Globalization;

namespace RobotWorker.Sim.Robots;

/// <summary>Red, green and blue from 0 to 1.</summary>
public readonly record struct Colour(double Red, double Green, double Blue)
{
    /// <summary>From <c>#rrggbb</c>; null where the text is none.</summary>
    public static Colour? Parse(string text) =>
        text.Length == 7 && text[0] == '#' && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? new(((rgb >> 16) & 255) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0)
            : null;

    /// <summary><c>#rrggbb</c>.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"#{Byte(Red):x2}{Byte(Green):x2}{Byte(Blue):x2}");

    public Colour Darker(double factor) => new(Red * factor, Green * factor, Blue * factor);

    /// <summary>Darker or lighter; no channel goes beyond white.</summary>
    public Colour Times(double factor) => new(Math.Min(1, Red * factor), Math.Min(1, Green * factor), Math.Min(1, Blue * factor));

    private static int Byte(double share) => (int)Math.Round(share * 255);
}
