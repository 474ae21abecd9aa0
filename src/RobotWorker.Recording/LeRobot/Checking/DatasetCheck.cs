using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>
/// Whether a LeRobot data set of version 3.0 is as its readers demand it. This is a check equivalent to what readers do, and no proof that LeRobot loads the set. It shares
/// no code with the writer and reads with another Parquet library, so that both cannot be wrong in the same way.
/// </summary>
public static class DatasetCheck
{
    /// <summary>Everything that is wrong. A file that is missing or cannot be read is a finding; what depends on it is then left out.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ImmutableArray<Finding> Run(string folder, CancellationToken cancel)
    {
        var findings = new Findings();
        if (InfoReader.Read(folder, findings) is { } info) Check(folder, info, findings, cancel);
        return findings.All;
    }

    /// <summary>How much a data set says that it holds, or null where it does not say so.</summary>
    public static DatasetSize? SizeOf(string folder) =>
        InfoReader.Read(folder, new Findings()) is { Episodes: { } episodes, Frames: { } frames } info ? new(episodes, frames, info.Cameras.Count()) : null;

    private static void Check(string folder, Info info, Findings findings, CancellationToken cancel)
    {
        var tasks = TextTable.Read(folder, DatasetFiles.Tasks, "task", findings);
        var subtasks = info.Column("subtask_index") is null ? null : TextTable.Read(folder, DatasetFiles.Subtasks, "subtask", findings);
        var data = DataFiles.Open(folder, info, findings);
        using var table = EpisodeTable.Open(folder, findings);
        info.CheckTotals(table?.Rows, data?.Rows, tasks?.Length, findings);
        cancel.ThrowIfCancellationRequested();

        // The columns that tell rows apart are needed in many places; every other one is read once, for its statistics.
        var kept = new Dictionary<string, double[]?>(StringComparer.Ordinal);
        double[]? Column(Feature feature)
        {
            cancel.ThrowIfCancellationRequested();
            if (!FrameCheck.Columns.Contains(feature.Key)) return data?.Numbers(feature, findings);
            if (!kept.TryGetValue(feature.Key, out var values)) kept[feature.Key] = values = data?.Numbers(feature, findings);
            return values;
        }
        double[]? Named(string key) => info.Column(key) is { Width: 1 } feature ? Column(feature) : null;

        var rows = table is null ? null : EpisodeRows.Of(table, findings);
        var said = rows is { From: { } from, To: { } to } ? Segment.Of(from.Zip(to, (first, last) => new Segment((long)first, (long)last)), data?.Rows ?? (long)to.LastOrDefault()) : null;
        var segments = data is null ? null : FrameCheck.Episodes(data, Named("episode_index"), said, findings);
        if (data is not null) FrameCheck.Check(data, info, segments, Named, tasks?.Length, subtasks?.Length, findings);
        if (table is not null)
        {
            EpisodeCheck.Check(table, rows!, data, segments, findings);
            EpisodeCheck.CheckTasks(table, tasks, Named("task_index"), segments, findings);
            TwinCheck.Check(folder, table, findings);
        }
        foreach (var text in info.Columns.Where(f => f.Dtype == "string")) Column(text);    // for nulls: nothing else can be said of texts
        StatisticsCheck.Check(folder, info, Column, segments, table, findings, cancel);
        if (data is not null) CameraPoses.Check(data, info, findings);
        var sidecars = CamerasCheck.Check(folder, info, table?.Rows, findings);
        ChecksumsCheck.Check(folder, findings, cancel);
        if (table is null) return;
        var lengths = segments is { } known ? known.Select(s => s.Length) : rows!.Lengths?.Select(l => (long)l);
        var spans = VideoSpans.Check(folder, info, table, lengths?.ToImmutableArray(), findings);
        var times = Named("timestamp");
        VideoCheck.Check(folder, spans, (episode, frame) => times is not null && segments is { } all ? times[all[episode].From + frame] : frame / (double)info.Fps, findings, cancel);
        SidecarCheck.Check(folder, sidecars, spans, info.Fps, findings, cancel);
    }
}
