using System.Collections.Immutable;
using System.Globalization;
using RobotWorker.Motion;
using RobotWorker.Recording.Pages;
using ScottPlot;

namespace RobotWorker.Generation.Parity;

/// <summary>A comparison's pictures, as SVG: A in blue, B in orange.</summary>
internal static class ParityPlots
{
    private const int Width = 1000, Height = 380;
    private const double Thickness = 0.36;

    private static readonly Color Boundary = Color.FromHex("#c9ccd1");

    /// <summary>How long each phase took.</summary>
    public static string Durations(ParityReport report)
    {
        var plot = RowPlot.Of([.. report.Phases.Select(p => ParityWords.Short(p.Path))]);
        Rows("A", RowPlot.Ink, Thickness / 2, p => p.A);
        Rows("B", RowPlot.Warm, -Thickness / 2, p => p.B);
        Legend(plot);
        var most = report.Phases.SelectMany(p => new[] { p.A, p.B }).OfType<PhaseFigures>().Max(f => f.Seconds);
        return plot.Svg("seconds of the robot's clock", report.Phases.Length, (0, Math.Max(0.1, most * 1.05)));

        void Rows(string side, Color colour, double above, Func<PhaseParity, PhaseFigures?> figures)
        {
            var bars = report.Phases.Select((p, i) => figures(p) is { } f ? new Bar { Position = above - i, Value = f.Seconds, FillColor = colour, LineWidth = 0, Size = Thickness } : null).OfType<Bar>().ToArray();
            if (bars.Length == 0) return;
            var added = plot.Add.Bars(bars);
            (added.Horizontal, added.LegendText) = (true, side);
        }
    }

    /// <summary>How far the tools are apart along the plan; a line between phases.</summary>
    public static string Distance(IReadOnlyList<(string Phase, PhaseAlignment Way)> ways)
    {
        var plot = new Plot();
        var (seconds, along, millimetres) = (0.0, new List<double>(), new List<double>());
        var most = ways.SelectMany(w => w.Way.Pairs).Max(p => p.Metres) * 1000;
        foreach (var (i, (phase, way)) in ways.Index())
        {
            var line = plot.Add.VerticalLine(seconds, 1, Boundary);
            line.LinePattern = LinePattern.Solid;
            var label = plot.Add.Text(ParityWords.Short(phase), seconds, most * (i % 2 == 0 ? 1.14 : 1.08));    // in two rows: the names of short phases would cover each other
            (label.LabelFontSize, label.LabelFontColor) = (12, Color.FromHex("#666666"));
            foreach (var pair in way.Pairs)
            {
                along.Add(seconds += pair.Seconds);
                millimetres.Add(pair.Metres * 1000);
            }
        }
        Line(plot, along, millimetres, RowPlot.Ink, null);
        plot.XLabel("seconds, on the mean of both sides");
        plot.YLabel("mm");
        Bare(plot);
        plot.Axes.SetLimits(0, Math.Max(0.1, seconds), 0, Math.Max(1e-6, most * 1.15));
        return plot.GetSvgXml(Width, Height);
    }

    /// <summary>Both ways from above.</summary>
    public static string FromAbove(IReadOnlyList<(string Phase, PhaseAlignment Way)> ways)
    {
        var plot = new Plot();
        ImmutableArray<ToolPair> pairs = [.. ways.SelectMany(w => w.Way.Pairs)];
        Way("A", RowPlot.Ink, 4, p => p.A.Position);
        Way("B", RowPlot.Warm, 1.5f, p => p.B.Position);
        plot.XLabel("x in the map, m");
        plot.YLabel("y, m");
        Bare(plot);
        Legend(plot);
        plot.Axes.SquareUnits();
        return plot.GetSvgXml(Width, 520);

        void Way(string side, Color colour, float width, Func<ToolPair, Vec3> at) => Line(plot, [.. pairs.Select(p => at(p).X)], [.. pairs.Select(p => at(p).Y)], colour, side, width);
    }

    /// <summary>How often one thing took how long.</summary>
    public static string Histogram(LatencyParity latency)
    {
        var plot = new Plot();
        Bars("A", latency.A, RowPlot.Ink, -0.2);
        Bars("B", latency.B, RowPlot.Warm, 0.2);
        var ends = LatencyFigures.BinEnds;
        plot.Axes.Bottom.SetTicks(
            [.. Enumerable.Range(0, ends.Length + 1).Select(i => (double)i)],
            [.. ends.Select(e => string.Create(CultureInfo.InvariantCulture, $"≤ {e * 1000}")), string.Create(CultureInfo.InvariantCulture, $"> {ends[^1] * 1000}")]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.XLabel("ms");
        plot.YLabel("% of the times");
        Bare(plot);
        Legend(plot);
        plot.Axes.SetLimits(-0.6, ends.Length + 0.6, 0, 105);
        return plot.GetSvgXml(Width, 260);

        void Bars(string side, LatencyFigures? figures, Color colour, double beside)
        {
            if (figures is null) return;
            var added = plot.Add.Bars(figures.Histogram.Select((n, i) => new Bar { Position = i + beside, Value = 100.0 * n / figures.Count, FillColor = colour, LineWidth = 0, Size = 0.4 }).ToArray());
            added.LegendText = side;
        }
    }

    private static void Line(Plot plot, List<double> x, List<double> y, Color colour, string? side, float width = 2)
    {
        var line = plot.Add.ScatterLine(x, y);
        (line.LineColor, line.LineWidth) = (colour, width);
        if (side is not null) line.LegendText = side;
    }

    // Room for half of the last ticks' numbers.
    private static void Bare(Plot plot)
    {
        foreach (var side in new IAxis[] { plot.Axes.Top, plot.Axes.Right }) (side.FrameLineStyle.Width, side.MinimumSize) = (0, 24);
    }

    private static void Legend(Plot plot)
    {
        (plot.Legend.Orientation, plot.Legend.OutlineWidth, plot.Legend.ShadowColor) = (Orientation.Horizontal, 0, Colors.Transparent);
        plot.ShowLegend(Edge.Top);
    }
}
