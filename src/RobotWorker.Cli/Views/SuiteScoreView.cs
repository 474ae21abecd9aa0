using System.Globalization;
using RobotWorker.Generation.Suites;

namespace RobotWorker.Cli.Views;

/// <summary>The score of a suite of faults as tables.</summary>
internal static class SuiteScoreView
{
    private static readonly string[] Head =
        ["fault", "struck", "detected", "delay p50/p90", "otherwise", "missed", "besides", "recovered", "at work p50/p90", "asked safely", "recovery off", "plain retry"];

    /// <param name="tuning">The score of the tuning seeds, not of the scoring ones.</param>
    public static void Print(TextWriter output, SuiteScore score, bool tuning)
    {
        output.WriteLine($"{score.Suite.Name}: {SuiteWords.Of(score.Suite.Seeds, tuning)}");
        foreach (var condition in score.Conditions) Print(output, condition);
        if (score.Conditions.Any(c => c.Faults.Any(f => !f.IsKnown))) output.WriteLine($"\n{SuiteWords.UnknownNote}");
        output.WriteLine("\nWhat the figures must reach, in the standard condition where none is named:");
        Table(output, left: 3, SuiteBars.Of(score).Select(b => new[] { "  " + SuiteWords.Of(b.Met), b.Measured, b.Text }));
    }

    private static void Print(TextWriter output, ConditionScore score)
    {
        output.WriteLine($"\n{score.Condition.Name}: {SuiteWords.Of(score.Condition)}");
        output.WriteLine($"  false alarms  {SuiteWords.Of(score.Alarms)}");
        output.WriteLine($"  detected      {SuiteWords.Share(score.DetectedShare)} by their own name, {SuiteWords.Share(score.NoticedShare)} by any");
        if (score.RecoveredShare is not null)
            output.WriteLine($"  recovered     {SuiteWords.Share(score.RecoveredShare)} of the runs with the {SuiteWords.Counting(score.Faults)} faults that a machine can recover from and that fail at least half of the runs without recovery");
        if (score.Besides.Any()) output.WriteLine($"  named besides {SuiteWords.Times(score.Besides)}");
        if (score.Broken > 0) output.WriteLine($"  broken        {score.Broken} runs ended by an error of the worker or the simulator, and count as failed");
        if (score.Faults.IsEmpty) return;
        output.WriteLine();
        Table(output, left: 1, score.Faults.Select(Row).Prepend(Head));
        var confused = score.Confusions.Where(n => n.Named != n.Injected).ToList();
        if (confused.Count == 0) return;
        output.WriteLine("\ntaken for another, by what was confirmed first:");
        Table(output, left: 2, confused.Select(n => new[] { "  " + n.Injected, n.Named == NamedAs.Nothing ? "nothing" : n.Named, $"{n.Times}" }));
    }

    private static string[] Row(FaultScore f) =>
    [
        SuiteWords.Name(f), Count(f.Struck), f.IsKnown ? Of(f.Detected, f.Struck) : SuiteWords.None, SuiteWords.Of(f.DelaySeconds), Count(f.NamedOtherwise), Count(f.Missed), Count(f.Besides.Length),
        f.NeedsPerson ? "asks" : SuiteWords.Of(f.Recovery), SuiteWords.Of(f.RecoverySeconds), Of(f.AskedSafely, f.Struck), SuiteWords.Of(f.Off), SuiteWords.Of(f.PlainRetry),
    ];

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Of(int of, int all) => all == 0 ? SuiteWords.None : $"{of}/{all}";

    /// <param name="left">So many columns begin at the left, as words do; the others end at the right, as numbers do.</param>
    private static void Table(TextWriter output, int left, IEnumerable<string[]> rows)
    {
        var lines = rows.ToList();
        var widths = lines[0].Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines) output.WriteLine(string.Join("  ", line.Select((cell, i) => i < left ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
    }
}
