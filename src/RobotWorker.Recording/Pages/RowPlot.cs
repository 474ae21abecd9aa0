using System.Globalization;
using ScottPlot;

namespace RobotWorker.Recording.Pages;

/// <summary>A picture with one name a row, from top to bottom: row i lies at y = -i.</summary>
public static class RowPlot
{
    public static readonly Color Ink = Color.FromHex("#2f6f9f");
    public static readonly Color Warm = Color.FromHex("#c4622d");

    private const int Width = 1000;
    private static readonly int[] WithinADecade = [1, 2, 5];

    public static Plot Of(string[] names)
    {
        var plot = new Plot();
        plot.Axes.Left.SetTicks([.. names.Select((_, i) => (double)-i)], names);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Top.IsVisible = false;
        // Room for half of the last tick's number.
        (plot.Axes.Right.FrameLineStyle.Width, plot.Axes.Right.MinimumSize) = (0, 24);
        return plot;
    }

    /// <summary>Numbers below for an axis of common logarithms, at 1, 2 and 5 of each decade that the range touches.</summary>
    public static void LogarithmicTicks(this Plot plot, double from, double to)
    {
        var decades = Enumerable.Range((int)Math.Floor(from), Math.Max(2, (int)Math.Ceiling(to) - (int)Math.Floor(from) + 1));
        var ticks = decades.SelectMany(d => WithinADecade.Select(m => m * Math.Pow(10, d))).ToArray();
        plot.Axes.Bottom.SetTicks([.. ticks.Select(Math.Log10)], [.. ticks.Select(t => t.ToString("G6", CultureInfo.InvariantCulture))]);
    }

    /// <param name="below">What the axis below says.</param>
    public static string Svg(this Plot plot, string below, int rows, (double From, double To) range)
    {
        plot.XLabel(below);
        plot.Axes.SetLimits(range.From, range.To, -rows + 0.4, 0.6);
        return plot.GetSvgXml(Width, 110 + (30 * rows));
    }
}
