using System.Globalization;
using RobotWorker.Generation.Scoring;

namespace RobotWorker.Cli.Views;

/// <summary>The scores of detectors as a table.</summary>
internal static class ScoreView
{
    public static void Print(TextWriter output, SeriesScoringResult result)
    {
        output.WriteLine(
            $"{Count(result.Files, "file")}, {Count(result.Rows, "row")} scored, {result.Anomalous} of them labelled as anomalous; the first {result.Options.TrainingRows} rows of each file are learned from; "
            + $"a normal row is to be alarmed with probability {result.Options.FalseAlarmProbability.ToString("0.#########", CultureInfo.InvariantCulture)}");
        output.WriteLine();
        output.WriteLine($"{"detector",-22} {"F1",6} {"false alarms",13} {"missed",9}   {"NAB standard",12} {"low FP",8} {"low FN",8}");
        foreach (var score in result.Scores)
        {
            var (of, nab) = (score.Confusion, score.Nab);
            output.WriteLine($"{score.Detector,-22} {Number(of.F1, "0.000"),6} {Share(of.FalseAlarmRate),13} {Share(of.MissedAlarmRate),9}   {Points(nab[0].Normalized),12} {Points(nab[1].Normalized),8} {Points(nab[2].Normalized),8}");
        }
    }

    private static string Count(long count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string Share(double value) => double.IsNaN(value) ? "-" : $"{100 * value:0.00} %";

    private static string Points(double value) => Number(value, "0.0");

    private static string Number(double value, string form) => double.IsNaN(value) ? "-" : value.ToString(form, CultureInfo.InvariantCulture);
}
