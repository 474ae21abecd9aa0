using System.Text.Json.Nodes;

namespace RobotWorker.Tests.Recording.LeRobot.Checking;

/// <summary>
/// A valid data set of three episodes (5, 4 and 6 frames at 10 a second), of which two share a file, in memory, where a test can spoil it: first the data, from which the statistics
/// are then made, so that they do not tell on it; then everything else; at last the files.
/// </summary>
internal sealed class TinySet
{
    public const string Camera = "observation.images.front";
    public const int Size = 32;

    private static readonly string[] Statistics = ["min", "max", "mean", "std", "count", "q01", "q10", "q50", "q90", "q99"];
    private static readonly int[] Lengths = [5, 4, 6];

    private readonly bool hasCamera;

    private TinySet(bool hasCamera) => this.hasCamera = hasCamera;

    public JsonObject Info { get; private init; } = [];

    public JsonObject Stats { get; } = [];

    public TinyTable Tasks { get; private init; } = new();

    public TinyTable Subtasks { get; private init; } = new();

    /// <summary>Episodes 0 and 1 are in the first file, 2 is in the second.</summary>
    public TinyTable[] Data { get; private init; } = [];

    public TinyTable[] Episodes { get; private init; } = [];

    public JsonObject Features => Info["features"]!.AsObject();

    public static TinySet Make(bool camera) => new(camera)
    {
        Info = MakeInfo(camera),
        Tasks = Texts("task", "put the cup on the shelf", "put the can into the bin"),
        Subtasks = Texts("subtask", "reach", "grasp", "carry"),
        Data = [MakeData(0, 1), MakeData(2)],
        Episodes = [MakeEpisodes(camera, 0, 1), MakeEpisodes(camera, 2)],
    };

    /// <summary>Makes its three episodes those of a pair: 0 is struck by a fault after 0.3 s, 1 by none, and 2 does not recover.</summary>
    public TinySet Pair()
    {
        string[] roles = ["faulted", "fault_free", "no_recovery"];
        foreach (var (table, rows) in Episodes.Zip<TinyTable, int[]>([[0, 1], [2]]))
        {
            table["seed"] = rows.Select(_ => 7L).ToArray();
            table["pair_role"] = rows.Select(e => roles[e]).ToArray();
            table["pair_onset_s"] = rows.Select(_ => (double?)0.3).ToArray();
            for (var twin = 0; twin < roles.Length; twin++)
            {
                var index = twin;
                table[$"{roles[twin]}_twin_index"] = rows.Select(e => e == index ? (long?)null : index).ToArray();
                table[$"{roles[twin]}_twin_set"] = rows.Select(_ => "").ToArray();
            }
        }
        return this;
    }

    /// <summary>Makes the statistics, over everything and of each episode, from the data as it is now.</summary>
    public void Sum()
    {
        foreach (var (key, feature) in Features.ToList())
        {
            if (feature!["dtype"]!.GetValue<string>() is "video" or "string") continue;
            var files = Data.Where(d => d.Columns.Any(c => c.Name == key)).Select(d => Rows(d[key])).ToArray();
            if (files.Length < Data.Length) continue;
            double[][][] episodes = [files[0][..5], files[0][5..], files[1]];
            var shape = feature["shape"]!.AsArray().Select(n => n!.GetValue<int>()).ToArray();
            Stats[key] = new JsonObject(Statistics.Select(s => KeyValuePair.Create<string, JsonNode?>(s, Nested(Sum(s, [.. files.SelectMany(f => f)]), s == "count" ? [1] : shape))));
            foreach (var statistic in Statistics)
            {
                var column = $"stats/{key}/{statistic}";
                var all = episodes.Select(e => Sum(statistic, e)).ToArray();
                for (var file = 0; file < 2; file++)
                {
                    var own = file == 0 ? all[..2] : all[2..];
                    Episodes[file][column] = shape.Length == 1 || statistic == "count" ? own : own.Select(o => o.Chunk(shape[1]).ToArray()).ToArray();
                }
            }
        }
        if (!hasCamera) return;
        Stats[Camera] = new JsonObject(Statistics.Select(s => KeyValuePair.Create<string, JsonNode?>(s, Nested(Picture(s), s == "count" ? [1] : [3, 1, 1]))));
        foreach (var (table, rows) in Episodes.Zip([2, 1]))
            foreach (var statistic in Statistics)
                table[$"stats/{Camera}/{statistic}"] = statistic == "count" ? Enumerable.Repeat(new[] { 4L }, rows).ToArray() : Enumerable.Repeat(Picture(statistic).Select(v => new[] { new[] { v } }).ToArray(), rows).ToArray();
    }

