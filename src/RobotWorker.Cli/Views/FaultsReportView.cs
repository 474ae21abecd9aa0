using System.Globalization;
using RobotWorker.Dependability;

namespace RobotWorker.Cli.Views;

/// <summary>The report of faults as text for people.</summary>
internal static class FaultsReportView
{
    public static void Print(TextWriter output, DependabilityReport report)
    {
        var whole = report.Whole;
        output.WriteLine($"{(report.Robots.IsEmpty ? "no robot" : string.Join(", ", report.Robots))}, {Day(report.From)} to {Day(report.To)} UTC: {Number(report.OperatingHours)} h operated.");
        output.WriteLine($"Down {whole.Count} times, {Number(whole.DownHours)} h; available {Percent(whole.Availability, 2)}; MTBF {Of(whole.MtbfHours)} h, MTTR {Of(whole.MttrSeconds)} s. In brackets: {report.Confidence * 100:0} % intervals.");
        output.WriteLine($"The link was lost {report.Link.Lost} times, {Number(report.Link.DownSeconds)} s.");
        if (report.Faults.IsEmpty) output.WriteLine("No fault was confirmed.");
        else Table(
            output, ["fault", "level", "onsets", "MTBF h", "MTTR s", "available", "robot/person/open", "repeats", "detected in s"],
            report.Faults.Select(f => new[]
            {
                f.Code, f.Level, $"{f.Figures.Count}", Of(f.Figures.MtbfHours), Of(f.Figures.MttrSeconds), Percent(f.Figures.Availability, 3), $"{f.ByRobot}/{f.ByPerson}/{f.Figures.Open}", $"{f.Repeats}",
                Number(f.DetectionDelaySeconds),
            }));
        if (!report.TopCauses.IsEmpty)
            Table(output, ["top cause", "onsets", "consequences", "down h"], report.TopCauses.Take(10).Select(c => new[] { c.Code, $"{c.Count}", $"{c.Consequences}", Number(c.DownHours) }));
        if (!report.Retries.IsEmpty)
            Table(output, ["retry after", "tried", "succeeded", "share"], report.Retries.Select(r => new[] { r.Code, $"{r.Tried}", $"{r.Succeeded}", Percent((double)r.Succeeded / r.Tried, 0) }));
    }

    private static void Table(TextWriter output, string[] head, IEnumerable<string[]> rows)
    {
        var lines = rows.Prepend(head).ToList();
        var widths = head.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        output.WriteLine();
        foreach (var line in lines) output.WriteLine(string.Join("  ", line.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
    }

    private static string Of(Estimate estimate) =>
        estimate.Lower is null ? "-" : $"{Number(estimate.Value)} [{Number(estimate.Lower)}, {(estimate.Upper is null ? "∞" : Number(estimate.Upper))}]";

    private static string Percent(double? share, int digits) => share is { } known ? $"{(known * 100).ToString($"F{digits}", CultureInfo.InvariantCulture)} %" : "-";

    private static string Number(double? value) => value is { } number ? number.ToString(Math.Abs(number) >= 100 ? "0" : Math.Abs(number) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture) : "-";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
