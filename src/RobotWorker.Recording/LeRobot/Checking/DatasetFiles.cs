using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>How the files of a data set of version 3.0 are called.</summary>
internal static partial class DatasetFiles
{
    public const string Info = "meta/info.json";
    public const string Stats = "meta/stats.json";
    public const string Tasks = "meta/tasks.parquet";
    public const string Subtasks = "meta/subtasks.parquet";
    public const string DataTemplate = "data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet";
    public const string VideoTemplate = "videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4";

    public static string Data(long chunk, long file) => $"data/chunk-{chunk:000}/file-{file:000}.parquet";

    public static string Video(string camera, long chunk, long file) => $"videos/{camera}/chunk-{chunk:000}/file-{file:000}.mp4";

    /// <summary>Every file that a reader's pattern <c>top/*/*.ext</c> finds, sorted as the reader sorts: by its text.</summary>
    public static ImmutableArray<string> Below(string folder, string top, string extension)
    {
        var root = Path.Combine(folder, top);
        if (!Directory.Exists(root)) return [];
        return [.. Directory.EnumerateDirectories(root).SelectMany(chunk => Directory.EnumerateFiles(chunk, $"*.{extension}"))
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
    }

    /// <summary>Chunk and file of a name, or null where it is not as the template has it.</summary>
    public static (int Chunk, int File)? Numbers(string file) => Numbered().Match(file) is { Success: true } match
        ? (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex(@"/chunk-(\d{3,6})/file-(\d{3,6})\.(?:parquet|mp4|mkv)$")]
    private static partial Regex Numbered();
}
