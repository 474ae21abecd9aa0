using System.Collections.Immutable;
using System.Globalization;
using RobotWorker.Recording.Pages;
using ScottPlot;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>What a set holds, as plots one below the other.</summary>
public static class StatisticsPicture
{
    private const int Width = 1100, Row = 26, Frame = 96, Bins = 24;

    /// <summary>As the bytes of a PNG.</summary>
    public static byte[] Png(SetStatistics set)
    {
        var panels = new List<(Plot Plot, int Height)> { Lengths(set) };
        if (set.Outcomes.Length > 0) panels.Add(Bars([.. set.Outcomes, .. set.Faults.Where(f => f.What != "none").Select(f => f with { What = $"struck by {f.What}" }), .. Recovered(set)], "What became of them", "episodes"));
        if (set.Subtasks.Length > 0) panels.Add(Bars([.. set.Subtasks.Take(20)], "What is done", "frames"));
        foreach (var feature in set.Features.Where(f => !IsFlag(f)).GroupBy(f => f.Feature)) panels.Add(Ranges(feature.Key, [.. feature]));
        var all = new Multiplot();
        all.Reset(panels[0].Plot);
        foreach (var (plot, _) in panels.Skip(1)) all.AddPlot(plot);
        var rows = new ScottPlot.MultiplotLayouts.DraggableRows();
        rows.SetHeights(panels.Select(p => (float)p.Height));
        all.Layout = rows;
        return all.Render(Width, panels.Sum(p => p.Height)).GetImageBytes(ImageFormat.Png);
    }

    // Of a label nobody wants to see that it lies between 0 and 1.
    private static bool IsFlag(FeatureRange range) => range.Feature.StartsWith("next.", StringComparison.Ordinal) || range.Feature.StartsWith("label.", StringComparison.Ordinal);

    private static IEnumerable<Counted> Recovered(SetStatistics set) => set.Recoveries is { Episodes: > 0 } some ? [new("with a recovery", some.Episodes)] : [];

    private static (Plot, int) Lengths(SetStatistics set)
    {
        var plot = new Plot();
        double[] seconds = [.. set.EpisodeLengths.Select(l => (double)l / set.FramesPerSecond)];
        var (least, most) = (seconds.Min(), seconds.Max());
        var width = Math.Max((most - least) / Bins, 1.0 / set.FramesPerSecond);
        var bars = seconds.CountBy(s => (int)Math.Min((s - least) / width, Bins - 1)).Select(b => new Bar { Position = least + ((b.Key + 0.5) * width), Value = b.Value, Size = width, FillColor = RowPlot.Ink, LineWidth = 1, LineColor = Colors.White });
        plot.Add.Bars(bars.ToArray());
        plot.XLabel("seconds an episode");
        plot.YLabel("episodes");
        plot.Title(string.Create(CultureInfo.InvariantCulture, $"{set.Name}: {set.Episodes} episodes, {set.Frames} frames, {set.Seconds / 60:0.0} minutes"));
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsY(0, plot.Axes.GetLimits().Top);
        return (plot, 260);
    }

    private static (Plot, int) Bars(ImmutableArray<Counted> rows, string title, string below)
    {
        var plot = RowPlot.Of([.. rows.Select(r => r.What)]);
        var bars = plot.Add.Bars(rows.Select((r, i) => new Bar { Position = -i, Value = r.Count, FillColor = RowPlot.Ink, LineWidth = 0, Size = 0.6 }).ToArray());
        bars.Horizontal = true;
        return Titled(plot, title, below, rows.Length, (0, rows.Max(r => r.Count) * 1.05));
    }

    private static (Plot, int) Ranges(string feature, ImmutableArray<FeatureRange> dimensions)
    {
        var plot = RowPlot.Of([.. dimensions.Select(d => d.Name)]);
        for (var i = 0; i < dimensions.Length; i++)
        {
            var d = dimensions[i];
            Line(d.Min, d.Max, 2, i);
            Line(d.Q01, d.Q99, 8, i);
            plot.Add.Marker(d.Median, -i, MarkerShape.FilledCircle, 9, RowPlot.Warm);
        }
        var (least, most) = (dimensions.Min(d => d.Min), dimensions.Max(d => d.Max));
        var room = Math.Max((most - least) * 0.03, 1e-6);
        return Titled(plot, feature, "least to most; thick: 98 % of the frames; dot: the median", dimensions.Length, (least - room, most + room));

        void Line(double from, double to, float width, int row)
        {
            var line = plot.Add.Line(from, -row, to, -row);
            (line.LineWidth, line.LineColor) = (width, RowPlot.Ink);
        }
    }

    private static (Plot, int) Titled(Plot plot, string title, string below, int rows, (double From, double To) range)
    {
        plot.Title(title);
        plot.XLabel(below);
        plot.Axes.SetLimits(range.From, range.To, -rows + 0.4, 0.6);
        return (plot, Frame + (Row * rows));
    }
}
