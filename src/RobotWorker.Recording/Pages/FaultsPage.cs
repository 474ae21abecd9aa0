using System.Collections.Immutable;
using System.Globalization;
using RobotWorker.Dependability;
using static RobotWorker.Recording.Pages.HtmlPage;

namespace RobotWorker.Recording.Pages;

/// <summary>The report of faults as one page that needs nothing else: figures, tables, pictures.</summary>
public static class FaultsPage
{
    /// <param name="spells">The faults of the report's time, for the picture over time.</param>
    public static string Write(DependabilityReport report, ImmutableArray<FaultSpell> spells)
    {
        var page = new HtmlPage($"Faults of {Robots(report)}");
        page.Append($"<p>From {Day(report.From)} to {Day(report.To)} (UTC). In brackets: {Number(report.Confidence * 100)} % confidence intervals, chi-square, time-truncated.</p>\n");
        Headline(page, report);
        Faults(page, report);
        if (!report.Faults.IsEmpty)
        {
            page.Picture("Mean operating time between onsets, with its interval", FaultPlots.BetweenFailures(report));
            page.Picture("When faults were active", FaultPlots.OverTime(report, spells));
            page.Picture("Down time by what began it", FaultPlots.Causes(report));
        }
        Causes(page, report);
        Retries(page, report);
        page.Append("<p class=\"note\">A fault with no onset in this time is not listed: of it one knows only that its mean time between onsets is likely longer than about a third of the operating time.</p>\n");
        return page.ToString();
    }

    private static string Robots(DependabilityReport report) => report.Robots.IsEmpty ? "no robot" : string.Join(", ", report.Robots);

    private static void Headline(HtmlPage page, DependabilityReport report)
    {
        var whole = report.Whole;
        page.Figures([
            ($"{Number(report.OperatingHours)} h", "operated"),
            (whole.Availability is { } up ? $"{(up * 100).ToString("0.00", CultureInfo.InvariantCulture)} %" : "–", "available"),
            ($"{whole.Count}", "times down"),
            ($"{Number(whole.MtbfHours.Value)} h", $"between failures {Interval(whole.MtbfHours)}"),
            ($"{Number(whole.MttrSeconds.Value)} s", $"to recover {Interval(whole.MttrSeconds)}"),
            ($"{report.Faults.Sum(f => f.Repeats)}", "came back within 10 min of an automatic recovery"),
            ($"{report.Link.Lost}", $"times the link was lost, {Number(report.Link.DownSeconds)} s"),
        ]);
    }

    private static void Faults(HtmlPage page, DependabilityReport report) => page.Table(
        "Faults", ["fault", "level", "onsets", "MTBF, h", "MTTR, s", "down, h", "available", "by robot", "by person", "open", "repeats", "detected in, s"],
        report.Faults.Select(f => new[]
        {
            Text(f.Code), f.Level, $"{f.Figures.Count}", Cell(f.Figures.MtbfHours), Cell(f.Figures.MttrSeconds), Number(f.Figures.DownHours),
            f.Figures.Availability is { } up ? $"{(up * 100).ToString("0.000", CultureInfo.InvariantCulture)} %" : "–", $"{f.ByRobot}", $"{f.ByPerson}", $"{f.Figures.Open}",
            f.Repeats > 0 ? $"<span class=\"bad\">{f.Repeats}</span>" : "0", Number(f.DetectionDelaySeconds),
        }));

    private static void Causes(HtmlPage page, DependabilityReport report) => page.Table(
        "Top causes, consequences folded under them", ["fault", "onsets", "consequences", "down, h"],
        report.TopCauses.Select(c => new[] { Text(c.Code), $"{c.Count}", $"{c.Consequences}", Number(c.DownHours) }));

    private static void Retries(HtmlPage page, DependabilityReport report) => page.Table(
        "Retries, resumptions and repairs", ["after", "tried", "succeeded", "share"],
        report.Retries.Select(r => new[] { Text(r.Code), $"{r.Tried}", $"{r.Succeeded}", $"{Number(100.0 * r.Succeeded / r.Tried)} %" }));

    private static string Cell(Estimate estimate) => $"{Number(estimate.Value)} <small>{Interval(estimate)}</small>";

    private static string Interval(Estimate estimate) => estimate.Lower is null ? "" : $"[{Number(estimate.Lower)}, {(estimate.Upper is null ? "∞" : Number(estimate.Upper))}]";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