    /// <param name="videos">The videos of 9 and 6 frames; null for a set without a camera.</param>
    public void Write(string folder, string[]? videos)
    {
        Directory.CreateDirectory(Path.Combine(folder, "meta"));
        File.WriteAllText(Path.Combine(folder, "meta/info.json"), Info.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "meta/stats.json"), Stats.ToJsonString());
        Tasks.Write(Path.Combine(folder, "meta/tasks.parquet"));
        Subtasks.Write(Path.Combine(folder, "meta/subtasks.parquet"));
        for (var i = 0; i < 2; i++)
        {
            Data[i].Write(Path.Combine(folder, $"data/chunk-000/file-00{i}.parquet"));
            Episodes[i].Write(Path.Combine(folder, $"meta/episodes/chunk-000/file-00{i}.parquet"));
            if (!hasCamera) continue;
            var video = Path.Combine(folder, $"videos/{Camera}/chunk-000/file-00{i}.mp4");
            Directory.CreateDirectory(Path.GetDirectoryName(video)!);
            if (videos is not null) File.Copy(videos[i], video);
        }
    }

    private static JsonObject MakeInfo(bool camera)
    {
        static JsonObject Feature(string dtype, JsonNode? names, params int[] shape) => new() { ["dtype"] = dtype, ["shape"] = Array(shape), ["names"] = names };
        static JsonArray Array<T>(params T[] values) => new([.. values.Select(v => (JsonNode?)JsonValue.Create(v))]);
        var features = new JsonObject
        {
            ["observation.state"] = Feature("float32", Array("a", "b", "c"), 3), ["action"] = Feature("float32", new JsonObject { ["motors"] = Array("a", "b") }, 2),
            ["contact.grid"] = Feature("float32", null, 2, 3), ["next.done"] = Feature("bool", null, 1), ["mass"] = Feature("float64", null, 1), ["note"] = Feature("string", null, 1),
            ["timestamp"] = Feature("float32", null, 1), ["frame_index"] = Feature("int64", null, 1), ["episode_index"] = Feature("int64", null, 1),
            ["index"] = Feature("int64", null, 1), ["task_index"] = Feature("int64", null, 1), ["subtask_index"] = Feature("int64", null, 1),
        };
        if (camera)
        {
            features[Camera] = Feature("video", Array("height", "width", "channels"), Size, Size, 3);
            features[Camera]!["info"] = new JsonObject
            {
                ["video.height"] = Size, ["video.width"] = Size, ["video.codec"] = "h264", ["video.pix_fmt"] = "yuv420p", ["video.fps"] = 10, ["video.channels"] = 3, ["has_audio"] = false, ["is_depth_map"] = false,
            };
        }
        return new()
        {
            ["codebase_version"] = "v3.0", ["robot_type"] = "tidy", ["fps"] = 10, ["features"] = features, ["total_episodes"] = 3, ["total_frames"] = 15, ["total_tasks"] = 2,
            ["chunks_size"] = 1000, ["data_files_size_in_mb"] = 100, ["video_files_size_in_mb"] = 200, ["splits"] = new JsonObject { ["train"] = "0:3" },
            ["data_path"] = "data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet",
            ["video_path"] = camera ? "videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4" : null,
        };
    }

    private static TinyTable Texts(string name, params string[] texts)
    {
        var table = new TinyTable { [$"{name}_index"] = Enumerable.Range(0, texts.Length).Select(i => (long)i).ToArray(), [name] = texts };
        table.Footer["pandas"] = $$"""
            {"index_columns": ["{{name}}"], "columns": [{"name": "{{name}}_index", "field_name": "{{name}}_index", "pandas_type": "int64", "numpy_type": "int64", "metadata": null},
             {"name": "{{name}}", "field_name": "{{name}}", "pandas_type": "unicode", "numpy_type": "object", "metadata": null}]}
            """;
        return table;
    }

    private static TinyTable MakeData(params int[] episodes)
    {
        var frames = episodes.SelectMany(e => Enumerable.Range(0, Lengths[e]).Select(f => (Episode: e, Frame: f, Index: Lengths[..e].Sum() + f))).ToArray();
        T[] Each<T>(Func<(int Episode, int Frame, int Index), T> value) => [.. frames.Select(value)];
        return new()
        {
            ["observation.state"] = Each(f => new[] { f.Index * 0.1f, f.Frame - 2f, 1.57f }), ["action"] = Each(f => new[] { MathF.Sin(f.Index), f.Episode * 0.5f }),
            ["contact.grid"] = Each(f => new[] { new[] { f.Index, 1f, 2f }, [3f, f.Frame, 5f] }), ["next.done"] = Each(f => f.Frame == Lengths[f.Episode] - 1), ["mass"] = Each(f => 0.25 + (f.Index / 7.0)),
            ["note"] = Each(f => $"frame {f.Index}"), ["timestamp"] = Each(f => f.Frame / 10f), ["frame_index"] = Each(f => (long)f.Frame), ["episode_index"] = Each(f => (long)f.Episode),
            ["index"] = Each(f => (long)f.Index), ["task_index"] = Each(f => f.Episode == 1 ? 1L : 0L), ["subtask_index"] = Each(f => f.Frame / 2L),
        };
    }

    private static TinyTable MakeEpisodes(bool camera, params int[] episodes)
    {
        T[] Each<T>(Func<int, T> value) => [.. episodes.Select(value)];
        static int Start(int e) => Lengths[..e].Sum();
        static int FrameInVideo(int e) => e == 1 ? Lengths[0] : 0;
        string[] tasks = ["put the cup on the shelf", "put the can into the bin", "put the cup on the shelf"];
        var table = new TinyTable
        {
            ["episode_index"] = Each(e => (long)e), ["tasks"] = Each(e => new[] { tasks[e] }), ["length"] = Each(e => (long)Lengths[e]), ["data/chunk_index"] = Each(_ => 0L), ["data/file_index"] = Each(e => e / 2L),
            ["dataset_from_index"] = Each(e => (long)Start(e)), ["dataset_to_index"] = Each(e => (long)Start(e + 1)), ["meta/episodes/chunk_index"] = Each(_ => 0L), ["meta/episodes/file_index"] = Each(e => e / 2L),
            ["seed"] = Each(e => (long)e + 7),
        };
        if (!camera) return table;
        table[$"videos/{Camera}/chunk_index"] = Each(_ => 0L);
        table[$"videos/{Camera}/file_index"] = Each(e => e / 2L);
        table[$"videos/{Camera}/from_timestamp"] = Each(e => FrameInVideo(e) / 10.0);
        table[$"videos/{Camera}/to_timestamp"] = Each(e => (FrameInVideo(e) + Lengths[e]) / 10.0);
        return table;
    }

    // Each row's numbers, flat.
    private static double[][] Rows(Array values) => [.. values.Cast<object>().Select(Flat)];

    private static double[] Flat(object cell) => cell switch
    {
        Array nested => [.. nested.Cast<object>().SelectMany(Flat)],
        bool truth => [truth ? 1 : 0],
        null => [double.NaN],
        _ => [Convert.ToDouble(cell)],
    };

    private static double[] Sum(string statistic, double[][] rows)
    {
        if (statistic == "count") return [rows.Length];
        return [.. Enumerable.Range(0, rows[0].Length).Select(i => One(rows.Select(r => r.ElementAtOrDefault(i)).Order().ToArray())).Select(v => double.IsFinite(v) ? v : 0)];

        double One(double[] v) => statistic switch
        {
            "min" => v[0], "max" => v[^1], "mean" => v.Sum() / v.Length, "std" => Math.Sqrt(Math.Max(0, (v.Sum(x => x * x) / v.Length) - Math.Pow(v.Sum() / v.Length, 2))),
            _ => Quantile(v, int.Parse(statistic[1..]) / 100.0),
        };
    }

    private static double Quantile(double[] v, double q) => (q * (v.Length - 1)) is var at && (int)at is var low && low + 1 < v.Length ? v[low] + ((at - low) * (v[low + 1] - v[low])) : v[^1];

    private static double[] Picture(string statistic) => statistic == "count" ? [12] : [.. Enumerable.Repeat(statistic switch { "min" => 0.0, "max" => 1, "std" => 0.2, "q01" => 0.1, "q10" => 0.2, "q90" => 0.8, "q99" => 0.9, _ => 0.5 }, 3)];

    private static JsonNode Nested(double[] values, int[] shape) => shape.Length == 0
        ? JsonValue.Create(values[0])
        : new JsonArray([.. values.Chunk(Math.Max(1, values.Length / shape[0])).Select(part => Nested(part, shape[1..]))]);
}
