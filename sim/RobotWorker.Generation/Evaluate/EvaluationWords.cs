using System.Globalization;
using RobotWorker.Dependability;

namespace RobotWorker.Generation.Evaluate;

/// <summary>A score's figures as people read them, on the terminal as on the page.</summary>
public static class EvaluationWords
{
    /// <summary>Names the columns of <see cref="Row"/>.</summary>
    public static readonly string[] Head = ["task", "succeeded", "share", "95 % interval", .. TaskScore.InARow.Skip(1).Select(k => $"pass^{k}"), "median time"];

    private const string None = "-";

    public static string Seeds(EvaluationSuite suite) => $"Seeds {suite.Seed} to {suite.Seed + (ulong)suite.Episodes - 1}, in simulation";

    /// <summary>Null: nothing was left out.</summary>
    public static string? LeftOut(EvaluationScore score) => score.LeftOut == 0
        ? null
        : $"{score.LeftOut} runs are left out: they were not made, or a data set has no episode with their seed.";

    public static string[] Row(TaskScore score)
    {
        var share = score.Success.Wilson(EvaluationScore.Confidence);
        return
        [
            score.Task + (score.Broken > 0 ? $" ({score.Broken} broken)" : ""), $"{score.Success.Of}/{score.Success.All}", Percent(share.Value), $"{Percent(share.Lower)} to {Percent(share.Upper)}",
            .. TaskScore.InARow.Skip(1).Select(k => Percent(score.Success.AllOf(k))), score.MedianSeconds is { } seconds ? $"{Number(seconds, "0.0")} s" : None,
        ];
    }

    /// <summary>A head, and a row for each of the worker's verdicts.</summary>
    public static IEnumerable<string[]> Matrix(VerdictMatrix matrix) =>
        Enum.GetValues<Verdict>().Select(verdict => new[] { Word(verdict), $"{matrix[verdict, true]}", $"{matrix[verdict, false]}" }).Prepend(["", "goal met", "goal not met"]);

    public static string Of(EvaluationScore score, PairedComparison comparison)
    {
        var (first, second, difference) = (score.Policies[0].Policy, score.Policies[1].Policy, comparison.Difference(EvaluationScore.Confidence));
        return comparison.Pairs == 0
            ? $"{first} and {second} have no seed in common"
            : $"{first} less {second}, over {comparison.Pairs} pairs of runs with the same seed: {Points(difference.Value)} (95 %: {Points(difference.Lower)} to {Points(difference.Upper)}); "
              + $"only the first succeeded in {comparison.OnlyFirst}, only the second in {comparison.OnlySecond}, p = {Number(comparison.P, "0.0000")} (McNemar, exact)";
    }

    /// <summary>Names the columns of <see cref="Why"/>.</summary>
    public static readonly string[] WhyHead = ["policy", "task", "seed", "the worker says", "in truth", "why"];

    /// <summary>A run that did not succeed.</summary>
    public static string[] Why(EvaluationOutcome outcome) =>
        [outcome.Run.Policy, outcome.Run.Task, $"{outcome.Run.Seed}", Word(outcome.Verdict), outcome.GoalMet ? "goal met" : "goal not met", outcome.Error ?? outcome.Reason];

    public static string Percent(double? share) => share is { } known ? $"{Number(100 * known, "0.0")} %" : None;

    private static string Points(double? share) => share is { } known ? $"{Number(100 * known, "+0.0;-0.0;0.0")} points" : None;

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Success => "it is done",
        Verdict.Failure => "it is not done",
        Verdict.Unknown => "not known",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "no such verdict"),
    };

    private static string Number(double value, string form) => value.ToString(form, CultureInfo.InvariantCulture);
}
