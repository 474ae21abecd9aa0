using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot;

/// <summary>
/// Puts episodes together to a LeRobotDataset v3.0 (https://huggingface.co/docs/lerobot/lerobot-dataset-v3): a folder that training code reads as it is. Each episode keeps a film of its own,
/// so that no frame's time moves by joining them.
/// </summary>
/// <param name="name">Of the set, for people.</param>
public sealed class DatasetWriter(DatasetLayout layout, string name)
{
    private const long MostBytesInAFile = 100_000_000;
    private const int BytesOfANumber = 8;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the set. The films are copied.</summary>
    /// <param name="folder">Has its name only when it is whole; an older set of that name stays until then.</param>
    /// <param name="episodes">At least one, in their order.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public async Task WriteAsync(string folder, IReadOnlyList<DatasetEpisode> episodes, CancellationToken cancel)
    {
        var partial = folder + ".partial";
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        ImmutableArray<string> tasks = [.. episodes.Select(e => e.Task).Distinct()];
        ImmutableArray<string> subtasks = [.. episodes.SelectMany(e => e.Subtasks).Distinct()];
        var first = new int[episodes.Count];
        for (var i = 1; i < first.Length; i++) first[i] = first[i - 1] + episodes[i - 1].Length;
        var rows = episodes.Select((e, i) => Rows(e, i, first[i], tasks, subtasks)).ToList();
        var files = await WriteDataAsync(partial, rows, episodes, cancel);
        for (var i = 0; i < episodes.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            CopyFilms(partial, episodes[i], i);
        }
        await TextsTable.WriteAsync(partial, "task", tasks);
        if (layout.Features.Any(f => f.Key == DatasetLayout.Subtask)) await TextsTable.WriteAsync(partial, "subtask", subtasks);
        await EpisodesTable.WriteAsync(layout, partial, episodes, rows, files);
        Write(partial, "stats.json", StatisticsFile.Of(layout, episodes, rows));
        Write(partial, "info.json", InfoFile.Of(layout, episodes, tasks.Length));
        if (CamerasFile.Of(layout, episodes) is { } cameras)
        {
            Write(partial, "cameras.json", cameras);
            await File.WriteAllTextAsync(Path.Combine(partial, ChecksumsFile.Name), ChecksumsFile.Of(partial, layout, episodes), cancel);
        }
        await File.WriteAllTextAsync(Path.Combine(partial, "README.md"), DataCard.Of(layout, name, episodes), cancel);
        var older = folder + ".older";
        if (Directory.Exists(older)) Directory.Delete(older, recursive: true);
        if (Directory.Exists(folder)) Directory.Move(folder, older);
        Directory.Move(partial, folder);
        if (Directory.Exists(older)) Directory.Delete(older, recursive: true);
    }

    /// <summary>All columns of an episode, those that every set has among them.</summary>
    private Dictionary<string, double[]> Rows(DatasetEpisode episode, int number, int first, ImmutableArray<string> tasks, ImmutableArray<string> subtasks)
    {
        var rows = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var feature in layout.Features) rows[feature.Key] = Checked(episode, feature);
        if (rows.TryGetValue(DatasetLayout.Subtask, out var places)) rows[DatasetLayout.Subtask] = [.. places.Select(p => (double)subtasks.IndexOf(episode.Subtasks[(int)p]))];
        rows["timestamp"] = Each(i => (float)((double)i / layout.FramesPerSecond));
        rows["frame_index"] = Each(i => i);
        rows["episode_index"] = Each(_ => number);
        rows["index"] = Each(i => first + i);
        rows["task_index"] = Each(_ => tasks.IndexOf(episode.Task));
        return rows;

        double[] Each(Func<int, double> of) => [.. Enumerable.Range(0, episode.Length).Select(of)];
    }

    private static double[] Checked(DatasetEpisode episode, DatasetFeature feature)
    {
        var values = episode.Columns[feature.Key];
        if (values.Length != episode.Length * feature.Width)
            throw new ArgumentException($"{feature.Key} has {values.Length} numbers for {episode.Length} frames of {feature.Width}", nameof(episode));
        // As they are read again: statistics are of those.
        return feature.Type == DatasetType.Float32 ? [.. values.Select(v => (double)(float)v)] : values;
    }

    /// <returns>In which file each episode is.</returns>
    private async Task<int[]> WriteDataAsync(string folder, List<Dictionary<string, double[]>> rows, IReadOnlyList<DatasetEpisode> episodes, CancellationToken cancel)
    {
        var files = new int[episodes.Count];
        for (int first = 0, file = 0; first < episodes.Count; file++)
        {
            var count = 0;
            for (var bytes = 0L; first + count < episodes.Count && (count == 0 || bytes + Bytes(first + count) <= MostBytesInAFile); count++)
            {
                bytes += Bytes(first + count);
                files[first + count] = file;
            }
            var some = rows.Slice(first, count);
            ImmutableArray<ParquetColumn> columns = [.. layout.Columns.Select(f => Column(f, [.. some.SelectMany(r => r[f.Key])]))];
            await ParquetTableWriter.WriteAsync(Path.Combine(folder, "data", Chunk(file), $"file-{file % DatasetLayout.FilesInAChunk:000}.parquet"), columns, episodes.Skip(first).Take(count).Select(e => e.Length));
            cancel.ThrowIfCancellationRequested();
            first += count;
        }
        return files;

        long Bytes(int episode) => (long)episodes[episode].Length * layout.Columns.Sum(f => f.Width) * BytesOfANumber;
    }

    private static ParquetColumn Column(DatasetFeature feature, double[] values) => (feature.Type, feature.Width) switch
    {
        (DatasetType.Bool, 1) => ParquetColumn.Of<bool>(feature.Key, [.. values.Select(v => (bool?)(v != 0))]),
        (DatasetType.Int64, 1) => ParquetColumn.Of<long>(feature.Key, [.. values.Select(v => (long?)v)]),
        (DatasetType.Float32, 1) => ParquetColumn.Of<float>(feature.Key, [.. values.Select(v => (float?)v)]),
        (DatasetType.Float32, var width) => ParquetColumn.Lists<float>(feature.Key, [.. values.Select(v => (float)v).Chunk(width)]),
        _ => throw new ArgumentException($"{feature.Key}: only numbers with a fraction come in lists", nameof(feature)),
    };

    private void CopyFilms(string folder, DatasetEpisode episode, int number)
    {
        foreach (var camera in layout.Cameras)
        {
            var to = Path.Combine(folder, "videos", camera.Key, Chunk(number), $"file-{number % DatasetLayout.FilesInAChunk:000}.mp4");
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(episode.Films[camera.Name].File, to);
            foreach (var sidecar in episode.Films[camera.Name].Sidecars)
            {
                var beside = Path.Combine(folder, sidecar.Kind.FileOf(camera.Name, number));
                Directory.CreateDirectory(Path.GetDirectoryName(beside)!);
                File.Copy(sidecar.File, beside);
            }
        }
    }

    private static string Chunk(int file) => $"chunk-{file / DatasetLayout.FilesInAChunk:000}";

    private static void Write(string folder, string name, JsonObject json) => File.WriteAllText(Path.Combine(folder, "meta", name), json.ToJsonString(Indented) + "\n");
}
