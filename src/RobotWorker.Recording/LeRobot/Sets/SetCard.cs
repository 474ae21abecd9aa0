using System.Globalization;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>README.md of a set that was made of others (https://huggingface.co/docs/hub/datasets-cards).</summary>
internal static class SetCard
{
    public static string Of(SetSummary set)
    {
        var (layout, frames) = (set.Content.Layout, set.Content.Frames);
        return string.Create(CultureInfo.InvariantCulture, $"""
            ---
            {Licences(set.Content)}task_categories: [robotics]
            tags: [LeRobot, {layout.RobotType ?? "robot"}]
            configs:
            - config_name: default
              data_files: data/*/*.parquet
            ---
            # {set.Content.Name}

            {set.Episodes.Length} episodes, {frames} frames at {layout.FramesPerSecond} a second ({(double)frames / layout.FramesPerSecond:0} s), of the robot `{layout.RobotType ?? "unknown"}`.

            {set.Content.Origin} Where each episode comes from stands in the table of episodes, as before; pictures were not encoded anew.

            | task | episodes |
            |---|---|
            {string.Join('\n', set.Tasks.Select(t => $"| {t.Replace('|', '/')} | {set.Episodes.Count(e => e.Tasks.Contains(t))} |"))}

            | feature | dimensions |
            |---|---|
            {string.Join('\n', layout.Features.Where(f => !f.IsPosition).Select(f => $"| `{f.Key}` | {(f.IsPicture ? $"{f.Shape[1]} x {f.Shape[0]} pixels" : string.Join(", ", f.Names))} |"))}

            """);
    }

    // As the sources' cards say it, where they say the same.
    private static string Licences(SetContent content)
    {
        var said = content.Sources.Select(s => Path.Combine(s.Folder, "README.md")).Where(File.Exists)
            .Select(f => File.ReadLines(f).FirstOrDefault(l => l.StartsWith("license:", StringComparison.Ordinal))).Distinct().ToList();
        return said is [{ } one] ? one + "\n" : "";
    }
}
