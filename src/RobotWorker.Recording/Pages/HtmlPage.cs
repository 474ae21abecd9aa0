using System.Globalization;
using System.Net;
using System.Text;

namespace RobotWorker.Recording.Pages;

/// <summary>One page that needs nothing else: its style stands in it, its pictures too. Titles and cells are HTML; what comes from outside goes through <see cref="Text"/> first.</summary>
public sealed class HtmlPage
{
    private const string Style = """
        body { font: 15px/1.45 system-ui, sans-serif; color: #222; background: #fff; max-width: 1240px; margin: 2em auto; padding: 0 1em }
        h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 2em }
        .figures { display: flex; flex-wrap: wrap; gap: 1em } .figures div { background: #f3f5f7; border-radius: 8px; padding: .7em 1em; min-width: 10em }
        .figures b { display: block; font-size: 1.5em } .figures span, p.note { color: #666; font-size: .87em }
        table { border-collapse: collapse; width: 100%; font-size: 14px } th, td { text-align: right; padding: .3em .45em; border-bottom: 1px solid #e2e5e8; white-space: nowrap }
        th:first-child, td:first-child { text-align: left } th { font-weight: 600; vertical-align: bottom } td small { color: #777 } .bad { color: #b3261e; font-weight: 600 }
        .wide { overflow-x: auto } img { max-width: 100%; height: auto; display: block; margin: .6em 0 }
        """;

    private readonly StringBuilder _page = new();

    /// <param name="title">As text.</param>
    /// <param name="style">What the page needs besides.</param>
    public HtmlPage(string title, string style = "") => _page.Append(
        $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Text(title)}</title><style>{Style}{style}</style></head><body>\n<h1>{Text(title)}</h1>\n");

    public HtmlPage Append(string html)
    {
        _page.Append(html);
        return this;
    }

    /// <summary>The few numbers that one looks for first, each as text.</summary>
    public void Figures(IEnumerable<(string Figure, string What)> figures) =>
        _page.Append($"<div class=\"figures\">{string.Concat(figures.Select(f => $"<div><b>{Text(f.Figure)}</b><span>{Text(f.What)}</span></div>"))}</div>\n");

    /// <param name="level">Of the heading.</param>
    public void Table(string title, string[] head, IEnumerable<string[]> rows, int level = 2)
    {
        _page.Append($"<h{level}>{title}</h{level}>\n<div class=\"wide\"><table><tr>{string.Concat(head.Select(h => $"<th>{h}</th>"))}</tr>\n");
        foreach (var row in rows) _page.Append($"<tr>{string.Concat(row.Select(cell => $"<td>{cell}</td>"))}</tr>\n");
        _page.Append("</table></div>\n");
    }

    // As a picture of its own each keeps its names to itself: two drawings within one page would take each other's clips.
    public void Picture(string title, string svg, int level = 2) =>
        _page.Append($"<h{level}>{title}</h{level}>\n<img alt=\"{title}\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}\">\n");

    /// <summary>The whole page.</summary>
    public override string ToString() => $"{_page}</body></html>\n";

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>With three digits or so; a dash where there is none.</summary>
    public static string Number(double? value) => value is { } number ? number.ToString(Math.Abs(number) >= 100 ? "0" : Math.Abs(number) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture) : "–";
}
