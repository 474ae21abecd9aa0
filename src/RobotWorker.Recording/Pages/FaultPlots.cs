using System.Collections.Immutable;
using System.Globalization;
using RobotWorker.Dependability;
using ScottPlot;

namespace RobotWorker.Recording.Pages;

/// <summary>The report's pictures, as SVG.</summary>
internal static class FaultPlots
{
    private const int Width = 1000;
    private static readonly Color Ink = Color.FromHex("#2f6f9f");
    private static readonly Color Warm = Color.FromHex("#c4622d");
    private static readonly int[] WithinADecade = [1, 2, 5];

    /// <summary>Means with their intervals on a logarithmic axis, one fault a row.</summary>
    public static string BetweenFailures(DependabilityReport report)
    {
        var plot = Rows([.. report.Faults.Select(f => f.Code)]);
        for (var i = 0; i < report.Faults.Length; i++)
        {
            var mtbf = report.Faults[i].Figures.MtbfHours;
            if (mtbf is not { Value: { } mean, Lower: { } lower, Upper: { } upper }) continue;
            var line = plot.Add.Line(Math.Log10(lower), -i, Math.Log10(upper), -i);
            (line.LineWidth, line.LineColor) = (3, Ink);
            plot.Add.Marker(Math.Log10(mean), -i, MarkerShape.FilledCircle, 10, Warm);
        }
        plot.Axes.AutoScale();
        var limits = plot.Axes.GetLimits();
        var decades = Enumerable.Range((int)Math.Floor(limits.Left), Math.Max(2, (int)Math.Ceiling(limits.Right) - (int)Math.Floor(limits.Left) + 1));
        var ticks = decades.SelectMany(d => WithinADecade.Select(m => m * Math.Pow(10, d))).ToArray();
        plot.Axes.Bottom.SetTicks([.. ticks.Select(Math.Log10)], [.. ticks.Select(t => t.ToString("G6", CultureInfo.InvariantCulture))]);
        return Svg(plot, "hours of operation", report.Faults.Length, (limits.Left - 0.1, limits.Right + 0.1));
    }

    /// <summary>When each fault was active, one a row; a short one is still seen.</summary>
    public static string OverTime(DependabilityReport report, ImmutableArray<FaultSpell> spells)
    {
        var plot = Rows([.. report.Faults.Select(f => f.Code)]);
        double DaysIn(DateTimeOffset at) => (at - report.From).TotalDays;
        for (var i = 0; i < report.Faults.Length; i++)
        {
            foreach (var spell in spells.Where(s => s.Code == report.Faults[i].Code))
            {
                var line = plot.Add.Line(DaysIn(spell.Began), -i, DaysIn(spell.Ended), -i);
                (line.LineWidth, line.LineColor) = (6, Warm);
                plot.Add.Marker(DaysIn(spell.Began), -i, MarkerShape.VerticalBar, 14, Ink);
            }
        }
        return Svg(plot, $"days since {report.From.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", report.Faults.Length, (0, DaysIn(report.To)));
    }

    /// <summary>Down time by root cause, the worst on top.</summary>
    public static string Causes(DependabilityReport report)
    {
        var causes = report.TopCauses.Take(12).ToList();
        var plot = Rows([.. causes.Select(c => c.Code)]);
        var bars = plot.Add.Bars(causes.Select((c, i) => new Bar { Position = -i, Value = c.DownHours, FillColor = Ink, LineWidth = 0, Size = 0.6 }).ToArray());
        bars.Horizontal = true;
        return Svg(plot, "hours down", causes.Count, (0, Math.Max(1e-3, causes.Max(c => c.DownHours)) * 1.05));
    }

    private static Plot Rows(string[] names)
    {
        var plot = new Plot();
        plot.Axes.Left.SetTicks([.. names.Select((_, i) => (double)-i)], names);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Top.IsVisible = false;
        // Room for half of the last tick's number.
        (plot.Axes.Right.FrameLineStyle.Width, plot.Axes.Right.MinimumSize) = (0, 24);
        return plot;
    }

    private static string Svg(Plot plot, string below, int rows, (double From, double To) range)
    {
        plot.XLabel(below);
        plot.Axes.SetLimits(range.From, range.To, -rows + 0.4, 0.6);
        return plot.GetSvgXml(Width, 110 + (30 * rows));
    }
}
