using RobotWorker.Generation.Evaluate;

namespace RobotWorker.Cli.Views;

/// <summary>What an evaluation came to, as tables.</summary>
internal static class EvaluationView
{
    // The page has them all.
    private const int MostFailed = 10;

    public static void Print(TextWriter output, EvaluationScore score)
    {
        output.WriteLine($"{score.Suite.Name}. {EvaluationWords.Seeds(score.Suite)}");
        if (EvaluationWords.LeftOut(score) is { } left) output.WriteLine(left);
        foreach (var policy in score.Policies) Print(output, policy);
        if (!score.Failed.IsEmpty) output.WriteLine($"\n{(score.Failed.Length > MostFailed ? $"The first {MostFailed} of {score.Failed.Length} runs" : "Runs")} that did not succeed:");
        foreach (var outcome in score.Failed.Take(MostFailed)) output.WriteLine($"  {string.Join(", ", EvaluationWords.Why(outcome))}");
        if (score.Comparison is { } comparison) output.WriteLine($"\n{EvaluationWords.Of(score, comparison)}");
    }

    private static void Print(TextWriter output, PolicyScore policy)
    {
        output.WriteLine($"\n{policy.Policy}");
        Table(output, policy.Rows.Select(EvaluationWords.Row).Prepend(EvaluationWords.Head));
        output.WriteLine("  the worker's word against the simulator's truth:");
        Table(output, EvaluationWords.Matrix(policy.All.Verdicts));
    }

    // Words begin at the left, numbers end at the right.
    private static void Table(TextWriter output, IEnumerable<string[]> rows)
    {
        var lines = rows.ToList();
        var widths = lines[0].Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines) output.WriteLine("  " + string.Join("  ", line.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
    }
}
