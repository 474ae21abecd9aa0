using System.Globalization;
using RobotWorker.Recording.Pages;
using ScottPlot;
using ScottPlot.Plottables;

namespace RobotWorker.Generation.Suites;

/// <summary>A score's pictures, as SVG.</summary>
internal static class SuitePlots
{
    // A third of a row each, with a little between the rows.
    private const double Thickness = 0.26;

    // No clock of the robot tells less apart, and a logarithm wants more than zero.
    private const double ShortestSeconds = 0.001;

    private static readonly double[] Percents = [0, 20, 40, 60, 80, 100];

    private static readonly Color Dark = Color.FromHex("#333333");
    private static readonly Color Pale = Color.FromHex("#a9b4bd");
    private static readonly Color Calm = Color.FromHex("#4f8a5b");

    /// <summary>How many runs of each fault succeed, by what is done about it; the faults that count on top, those that need a person at the bottom with how often one was asked safely.</summary>
    public static string Success(IReadOnlyList<FaultScore> faults)
    {
        var rows = faults.OrderBy(Group).ToList();
        var plot = RowPlot.Of([.. rows.Select(SuiteWords.Name)]);
        for (var i = 1; i < rows.Count; i++)
            if (Group(rows[i]) != Group(rows[i - 1])) Thin(plot.Add.HorizontalLine(0.5 - i));
        Bars(plot, rows, "recovery", RowPlot.Ink, Thickness, f => f.NeedsPerson ? null : Percent(f.Recovery));
        Bars(plot, rows, "plain retry", RowPlot.Warm, 0, f => Percent(f.PlainRetry));
        Bars(plot, rows, "recovery off", Pale, -Thickness, f => Percent(f.Off));
        Bars(plot, rows, "asked a person, standing still", Calm, Thickness, f => f is { NeedsPerson: true, Struck: > 0 } ? 100.0 * f.AskedSafely / f.Struck : null);
        Thin(plot.Add.VerticalLine(100 * SuiteBars.RecoveredInEach));
        plot.Axes.Bottom.SetTicks(Percents, [.. Percents.Select(p => p.ToString(CultureInfo.InvariantCulture))]);
        (plot.Legend.Orientation, plot.Legend.TightHorizontalWrapping) = (Orientation.Horizontal, true);
        (plot.Legend.OutlineWidth, plot.Legend.ShadowColor) = (0, Colors.Transparent);
        plot.ShowLegend(Edge.Top);
        return plot.Svg("% of the runs", rows.Count, (0, 100));
    }

    /// <summary>From strike to confirmation, the fastest on top: median, and from there to the ninetieth percentile. The line is what hard faults must keep.</summary>
    public static string Delays(IReadOnlyList<FaultScore> faults)
    {
        var rows = faults.Where(f => f.DelaySeconds is not null).OrderBy(f => f.DelaySeconds!.P50).ToList();
        var plot = RowPlot.Of([.. rows.Select(f => f.Code)]);
        var limit = Math.Log10(FaultScore.PromptSeconds);
        Thin(plot.Add.VerticalLine(limit));
        for (var i = 0; i < rows.Count; i++)
        {
            var (p50, p90) = (Logarithm(rows[i].DelaySeconds!.P50), Logarithm(rows[i].DelaySeconds!.P90));
            var colour = rows[i].IsHard ? RowPlot.Warm : RowPlot.Ink;
            var line = plot.Add.Line(p50, -i, p90, -i);
            (line.LineWidth, line.LineColor) = (3, colour);
            plot.Add.Marker(p50, -i, MarkerShape.FilledCircle, 10, colour);
            plot.Add.Marker(p90, -i, MarkerShape.VerticalBar, 12, colour);
        }
        var (from, to) = (Math.Min(limit, rows.Min(f => Logarithm(f.DelaySeconds!.P50))) - 0.1, Math.Max(limit, rows.Max(f => Logarithm(f.DelaySeconds!.P90))) + 0.1);
        plot.LogarithmicTicks(from, to);
        return plot.Svg("seconds", rows.Count, (from, to));
    }

    private static void Bars(Plot plot, List<FaultScore> rows, string what, Color colour, double above, Func<FaultScore, double?> percent)
    {
        var bars = rows.Select((f, i) => percent(f) is { } value ? new Bar { Position = above - i, Value = value, FillColor = colour, LineWidth = 0, Size = Thickness } : null).OfType<Bar>().ToArray();
        if (bars.Length == 0) return;
        var added = plot.Add.Bars(bars);
        (added.Horizontal, added.LegendText) = (true, what);
    }

    // Solid: SVG knows no dashes as they are drawn here.
    private static void Thin(AxisLine line) => (line.LineColor, line.LineWidth) = (Dark, 1);

    private static int Group(FaultScore fault) => fault.Counts ? 0 : fault.NeedsPerson ? 2 : 1;

    private static double? Percent(Successes? successes) => successes is null ? null : 100.0 * successes.Succeeded / successes.Runs;

    private static double Logarithm(double seconds) => Math.Log10(Math.Max(ShortestSeconds, seconds));
}
