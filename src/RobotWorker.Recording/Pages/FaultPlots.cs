using System.Collections.Immutable;
using System.Globalization;
using RobotWorker.Dependability;
using ScottPlot;

namespace RobotWorker.Recording.Pages;

/// <summary>The report's pictures, as SVG.</summary>
internal static class FaultPlots
{
    /// <summary>Means with their intervals on a logarithmic axis, one fault a row.</summary>
    public static string BetweenFailures(DependabilityReport report)
    {
        var plot = RowPlot.Of([.. report.Faults.Select(f => f.Code)]);
        for (var i = 0; i < report.Faults.Length; i++)
        {
            var mtbf = report.Faults[i].Figures.MtbfHours;
            if (mtbf is not { Value: { } mean, Lower: { } lower, Upper: { } upper }) continue;
            var line = plot.Add.Line(Math.Log10(lower), -i, Math.Log10(upper), -i);
            (line.LineWidth, line.LineColor) = (3, RowPlot.Ink);
            plot.Add.Marker(Math.Log10(mean), -i, MarkerShape.FilledCircle, 10, RowPlot.Warm);
        }
        plot.Axes.AutoScale();
        var limits = plot.Axes.GetLimits();
        plot.LogarithmicTicks(limits.Left, limits.Right);
        return plot.Svg("hours of operation", report.Faults.Length, (limits.Left - 0.1, limits.Right + 0.1));
    }

    /// <summary>When each fault was active, one a row; a short one is still seen.</summary>
    public static string OverTime(DependabilityReport report, ImmutableArray<FaultSpell> spells)
    {
        var plot = RowPlot.Of([.. report.Faults.Select(f => f.Code)]);
        double DaysIn(DateTimeOffset at) => (at - report.From).TotalDays;
        for (var i = 0; i < report.Faults.Length; i++)
        {
            foreach (var spell in spells.Where(s => s.Code == report.Faults[i].Code))
            {
                var line = plot.Add.Line(DaysIn(spell.Began), -i, DaysIn(spell.Ended), -i);
                (line.LineWidth, line.LineColor) = (6, RowPlot.Warm);
                plot.Add.Marker(DaysIn(spell.Began), -i, MarkerShape.VerticalBar, 14, RowPlot.Ink);
            }
        }
        return plot.Svg($"days since {report.From.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", report.Faults.Length, (0, DaysIn(report.To)));
    }

    /// <summary>Down time by root cause, the worst on top.</summary>
    public static string Causes(DependabilityReport report)
    {
        var causes = report.TopCauses.Take(12).ToList();
        var plot = RowPlot.Of([.. causes.Select(c => c.Code)]);
        var bars = plot.Add.Bars(causes.Select((c, i) => new Bar { Position = -i, Value = c.DownHours, FillColor = RowPlot.Ink, LineWidth = 0, Size = 0.6 }).ToArray());
        bars.Horizontal = true;
        return plot.Svg("hours down", causes.Count, (0, Math.Max(1e-3, causes.Max(c => c.DownHours)) * 1.05));
    }
}
