using System.Globalization;
using System.Text.RegularExpressions;

namespace RobotWorker.Diagnostics;

/// <summary>Durations as documents write them: a number and its unit, <c>300ms</c>, <c>5s</c>, <c>1.5min</c>, <c>2h</c>; at most seven days.</summary>
public static partial class Duration
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Null where the text is no duration, or one beyond <see cref="Longest"/>.</summary>
    public static TimeSpan? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success) return null;
        var milliseconds = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value switch
        {
            "ms" => 1,
            "s" => 1_000,
            "min" => 60_000,
            _ => 3_600_000,
        };
        return milliseconds <= Longest.TotalMilliseconds ? TimeSpan.FromTicks((long)Math.Round(milliseconds * TimeSpan.TicksPerMillisecond)) : null;
    }

    /// <summary>The shortest way to write it without loss: whole seconds as <c>5s</c>, else milliseconds.</summary>
    public static string Write(TimeSpan duration) =>
        duration.Ticks % TimeSpan.TicksPerSecond == 0
            ? $"{duration.Ticks / TimeSpan.TicksPerSecond}s"
            : $"{((decimal)duration.Ticks / TimeSpan.TicksPerMillisecond).ToString("0.####", CultureInfo.InvariantCulture)}ms";

    [GeneratedRegex(@"^([0-9]{1,12}(?:\.[0-9]{1,9})?)(ms|s|min|h)\z")]
    private static partial Regex Form();
}
