using RobotWorker.Recording.Pages;
using static RobotWorker.Recording.Pages.HtmlPage;

namespace RobotWorker.Generation.Suites;

/// <summary>A suite's score as one page that needs nothing else: figures, bars, pictures, tables.</summary>
public static class SuiteScorePage
{
    private const string Style = "table { font-size: .87em } .long { display: inline-block; max-width: 36em; white-space: normal } h3 { font-size: 1em; margin-top: 1.6em } .good { color: #2c6e3f; font-weight: 600 } details { margin-top: 2em } summary { font-size: 1.15em; font-weight: 600; cursor: pointer }\n" + ConfusionTable.Style;

    /// <param name="tuning">The score of the tuning seeds, not of the scoring ones.</param>
    public static string Write(SuiteScore score, bool tuning)
    {
        var page = new HtmlPage($"Fault suite {score.Suite.Name}", Style);
        page.Append($"<p>In simulation; {Text(SuiteWords.Of(score.Suite.Seeds, tuning))}. Suite <code>{Text(Short(score.Suite.Sum))}</code>.</p>\n");
        if (score.Conditions.FirstOrDefault(c => c.Condition.Name == FaultSuite.Standard) is { } standard) Headline(page, standard);
        page.Table("What the figures must reach", ["", "measured", "met"], SuiteBars.Of(score).Select(b => new[] { Long(b.Text), Long(b.Measured), Met(b.Met) }));
        foreach (var condition in score.Conditions)
        {
            // The standard condition is what most readers come for; the others open on a click.
            var open = condition.Condition.Name == FaultSuite.Standard ? " open" : "";
            page.Append($"<details{open}><summary>{Text(condition.Condition.Name)}: {Text(SuiteWords.Of(condition.Condition))}</summary>\n");
            Condition(page, condition);
            page.Append("</details>\n");
        }
        if (score.Conditions.Any(c => c.Faults.Any(f => !f.IsKnown))) page.Append($"<p class=\"note\">{Text(SuiteWords.UnknownNote)}</p>\n");
        return page.ToString();
    }

    private static void Headline(HtmlPage page, ConditionScore score) => page.Figures([
        ($"{score.Faults.Count(f => f.Struck > 0)}", "faults injected"),
        (SuiteWords.Share(score.RecoveredShare), $"of the runs with the {SuiteWords.Counting(score.Faults)} faults that count succeed"),
        (SuiteWords.Share(score.DetectedShare), "of the known faults confirmed by name"),
        ($"{score.Alarms.Count}", $"false alarms in {Number(score.Alarms.Hours)} h"),
    ]);

    private static void Condition(HtmlPage page, ConditionScore score)
    {
        page.Append($"<p>False alarms: {Text(SuiteWords.Of(score.Alarms))}.{(score.Broken > 0 ? $" <span class=\"bad\">{score.Broken} runs ended by an error of the worker or the simulator, and count as failed.</span>" : "")}</p>\n");
        if (score.Besides.Any()) page.Append($"<p>Named besides what struck: {Text(SuiteWords.Times(score.Besides))}.</p>\n");
        if (score.Faults.IsEmpty) return;
        page.Picture("Success of each fault's runs", SuitePlots.Success(score.Faults), level: 3);
        page.Append("<p class=\"note\">On top the faults that count: a machine can recover from them, and without recovery at least half of the runs fail. At the bottom those that need a person. The line through the bars: 17 of 20.</p>\n");
        if (score.Faults.Any(f => f.DelaySeconds is not null))
        {
            page.Picture("Delay of detection, median to ninetieth percentile", SuitePlots.Delays(score.Faults), level: 3);
            page.Append("<p class=\"note\">Of what was confirmed by its own name. In orange link, emergency stop and controller faults, which are to be confirmed before the line at 150 ms.</p>\n");
        }
        if (!score.Confusions.IsEmpty) page.Append($"<h3>Injected (rows) against the root cause of what was confirmed first (columns)</h3>\n{ConfusionTable.Html(score)}");
        page.Table(
            "Each fault", ["fault", "struck", "detected", "delay<br>p50/p90", "otherwise", "missed", "besides", "recovered", "at work again<br>p50/p90", "asked<br>safely", "recovery<br>off", "plain<br>retry"],
            score.Faults.Select(Row), level: 3);
    }

    private static string[] Row(FaultScore f) =>
    [
        Text(SuiteWords.Name(f)), $"{f.Struck}", f.IsKnown ? $"{f.Detected}" : SuiteWords.None, SuiteWords.Of(f.DelaySeconds), $"{f.NamedOtherwise}", f.Missed > 0 ? $"<span class=\"bad\">{f.Missed}</span>" : "0", $"{f.Besides.Length}",
        f.NeedsPerson ? "asks" : SuiteWords.Of(f.Recovery), SuiteWords.Of(f.RecoverySeconds), $"{f.AskedSafely}", SuiteWords.Of(f.Off), SuiteWords.Of(f.PlainRetry),
    ];

    private static string Long(string text) => $"<span class=\"long\">{Text(text)}</span>";

    private static string Met(bool? met) => met switch
    {
        true => $"<span class=\"good\">{SuiteWords.Of(met)}</span>",
        false => $"<span class=\"bad\">{SuiteWords.Of(met)}</span>",
        null => SuiteWords.Of(met),
    };

    private static string Short(string sum) => sum.Length > 12 ? sum[..12] : sum;
}
