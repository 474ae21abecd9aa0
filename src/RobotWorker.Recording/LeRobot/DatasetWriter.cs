using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot;

/// <summary>
/// Puts episodes together to a LeRobotDataset v3.0 (https://huggingface.co/docs/lerobot/lerobot-dataset-v3): a folder that training code reads as it is. Each episode keeps a film of its own,
/// so that no frame's time moves by joining them.
/// </summary>
public sealed class DatasetWriter(DatasetLayout layout)
{
    private const int FilesInAChunk = 1000;
    private const long MostBytesInAFile = 100_000_000;
    private const int BytesOfANumber = 8;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the set. The films are copied, or linked where the file system can.</summary>
    /// <param name="folder">Must not be there yet; it has its name only when it is whole.</param>
    /// <param name="episodes">At least one, in their order.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public async Task WriteAsync(string folder, IReadOnlyList<DatasetEpisode> episodes, CancellationToken cancel)
    {
        var partial = folder + ".partial";
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        ImmutableArray<string> tasks = [.. episodes.Select(e => e.Task).Distinct()];
        ImmutableArray<string> subtasks = [.. episodes.SelectMany(e => e.Subtasks).Distinct()];
        var rows = episodes.Select((e, i) => Rows(e, i, tasks, subtasks, episodes)).ToList();
        var files = await WriteDataAsync(partial, rows, episodes, cancel);
        foreach (var (episode, i) in episodes.Select((e, i) => (e, i))) CopyFilms(partial, episode, i);
        await WriteTextsAsync(partial, "task", tasks);
        if (layout.Features.Any(f => f.Key == DatasetLayout.Subtask)) await WriteTextsAsync(partial, "subtask", subtasks);
        await WriteEpisodesAsync(partial, episodes, rows, files);
        Write(partial, "stats.json", Statistics(episodes, rows));
        Write(partial, "info.json", Info(episodes, tasks.Length));
        Directory.Move(partial, folder);
    }

