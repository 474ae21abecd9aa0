using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>What else lies in <c>meta</c> (such as modality.json): carried where it is the same in all sources, for then it is no matter of single episodes.</summary>
internal static class OtherFiles
{
    private static readonly ImmutableArray<string> Known =
        ["info.json", "stats.json", "tasks.parquet", "subtasks.parquet", "tasks.jsonl", "subtasks.jsonl", "episodes.jsonl", "episodes_stats.jsonl", SetCameras.Name, SetCameras.Checksums];

    private static readonly ImmutableArray<string> Folders = ["meta", "data", "videos", SetCameras.Folder];

    /// <returns>What was left behind, each in a line.</returns>
    public static ImmutableArray<string> Carry(string folder, SetContent content)
    {
        var left = ImmutableArray.CreateBuilder<string>();
        var sources = content.Sources.ToList();
        foreach (var name in sources.SelectMany(s => Directory.EnumerateFiles(Path.Combine(s.Folder, "meta"))).Select(f => Path.GetFileName(f)).Distinct().Except(Known).Order(StringComparer.Ordinal))
        {
            var files = sources.Select(s => Path.Combine(s.Folder, "meta", name)).ToList();
            if (files.All(File.Exists) && files.Skip(1).All(f => File.ReadAllBytes(f).AsSpan().SequenceEqual(File.ReadAllBytes(files[0])))) File.Copy(files[0], Path.Combine(folder, "meta", name));
            else left.Add($"meta/{name}: it is not the same in all sets");
        }
        left.AddRange(sources.SelectMany(s => Directory.EnumerateDirectories(s.Folder)).Select(d => Path.GetFileName(d)).Distinct().Except(Folders).Where(d => !d.StartsWith('.')).Order(StringComparer.Ordinal)
            .Select(d => $"{d}: no part of the format"));
        return left.ToImmutable();
    }
}
