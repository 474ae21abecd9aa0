using System.Collections.Immutable;
using System.Globalization;
using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Cli.Views;

/// <summary>What a data set holds, as lines.</summary>
internal static class SetStatisticsView
{
    private const int MostRows = 12;

    public static void Print(SetStatistics set, TextWriter output)
    {
        var cameras = set.Cameras.Length == 0 ? "no cameras" : string.Join(", ", set.Cameras.Select(c => $"{c.Key} {c.Width} x {c.Height}"));
        Line($"{set.Name}: LeRobot {set.Version}, robot {set.Robot ?? "unknown"}, {set.FramesPerSecond} frames a second, {cameras}");
        Line($"{set.Episodes} episodes, {set.Frames} frames, {set.Seconds:0.0} s");
        Line($"Lengths:  {Length(set.Lengths.Min)} to {Length(set.Lengths.Max)}, median {Length(set.Lengths.Median)}");
        if (set.Recoveries is { } made) Line($"Recoveries: {made.Recoveries}, in {made.Episodes} of {set.Episodes} episodes");
        Counts("Outcomes", set.Outcomes, set.Episodes);
        Counts("Faults", set.Faults, set.Episodes);
        Counts("Tasks", set.Tasks, set.Episodes);
        Counts("Subtasks, by frames", set.Subtasks, set.Frames);
        output.WriteLine();
        var width = set.Features.Select(f => Name(f).Length).DefaultIfEmpty().Max();
        Line($"{"Feature".PadRight(width)}  {"min",10} {"1 %",10} {"median",10} {"99 %",10} {"max",10} {"mean",10} {"std",10}");
        foreach (var f in set.Features)
            Line($"{Name(f).PadRight(width)}  {Number(f.Min)} {Number(f.Q01)} {Number(f.Median)} {Number(f.Q99)} {Number(f.Max)} {Number(f.Mean)} {Number(f.Std)}");

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

        string Length(double frames) => string.Create(CultureInfo.InvariantCulture, $"{frames:0.#} frames ({frames / set.FramesPerSecond:0.0} s)");

        void Counts(string title, ImmutableArray<Counted> rows, long all)
        {
            if (rows.Length == 0) return;
            Line($"{title}:");
            foreach (var row in rows.Take(MostRows)) Line($"  {row.Count,7}  {100.0 * row.Count / all,5:0.0} %  {row.What}");
            if (rows.Length > MostRows) Line($"  and {rows.Length - MostRows} more");
        }
    }

    private static string Name(FeatureRange range) => range.Name == range.Feature ? range.Feature : $"{range.Feature} {range.Name}";

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture).PadLeft(10);
}