    /// <summary>All columns of an episode, those that every set has among them.</summary>
    private Dictionary<string, double[]> Rows(DatasetEpisode episode, int number, ImmutableArray<string> tasks, ImmutableArray<string> subtasks, IReadOnlyList<DatasetEpisode> all)
    {
        var rows = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var first = all.Take(number).Sum(e => e.Length);
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
            await ParquetTable.WriteAsync(Path.Combine(folder, "data", Chunk(file), $"file-{file % FilesInAChunk:000}.parquet"), columns, episodes.Skip(first).Take(count).Select(e => e.Length));
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
            var to = Path.Combine(folder, "videos", camera.Key, Chunk(number), $"file-{number % FilesInAChunk:000}.mp4");
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(episode.Films[camera.Name].File, to);
        }
    }

    /// <summary>Readers take the text from pandas' index, which the footer names.</summary>
    private static Task WriteTextsAsync(string folder, string name, ImmutableArray<string> texts)
    {
        var pandas = new JsonObject
        {
            ["index_columns"] = new JsonArray(name), ["column_indexes"] = new JsonArray(),
            ["columns"] = new JsonArray(PandasColumn($"{name}_index", "int64", "int64"), PandasColumn(name, "unicode", "object")),
            ["creator"] = new JsonObject { ["library"] = "robotworker", ["version"] = "1" }, ["pandas_version"] = "2.2.0",
        };
        return ParquetTable.WriteAsync(
            Path.Combine(folder, "meta", $"{name}s.parquet"), [ParquetColumn.Of<long>($"{name}_index", [.. texts.Select((_, i) => (long?)i)]), ParquetColumn.Of(name, texts)], [texts.Length],
            new Dictionary<string, string> { ["pandas"] = pandas.ToJsonString() });
    }

    private static JsonObject PandasColumn(string name, string pandas, string numpy) =>
        new() { ["name"] = name, ["field_name"] = name, ["pandas_type"] = pandas, ["numpy_type"] = numpy, ["metadata"] = null };

    private Task WriteEpisodesAsync(string folder, IReadOnlyList<DatasetEpisode> episodes, List<Dictionary<string, double[]>> rows, int[] files)
    {
        var first = new long[episodes.Count];
        for (var i = 1; i < first.Length; i++) first[i] = first[i - 1] + episodes[i - 1].Length;
        var columns = new List<ParquetColumn>
        {
            Numbers("episode_index", (_, i) => i),
            ParquetColumn.Lists("tasks", [.. episodes.Select(e => (IReadOnlyList<string>)[e.Task])]),
            Numbers("length", (e, _) => e.Length),
            Numbers("data/chunk_index", (_, i) => files[i] / FilesInAChunk), Numbers("data/file_index", (_, i) => files[i] % FilesInAChunk),
            Numbers("dataset_from_index", (_, i) => first[i]), Numbers("dataset_to_index", (e, i) => first[i] + e.Length),
            Numbers("meta/episodes/chunk_index", (_, _) => 0), Numbers("meta/episodes/file_index", (_, _) => 0),
        };
        foreach (var key in layout.Cameras.Select(c => $"videos/{c.Key}"))
        {
            columns.Add(Numbers($"{key}/chunk_index", (_, i) => i / FilesInAChunk));
            columns.Add(Numbers($"{key}/file_index", (_, i) => i % FilesInAChunk));
            columns.Add(ParquetColumn.Of<double>($"{key}/from_timestamp", [.. episodes.Select(_ => (double?)0)]));
            columns.Add(ParquetColumn.Of<double>($"{key}/to_timestamp", [.. episodes.Select(e => (double?)e.Length / layout.FramesPerSecond)]));
        }
        columns.AddRange(OfEach(episodes, rows));
        columns.AddRange(Provenance(episodes));
        return ParquetTable.WriteAsync(Path.Combine(folder, "meta", "episodes", "chunk-000", "file-000.parquet"), columns, [episodes.Count]);

        ParquetColumn Numbers(string name, Func<DatasetEpisode, int, long> of) => ParquetColumn.Of<long>(name, [.. episodes.Select((e, i) => (long?)of(e, i))]);
    }

    /// <summary>The statistics of every episode.</summary>
    private IEnumerable<ParquetColumn> OfEach(IReadOnlyList<DatasetEpisode> episodes, List<Dictionary<string, double[]>> rows)
    {
        foreach (var feature in layout.Columns)
            foreach (var column in Lists(feature.Key, [.. rows.Select(r => FeatureStatistics.Of(r[feature.Key], feature.Width))])) yield return column;
    }

    private static IEnumerable<ParquetColumn> Lists(string key, ImmutableArray<FeatureStatistics> all)
    {
        yield return One("min", s => s.Least);
        yield return One("max", s => s.Most);
        yield return One("mean", s => s.Mean);
        yield return One("std", s => s.Deviation);
        yield return ParquetColumn.Lists<long>($"stats/{key}/count", [.. all.Select(s => (IReadOnlyList<long>)[s.Count])]);
        for (var q = 0; q < all[0].Quantiles.Length; q++)
        {
            var place = q;
            yield return One(all[0].Quantiles[q].Name, s => s.Quantiles[place].Values);
        }

        ParquetColumn One(string name, Func<FeatureStatistics, double[]> of) => ParquetColumn.Lists<double>($"stats/{key}/{name}", [.. all.Select(of)]);
    }

    private static IEnumerable<ParquetColumn> Provenance(IReadOnlyList<DatasetEpisode> episodes)
    {
        ImmutableArray<EpisodeProvenance> all = [.. episodes.Select(e => e.Provenance)];
        yield return Long("seed", p => p.Seed);
        yield return Text("plan_sha256", p => p.Plan);
        yield return Text("scene_sha256", p => p.Scene);
        yield return Text("robot", p => p.Robot);
        yield return Text("simulator", p => p.Simulator);
        yield return Text("generator_version", p => p.Version);
        yield return Long("wording_template", p => p.Wording);
        yield return Text("outcome", p => p.Outcome);
        yield return ParquetColumn.Of<bool>("success", [.. all.Select(p => (bool?)p.Succeeded)]);
        yield return ParquetColumn.Of<bool>("goal_met", [.. all.Select(p => (bool?)p.GoalMet)]);
        yield return Text("failure_mode", p => p.FailureMode);
        yield return Text("fault", p => p.Fault);
        yield return Double("fault_onset_s", p => p.FaultOnset);
        yield return Double("fault_end_s", p => p.FaultEnd);
        yield return Double("recovery_start_s", p => p.RecoveryStart);
        yield return Long("recoveries", p => p.Recoveries);
        yield return Double("sampling_weight", p => p.Weight);

        ParquetColumn Long(string name, Func<EpisodeProvenance, long> of) => ParquetColumn.Of<long>(name, [.. all.Select(p => (long?)of(p))]);
        ParquetColumn Double(string name, Func<EpisodeProvenance, double?> of) => ParquetColumn.Of<double>(name, [.. all.Select(of)]);
        ParquetColumn Text(string name, Func<EpisodeProvenance, string> of) => ParquetColumn.Of(name, [.. all.Select(of)]);
    }

    private JsonObject Statistics(IReadOnlyList<DatasetEpisode> episodes, List<Dictionary<string, double[]>> rows)
    {
        var all = new JsonObject();
        foreach (var feature in layout.Columns)
            all[feature.Key] = Json(FeatureStatistics.Of([.. rows.SelectMany(r => r[feature.Key])], feature.Width), v => [.. v.Select(d => JsonValue.Create(d))]);
        foreach (var camera in layout.Cameras)
        {
            var sum = new long[3 * 256];
            foreach (var film in episodes.Select(e => e.Films[camera.Name]))
                for (var i = 0; i < sum.Length; i++) sum[i] += film.Histogram[i];
            all[camera.Key] = Json(FeatureStatistics.OfPictures(sum, episodes.Sum(e => (long)e.Films[camera.Name].Frames)), v => [.. v.Select(d => new JsonArray(new JsonArray(d)))]);
        }
        return all;
    }

    private static JsonObject Json(FeatureStatistics s, Func<double[], JsonArray> shape)
    {
        var json = new JsonObject
        {
            ["min"] = shape(s.Least), ["max"] = shape(s.Most), ["mean"] = shape(s.Mean), ["std"] = shape(s.Deviation), ["count"] = new JsonArray(s.Count),
        };
        foreach (var (name, values) in s.Quantiles) json[name] = shape(values);
        return json;
    }

    private JsonObject Info(IReadOnlyList<DatasetEpisode> episodes, int tasks)
    {
        var features = new JsonObject();
        foreach (var feature in layout.Features)
            features[feature.Key] = new JsonObject { ["dtype"] = Word(feature.Type), ["shape"] = new JsonArray(feature.Width), ["names"] = new JsonArray([.. feature.Names.Select(n => JsonValue.Create(n))]) };
        foreach (var camera in layout.Cameras) features[camera.Key] = Video(camera);
        foreach (var feature in DatasetLayout.Mandatory) features[feature.Key] = new JsonObject { ["dtype"] = Word(feature.Type), ["shape"] = new JsonArray(1), ["names"] = null };
        return new()
        {
            ["codebase_version"] = "v3.0", ["robot_type"] = layout.RobotType, ["total_episodes"] = episodes.Count, ["total_frames"] = episodes.Sum(e => e.Length), ["total_tasks"] = tasks,
            ["chunks_size"] = FilesInAChunk, ["data_files_size_in_mb"] = 100, ["video_files_size_in_mb"] = 200, ["fps"] = layout.FramesPerSecond,
            ["splits"] = new JsonObject { ["train"] = $"0:{episodes.Count}" },
            ["data_path"] = "data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet",
            ["video_path"] = layout.Cameras.IsEmpty ? null : "videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4",
            ["features"] = features,
        };
    }

    private JsonObject Video(DatasetCamera camera) => new()
    {
        ["dtype"] = "video", ["shape"] = new JsonArray(camera.Height, camera.Width, 3), ["names"] = new JsonArray("height", "width", "channels"),
        ["info"] = new JsonObject
        {
            ["video.height"] = camera.Height, ["video.width"] = camera.Width, ["video.codec"] = "h264", ["video.pix_fmt"] = "yuv420p", ["video.is_depth_map"] = false,
            ["video.fps"] = layout.FramesPerSecond, ["video.channels"] = 3, ["has_audio"] = false, ["is_depth_map"] = false,
        },
    };

    private static string Word(DatasetType type) => type switch { DatasetType.Float32 => "float32", DatasetType.Int64 => "int64", _ => "bool" };

    private static string Chunk(int file) => $"chunk-{file / FilesInAChunk:000}";

    private static void Write(string folder, string name, JsonObject json) => File.WriteAllText(Path.Combine(folder, "meta", name), json.ToJsonString(Indented) + "\n");
}
