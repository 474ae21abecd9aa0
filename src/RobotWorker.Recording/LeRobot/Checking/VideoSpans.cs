using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>The part of a video file that is an episode's.</summary>
/// <param name="First">The number of its first frame in the file.</param>
/// <param name="Sharers">How many episodes name the file.</param>
internal sealed record VideoSpan(int Episode, Feature Camera, string File, double From, long First, long Frames, int Sharers);

/// <summary>What the table of episodes says about videos.</summary>
internal static class VideoSpans
{
    /// <returns>The spans that are right by themselves and whose file is there, for a look into the videos.</returns>
    public static ImmutableArray<VideoSpan> Check(string folder, Info info, EpisodeTable table, ImmutableArray<long>? lengths, Findings findings) =>
        [.. info.Cameras.SelectMany(camera => Check(folder, info, camera, table, lengths, findings))];

    private static ImmutableArray<VideoSpan> Check(string folder, Info info, Feature camera, EpisodeTable table, ImmutableArray<long>? lengths, Findings findings)
    {
        double[]? Column(string name, string dtype) => table.Numbers($"videos/{camera.Key}/{name}", dtype, findings);
        var (chunks, files) = (Column("chunk_index", "int64"), Column("file_index", "int64"));
        var (froms, tos) = (Column("from_timestamp", "float64"), Column("to_timestamp", "float64"));
        if (chunks is null || files is null) return [];

        var names = Enumerable.Range(0, table.Rows).Select(e => DatasetFiles.Video(camera.Key, (long)chunks[e], (long)files[e])).ToList();
        var missing = table.Each($"videos/{camera.Key}/file_index", e => File.Exists(Path.Combine(folder, names[e])) ? null
            : $"with chunk_index names {names[e]}, which is missing", findings);
        WarnOfOthers(folder, camera, names, findings);
        if (froms is null || tos is null || lengths is not { } frames || frames.Length != table.Rows) return [];

        var starts = Starts(names, missing, frames, froms, info.Fps);
        var wrong = table.Each($"videos/{camera.Key}/from_timestamp", e => Told(froms[e], starts[e] / (double)info.Fps, "the frames before it in its file"), findings)
            .Union(table.Each($"videos/{camera.Key}/to_timestamp", e => Told(tos[e], (starts[e] + frames[e]) / (double)info.Fps, "from_timestamp and its own frames"), findings))
            .Union(missing);
        var sharers = names.CountBy(n => n).ToDictionary(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, table.Rows).Where(e => !wrong.Contains(e)).Select(e => new VideoSpan(e, camera, names[e], froms[e], starts[e], frames[e], sharers[names[e]]))];

        string? Told(double said, double right, string what) => Math.Abs(said - right) <= FrameCheck.Seconds ? null : $"is {said}, must be {right}: {what}, at {info.Fps} a second";
    }

    // The frame of its file with which each episode begins: where the one before it ended. Next to an episode whose file is missing nobody knows, and what the table says is taken.
    private static ImmutableArray<long> Starts(List<string> names, ImmutableHashSet<int> missing, ImmutableArray<long> frames, double[] froms, int fps)
    {
        var starts = ImmutableArray.CreateBuilder<long>();
        var ends = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var episode = 0; episode < names.Count; episode++)
        {
            var isUnknown = missing.Contains(episode) || missing.Contains(episode - 1);
            starts.Add(isUnknown ? (long)Math.Round(froms[episode] * fps) : ends.GetValueOrDefault(names[episode]));
            ends[names[episode]] = starts[episode] + frames[episode];
        }
        return starts.ToImmutable();
    }

    private static void WarnOfOthers(string folder, Feature camera, List<string> names, Findings findings)
    {
        foreach (var other in DatasetFiles.Below(folder, $"videos/{camera.Key}", "mp4").Except(names)) findings.Warn(other, "", "no episode names this file");
    }
}
