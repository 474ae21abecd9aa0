using RobotWorker.Recording.Pages;
using static RobotWorker.Recording.Pages.HtmlPage;

namespace RobotWorker.Generation.Parity;

/// <summary>A comparison as one page that needs nothing else: figures, pictures, tables.</summary>
public static class ParityPage
{
    /// <param name="nameA">What A is, as a person named it.</param>
    /// <param name="a">The run that the report's side A came from.</param>
    public static string Write(ParityReport report, (string Name, RecordedRun Run) a, (string Name, RecordedRun Run) b)
    {
        var page = new HtmlPage($"Parity: {report.Plan}", "td { white-space: normal }");
        page.Append($"<p>A: <b>{Text(a.Name)}</b>, {Text(ParityWords.Of(report.A))}<br>B: <b>{Text(b.Name)}</b>, {Text(ParityWords.Of(report.B))}</p>\n");
        page.Figures([
            ($"{ParityWords.Thousandths(report.RmseMetres)} mm", "between the tools (RMSE)"),
            ($"{ParityWords.Thousandths(report.RmseRadians)} mrad", "between their directions (RMSE)"),
            ($"{report.Agreement.Same}/{report.Agreement.All}", "beliefs are the same"),
            ($"{Number(report.A.Seconds)} s / {Number(report.B.Seconds)} s", "A / B"),
        ]);
        if (!report.Phases.IsEmpty)
        {
            page.Picture("Durations of the phases", ParityPlots.Durations(report));
            page.Table("Phases", ParityWords.PhaseHead, ParityWords.PhaseRows(report).Select(Texts));
        }
        var ways = WaysOf(a.Run, b.Run);
        if (ways.Count > 0)
        {
            page.Picture("Distance between the tools along the plan", ParityPlots.Distance(ways));
            page.Picture("Ways of the tools from above", ParityPlots.FromAbove(ways));
        }
        var different = ParityWords.DifferenceRows(report).Select(Texts).ToList();
        if (different.Count > 0) page.Table("Beliefs that differ", ParityWords.DifferenceHead, different);
        page.Table("Latencies", ParityWords.LatencyHead, ParityWords.LatencyRows(report).Select(Texts));
        foreach (var latency in report.Latencies) page.Picture(char.ToUpperInvariant(latency.What[0]) + latency.What[1..], ParityPlots.Histogram(latency), level: 3);
        page.Append("<p class=\"note\">The tools are compared in the map, where each robot believes them to be, at the same share of the way between the same moments of the plan.</p>\n");
        return page.ToString();
    }

    private static List<(string Phase, PhaseAlignment Way)> WaysOf(RecordedRun a, RecordedRun b) =>
    [
        .. ParityReport.Pairs(a, b).Where(p => p is { A: not null, B: not null }).Select(p => (p.A!.Path, PhaseAlignment.Of(p.A, a.Tool, p.B!, b.Tool))).Where(w => !w.Item2.Pairs.IsEmpty),
    ];

    private static string[] Texts(string[] row) => [.. row.Select(Text)];
}
