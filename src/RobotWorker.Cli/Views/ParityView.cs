using RobotWorker.Generation.Parity;

namespace RobotWorker.Cli.Views;

/// <summary>How alike a plan went on two robots, as tables.</summary>
internal static class ParityView
{
    public static void Print(TextWriter output, ParityReport report, string nameA, string nameB)
    {
        output.WriteLine($"{report.Plan} on two robots");
        output.WriteLine($"  A  {nameA}: {ParityWords.Of(report.A)}");
        output.WriteLine($"  B  {nameB}: {ParityWords.Of(report.B)}");
        output.WriteLine($"{ParityWords.Distance(report)}\n{ParityWords.Agreement(report)}\n");
        Table(output, ParityWords.PhaseRows(report).Prepend(ParityWords.PhaseHead));
        if (ParityWords.DifferenceRows(report).ToList() is { Count: > 0 } different)
        {
            output.WriteLine("\nBeliefs that differ:");
            Table(output, different.Prepend(ParityWords.DifferenceHead));
        }
        output.WriteLine();
        Table(output, ParityWords.LatencyRows(report).Prepend(ParityWords.LatencyHead));
    }

    // Words begin at the left, numbers end at the right.
    private static void Table(TextWriter output, IEnumerable<string[]> rows)
    {
        var lines = rows.ToList();
        var widths = lines[0].Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines) output.WriteLine("  " + string.Join("  ", line.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
    }
}
