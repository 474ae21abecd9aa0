using System.Globalization;
using System.Text.Json;

namespace RobotWorker.Generation.Parity;

/// <summary>A comparison in words and tables, the same on the terminal and on the page.</summary>
public static class ParityWords
{
    public const string None = "–";

    public static readonly string[] PhaseHead = ["phase", "A s", "B s", "B/A", "RMSE mm", "RMSE mrad", "aligned by", "same beliefs"];

    public static readonly string[] DifferenceHead = ["at the end of", "", "A", "B"];

    public static readonly string[] LatencyHead = ["milliseconds", "A n", "median", "p95", "most", "B n", "median", "p95", "most"];

    /// <summary>One line: how a side went.</summary>
    public static string Of(ParitySide side) => string.Create(
        CultureInfo.InvariantCulture,
        $"{side.Robot} ({side.Backend}), seed {side.Seed}: {Word(side.Outcome)} after {side.Seconds:0.0} s, {side.Reason.TrimEnd('.')}{(side.Goal is { } goal ? $"; the goal is believed {Word(goal)}" : "")}{(side.GoalMet is { } met ? $", in truth {(met ? "met" : "not met")}" : "")}{(side.Faults.IsEmpty ? "" : $"; faults: {string.Join(", ", side.Faults)}")}{(side.Notices.IsEmpty ? "" : $"; its recording: {string.Join("; ", side.Notices)}")}");

    /// <summary>The one figure by which comparisons are put in order.</summary>
    public static string Distance(ParityReport report) => report.RmseMetres is { } metres
        ? $"The tools' ways lie {Thousandths(metres)} mm and {Thousandths(report.RmseRadians)} mrad apart (RMSE over all phases that both have)."
        : "There is no distance: the way of a tool is not in both recordings, or no phase is in both.";

    public static string Agreement(ParityReport report) => $"Of {report.Agreement.All} beliefs at the ends of phases and of the plan {report.Agreement.Same} are the same.";

    public static IEnumerable<string[]> PhaseRows(ParityReport report) => report.Phases.Select(p => new[]
    {
        Short(p.Path), Figures(p.A), Figures(p.B), p.Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : None, Thousandths(p.RmseMetres), Thousandths(p.RmseRadians),
        p.RmseMetres is null ? None : p.ByGoals ? "goals" : "ends", p.Agreement.All > 0 ? $"{p.Agreement.Same}/{p.Agreement.All}" : None,
    });

    public static IEnumerable<string[]> DifferenceRows(ParityReport report) =>
        report.Phases.SelectMany(p => p.Different.Select(d => (At: Short(p.Path), d))).Concat(report.AtEnd.Select(d => (At: "the plan", d))).Select(r => new[] { r.At, r.d.Atom, Word(r.d.A), Word(r.d.B) });

    public static IEnumerable<string[]> LatencyRows(ParityReport report) => report.Latencies.Select(l => new[] { l.What }.Concat(Figures(l.A)).Concat(Figures(l.B)).ToArray());

    public static string Short(string path) => path.StartsWith("root/", StringComparison.Ordinal) ? path["root/".Length..] : path;

    // How it ended is only said where it did not end well.
    private static string Figures(PhaseFigures? side) => side is null ? None : string.Create(
        CultureInfo.InvariantCulture,
        $"{side.Seconds:0.00}{(side.Attempts > 1 ? $" in {side.Attempts}" : "")}{(side.State == Execution.Core.StepStatus.Finished ? "" : $" {Word(side.State)}")}");

    private static IEnumerable<string> Figures(LatencyFigures? side) => side is null
        ? [None, None, None, None]
        : [side.Count.ToString(CultureInfo.InvariantCulture), Thousandths(side.MedianSeconds), Thousandths(side.P95Seconds), Thousandths(side.MostSeconds)];

    /// <summary>Thousandths of metres, radians or seconds.</summary>
    public static string Thousandths(double? value) => value is not { } number ? None
        : (number * 1000).ToString(Math.Abs(number) switch { 0 => "0", >= 0.1 => "0", >= 0.01 => "0.0", >= 0.001 => "0.00", _ => "0.000" }, CultureInfo.InvariantCulture);

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()).Replace('_', ' ');
}
