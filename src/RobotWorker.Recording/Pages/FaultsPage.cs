using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using RobotWorker.Dependability;

namespace RobotWorker.Recording.Pages;

/// <summary>The report of faults as one page that needs nothing else: figures, tables, pictures.</summary>
public static class FaultsPage
{
    private const string Style = """
        body { font: 15px/1.45 system-ui, sans-serif; color: #222; background: #fff; max-width: 1060px; margin: 2em auto; padding: 0 1em }
        h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 2em }
        .figures { display: flex; flex-wrap: wrap; gap: 1em } .figures div { background: #f3f5f7; border-radius: 8px; padding: .7em 1em; min-width: 10em }
        .figures b { display: block; font-size: 1.5em } .figures span, p.note { color: #666; font-size: .87em }
        table { border-collapse: collapse; width: 100% } th, td { text-align: right; padding: .3em .6em; border-bottom: 1px solid #e2e5e8; white-space: nowrap }
        th:first-child, td:first-child { text-align: left } th { font-weight: 600; vertical-align: bottom } td small { color: #777 } .bad { color: #b3261e; font-weight: 600 }
        .wide { overflow-x: auto } img { max-width: 100%; height: auto; display: block; margin: .6em 0 }
        """;

    /// <param name="spells">The faults of the report's time, for the picture over time.</param>
    public static string Write(DependabilityReport report, ImmutableArray<FaultSpell> spells)
    {
        var page = new StringBuilder();
        page.Append($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Faults of {Text(Robots(report))}</title><style>{Style}</style></head><body>\n");
        page.Append($"<h1>Faults of {Text(Robots(report))}</h1>\n<p>From {Day(report.From)} to {Day(report.To)} (UTC). In brackets: {Number(report.Confidence * 100)} % confidence intervals, chi-square, time-truncated.</p>\n");
        Headline(page, report);
        Faults(page, report);
        if (!report.Faults.IsEmpty)
        {
            Picture(page, "Mean operating time between onsets, with its interval", FaultPlots.BetweenFailures(report));
            Picture(page, "When faults were active", FaultPlots.OverTime(report, spells));
            Picture(page, "Down time by what began it", FaultPlots.Causes(report));
        }
        Causes(page, report);
        Retries(page, report);
        page.Append("<p class=\"note\">A fault with no onset in this time is not listed: of it one knows only that its mean time between onsets is likely longer than about a third of the operating time.</p>\n</body></html>\n");
        return page.ToString();
    }

    private static string Robots(DependabilityReport report) => report.Robots.IsEmpty ? "no robot" : string.Join(", ", report.Robots);

    private static void Headline(StringBuilder page, DependabilityReport report)
    {
        var whole = report.Whole;
        page.Append("<div class=\"figures\">");
        Figure(page, $"{Number(report.OperatingHours)} h", "operated");
        Figure(page, whole.Availability is { } up ? $"{(up * 100).ToString("0.00", CultureInfo.InvariantCulture)} %" : "–", "available");
        Figure(page, $"{whole.Count}", "times down");
        Figure(page, $"{Number(whole.MtbfHours.Value)} h", $"between failures {Interval(whole.MtbfHours)}");
        Figure(page, $"{Number(whole.MttrSeconds.Value)} s", $"to recover {Interval(whole.MttrSeconds)}");
        Figure(page, $"{report.Faults.Sum(f => f.Repeats)}", "came back within 10 min of an automatic recovery");
        Figure(page, $"{report.Link.Lost}", $"times the link was lost, {Number(report.Link.DownSeconds)} s");
        page.Append("</div>\n");
    }

    private static void Figure(StringBuilder page, string figure, string what) => page.Append($"<div><b>{Text(figure)}</b><span>{Text(what)}</span></div>");

    private static void Faults(StringBuilder page, DependabilityReport report) => Table(
        page, "Faults", ["fault", "level", "onsets", "MTBF, h", "MTTR, s", "down, h", "available", "by robot", "by person", "open", "repeats", "detected in, s"],
        report.Faults.Select(f => new[]
        {
            Text(f.Code), f.Level, $"{f.Figures.Count}", Cell(f.Figures.MtbfHours), Cell(f.Figures.MttrSeconds), Number(f.Figures.DownHours),
            f.Figures.Availability is { } up ? $"{(up * 100).ToString("0.000", CultureInfo.InvariantCulture)} %" : "–", $"{f.ByRobot}", $"{f.ByPerson}", $"{f.Figures.Open}",
            f.Repeats > 0 ? $"<span class=\"bad\">{f.Repeats}</span>" : "0", Number(f.DetectionDelaySeconds),
        }));

    private static void Causes(StringBuilder page, DependabilityReport report) => Table(
        page, "Top causes, consequences folded under them", ["fault", "onsets", "consequences", "down, h"],
        report.TopCauses.Select(c => new[] { Text(c.Code), $"{c.Count}", $"{c.Consequences}", Number(c.DownHours) }));

    private static void Retries(StringBuilder page, DependabilityReport report) => Table(
        page, "Retries, resumptions and repairs", ["after", "tried", "succeeded", "share"],
        report.Retries.Select(r => new[] { Text(r.Code), $"{r.Tried}", $"{r.Succeeded}", $"{Number(100.0 * r.Succeeded / r.Tried)} %" }));

    private static void Table(StringBuilder page, string title, string[] head, IEnumerable<string[]> rows)
    {
        page.Append($"<h2>{title}</h2>\n<div class=\"wide\"><table><tr>{string.Concat(head.Select(h => $"<th>{h}</th>"))}</tr>\n");
        foreach (var row in rows) page.Append($"<tr>{string.Concat(row.Select(cell => $"<td>{cell}</td>"))}</tr>\n");
        page.Append("</table></div>\n");
    }

    // As a picture of its own each keeps its names to itself: two drawings within one page would take each other's clips.
    private static void Picture(StringBuilder page, string title, string svg) =>
        page.Append($"<h2>{title}</h2>\n<img alt=\"{title}\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}\">\n");

    private static string Cell(Estimate estimate) => $"{Number(estimate.Value)} <small>{Interval(estimate)}</small>";

    private static string Interval(Estimate estimate) => estimate.Lower is null ? "" : $"[{Number(estimate.Lower)}, {(estimate.Upper is null ? "∞" : Number(estimate.Upper))}]";

    private static string Number(double? value) => value is { } number ? number.ToString(Math.Abs(number) >= 100 ? "0" : Math.Abs(number) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture) : "–";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
