using System.Globalization;
using RobotWorker.Recording.Pages;

namespace RobotWorker.Generation.Suites;

/// <summary>What was injected against what it was taken for, as a table whose cells are the darker the more often it occurred.</summary>
internal static class ConfusionTable
{
    public const string Style = """
        .confusion { width: auto; font-size: .8em } .confusion th { font-weight: 400 } .confusion td { text-align: center; min-width: 1.6em; padding: .2em; border: 1px solid #eef0f2 }
        .confusion thead th { writing-mode: vertical-rl; transform: rotate(180deg); text-align: left; padding: .4em .2em } .confusion tbody th { text-align: left }
        """;

    private const string Right = "47,111,159", Wrong = "196,98,45";

    public static string Html(ConditionScore score)
    {
        var rows = score.Faults.Select(f => f.Code).Where(code => score.Confusions.Any(n => n.Injected == code)).ToList();
        var named = score.Confusions.Select(n => n.Named).Distinct(StringComparer.Ordinal).ToList();
        // Rows and columns in one order: what is right stands on the diagonal.
        List<string> columns =
        [
            .. rows.Where(named.Contains), .. named.Where(n => n != NamedAs.Nothing && !rows.Contains(n)).Order(StringComparer.Ordinal), .. named.Where(n => n == NamedAs.Nothing),
        ];
        var head = string.Concat(columns.Select(c => $"<th>{Name(c)}</th>"));
        var body = string.Concat(rows.Select(row => $"<tr><th>{HtmlPage.Text(row)}</th>{string.Concat(columns.Select(column => Cell(score, row, column)))}</tr>\n"));
        return $"<div class=\"wide\"><table class=\"confusion\"><thead><tr><td></td>{head}</tr></thead><tbody>\n{body}</tbody></table></div>\n";
    }

    private static string Cell(ConditionScore score, string row, string column)
    {
        if (score.Confusions.FirstOrDefault(n => n.Injected == row && n.Named == column) is not { } cell) return "<td></td>";
        var share = (double)cell.Times / score.Confusions.Where(n => n.Injected == row).Sum(n => n.Times);
        var shade = (0.15 + (0.65 * share)).ToString("0.00", CultureInfo.InvariantCulture);
        return $"<td style=\"background:rgba({(row == column ? Right : Wrong)},{shade})\" title=\"{HtmlPage.Text(row)} named {Name(column)}\">{cell.Times}</td>";
    }

    private static string Name(string named) => named == NamedAs.Nothing ? "nothing" : HtmlPage.Text(named);
}
