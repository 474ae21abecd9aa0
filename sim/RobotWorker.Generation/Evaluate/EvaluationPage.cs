using RobotWorker.Recording.Pages;
using ScottPlot;
using static RobotWorker.Recording.Pages.HtmlPage;

namespace RobotWorker.Generation.Evaluate;

/// <summary>A score as one page that needs nothing else: figures, a picture, tables.</summary>
public static class EvaluationPage
{
    private static readonly double[] Percents = [0, 20, 40, 60, 80, 100];

    public static string Write(EvaluationScore score)
    {
        var page = new HtmlPage($"Evaluation {score.Suite.Name}", ".matrix table { width: auto } td:last-child { white-space: normal }");
        page.Append($"<p>{Text(EvaluationWords.Seeds(score.Suite))}. Suite <code>{Text(score.Suite.Sum[..Math.Min(12, score.Suite.Sum.Length)])}</code>.</p>\n");
        page.Figures(score.Policies.Select(p => (EvaluationWords.Percent(p.All.Success.Wilson(EvaluationScore.Confidence).Value), $"{p.Policy}: {p.All.Success.Of} of {p.All.Success.All} runs")));
        if (EvaluationWords.LeftOut(score) is { } left) page.Append($"<p>{Text(left)}</p>\n");
        if (score.Comparison is { } comparison) page.Append($"<p>{Text(EvaluationWords.Of(score, comparison))}.</p>\n");
        page.Picture("Share of the runs that succeed, with its interval (Wilson, 95 %)", Shares(score));
        foreach (var policy in score.Policies)
        {
            page.Table(Text(policy.Policy), EvaluationWords.Head, policy.Rows.Select(row => EvaluationWords.Row(row).Select(Text).ToArray()));
            var matrix = EvaluationWords.Matrix(policy.All.Verdicts).ToList();
            page.Append("<div class=\"matrix\">");
            page.Table("The worker's word against the simulator's truth", matrix[0], matrix.Skip(1), level: 3);
            page.Append("</div>\n");
        }
        if (!score.Failed.IsEmpty) page.Table("Runs that did not succeed", EvaluationWords.WhyHead, score.Failed.Select(outcome => EvaluationWords.Why(outcome).Select(Text).ToArray()));
        page.Append("<p class=\"note\">A run succeeds when the goal is met by the simulator's truth and the worker, from the robot's topics alone, knows it. pass^k: how likely k runs, drawn from these, all succeed.</p>\n");
        return page.ToString();
    }

    /// <summary>A row for each policy and task.</summary>
    private static string Shares(EvaluationScore score)
    {
        var rows = score.Policies.SelectMany(p => p.Rows.Select(t => (Name: $"{t.Task}, {p.Policy}", Share: t.Success.Wilson(EvaluationScore.Confidence)))).Where(r => r.Share.Value is not null).ToList();
        var plot = RowPlot.Of([.. rows.Select(r => r.Name)]);
        for (var i = 0; i < rows.Count; i++)
        {
            var line = plot.Add.Line(100 * rows[i].Share.Lower!.Value, -i, 100 * rows[i].Share.Upper!.Value, -i);
            (line.LineWidth, line.LineColor) = (3, RowPlot.Ink);
            plot.Add.Marker(100 * rows[i].Share.Value!.Value, -i, MarkerShape.FilledCircle, 10, RowPlot.Warm);
        }
        plot.Axes.Bottom.SetTicks(Percents, [.. Percents.Select(p => $"{p}")]);
        return plot.Svg("% of the runs", rows.Count, (-2, 102));
    }
}
