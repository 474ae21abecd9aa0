using System.Text.Json.Nodes;

namespace RobotWorker.Tests.Recording.LeRobot.Checking;

/// <summary>What can be wrong with a data set, one thing at a time: each rule of the check is here.</summary>
internal static class Mutations
{
    private const string Info = "meta/info.json";
    private const string Stats = "meta/stats.json";
    private const string Data0 = "data/chunk-000/file-000.parquet";
    private const string Data1 = "data/chunk-000/file-001.parquet";
    private const string Episodes0 = "meta/episodes/chunk-000/file-000.parquet";
    private const string Episodes1 = "meta/episodes/chunk-000/file-001.parquet";
    private const string Tasks = "meta/tasks.parquet";
    private const string Subtasks = "meta/subtasks.parquet";
    private const string Camera = TinySet.Camera;
    private const string Video0 = $"videos/{Camera}/chunk-000/file-000.mp4";
    private const string Video1 = $"videos/{Camera}/chunk-000/file-001.mp4";

    public static IEnumerable<Mutation> All => [.. OfInfo, .. OfFeatures, .. OfCameras, .. OfDataColumns, .. OfFrames, .. OfTexts, .. OfEpisodes, .. OfTwins, .. OfStatistics, .. OfVideos, .. OfFiles];

    private static IEnumerable<Mutation> OfInfo =>
    [
        InInfo("of version 2.1", "codebase_version", "v2.1", "codebase_version", "must be \"v3.0\""),
        InInfo("version is missing", "codebase_version", Missing, "codebase_version", "is missing, must be \"v3.0\""),
        InInfo("fps is 0", "fps", 0, "fps", "must be an integer of at least 1"),
        InInfo("fps is a fraction", "fps", 10.5, "fps", "is 10.5, must be an integer"),
        InInfo("fps is a text", "fps", "10", "fps", "is \"10\", must be an integer"),
        InInfo("no features", "features", Missing, "features", "is missing"),
        InInfo("features are a list", "features", new JsonArray(), "features", "must be an object"),
        InInfo("robot type is a number", "robot_type", 3, "robot_type", "must be a text or null"),
        InInfo("chunks are of no size", "chunks_size", 0, "chunks_size", "at least 1"),
        InInfo("data files are of no size", "data_files_size_in_mb", Missing, "data_files_size_in_mb", "is missing"),
        InInfo("video files are of no size", "video_files_size_in_mb", "much", "video_files_size_in_mb", "must be an integer"),
        InInfo("more episodes than are there", "total_episodes", 4, "total_episodes", "is 4, must be 3") with { Tables = set => { set.Info["total_episodes"] = 4; set.Info["splits"]!["train"] = "0:4"; } },
        InInfo("fewer frames than are there", "total_frames", 14, "total_frames", "is 14, must be 15"),
        InInfo("more tasks than are there", "total_tasks", 3, "total_tasks", "is 3, must be 2"),
        InInfo("total is missing", "total_frames", Missing, "total_frames", "is missing"),
        InInfo("data is elsewhere", "data_path", "data/{episode_index}.parquet", "data_path", "must be \"data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet\""),
        InInfo("video path without video", "video_path", "videos/x.mp4", "video_path", "must be null"),
        InInfo("no splits", "splits", Missing, "splits", "is missing, must be {\"train\": \"0:3\"}"),
        InInfo("splits are a text", "splits", "0:3", "splits", "must be like {\"train\": \"0:3\"}"),
        InInfo("a split is beyond the end", "splits", new JsonObject { ["train"] = "0:5" }, "splits.train", "must be \"from:to\" within 0:3"),
        InInfo("a split is no range", "splits", new JsonObject { ["train"] = "all" }, "splits.train", "must be \"from:to\""),
        InInfo("splits overlap", "splits", new JsonObject { ["train"] = "0:2", ["val"] = "1:3" }, "splits.val", "begins with episode 1, must begin with 2"),
        InInfo("an episode is in no split", "splits", new JsonObject { ["train"] = "0:2" }, "splits", "ends before episode 2, must end before 3"),
        new("info.json is missing", Info, "", "the file is missing") { Files = folder => File.Delete(Path.Combine(folder, Info)) },
        new("info.json is cut off", Info, "", "damaged") { Files = folder => Cut(folder, Info) },
        new("info.json is no text", Info, "", "damaged") { Files = folder => File.WriteAllBytes(Path.Combine(folder, Info), [.. File.ReadAllBytes(Path.Combine(folder, Info)).Select(b => b == 't' ? (byte)0xff : b)]) },
        new("half a character in info.json", Info, "", "damaged") { Files = folder => Replace(folder, Info, "\"tidy\"", "\"\\ud800\"") },
        new("a field of info.json is given twice", Info, "", "damaged") { Files = folder => Replace(folder, Info, "\"fps\":10", "\"fps\":10,\"fps\":20") },
    ];

    private static IEnumerable<Mutation> OfFeatures =>
    [
        InFeature("a kind that is unknown", "note", "dtype", "text", ".dtype", "is \"text\", must be one of"),
        InFeature("kind is missing", "note", "dtype", Missing, ".dtype", "is missing"),
        InFeature("shape is empty", "note", "shape", new JsonArray(), ".shape", "is [], must be 1 to 5 positive integers"),
        InFeature("shape has a zero", "note", "shape", new JsonArray(0), ".shape", "must be 1 to 5 positive integers"),
        InFeature("shape is vast", "note", "shape", new JsonArray(100_000, 100_000), ".shape", "10000000 values at most"),
        InFeature("shape is missing", "note", "shape", Missing, ".shape", "is missing"),
        InFeature("too few names", "observation.state", "names", new JsonArray("a", "b"), ".names", "has 2 names, must have 3"),
        InFeature("too many names in an object", "action", "names", new JsonObject { ["motors"] = new JsonArray("a", "b", "c") }, ".names", "has 3 names, must have 2"),
        InFeature("a name is used twice", "action", "names", new JsonArray("a", "a"), ".names", "must name each value differently"),
        InFeature("names are numbers", "action", "names", new JsonArray(1, 2), ".names", "must be a list of names or null"),
        InFeature("names are missing", "action", "names", Missing, ".names", "is missing"),
        InFeature("time is in doubles", "timestamp", "dtype", "float64", ".dtype", "is \"float64\", must be \"float32\"") with { Data = set => Each(set.Data, d => d["timestamp"] = d.Of<float>("timestamp").Select(t => (double)t).ToArray()) },
        InFeature("an index is short", "frame_index", "dtype", "int32", ".dtype", "is \"int32\", must be \"int64\"") with { Data = set => Each(set.Data, d => d["frame_index"] = d.Of<long>("frame_index").Select(t => (int)t).ToArray()) },
        Renamed("a slash in a key", "mass", "mass/kg", "features[\"mass/kg\"]", "has a '/' in its key") with { IsWarning = false },
        Renamed("a label that the policy sees", "next.done", "observation.success", "features[\"observation.success\"]", "sounds like a label"),
        Renamed("a reward that the policy writes", "mass", "action.Reward", "features[\"action.Reward\"]", "sounds like a label"),
        Renamed("a fault that the policy sees", "mass", "observation.fault", "features[\"observation.fault\"]", "'fault' sounds like a label"),
        new("a mandatory feature is missing", Info, "features[\"index\"]", "is missing, must be int64 of shape [1]")
        {
            Data = set => { set.Features.Remove("index"); Each(set.Data, d => d.Remove("index")); },
        },
        new("a mandatory feature is a list", Info, "features[\"index\"].shape", "is [2], must be [1]")
        {
            Data = set => { set.Features["index"]!["shape"] = new JsonArray(2); Each(set.Data, d => d["index"] = d.Of<long>("index").Select(i => new[] { i, i }).ToArray()); },
        },
    ];

    private static IEnumerable<Mutation> OfCameras => new[]
    {
        InFeature("pictures in grey", Camera, "shape", new JsonArray(32, 32, 1), ".shape", "must be [height, width, 3]"),
        InFeature("pictures without names", Camera, "names", new JsonArray("channels", "height", "width"), ".names", "must be [\"height\", \"width\", \"channels\"]"),
        InFeature("no info about a video", Camera, "info", Missing, ".info", "is missing"),
        InVideoInfo("another fps in the video", "video.fps", 30, "is 30, must be 10"),
        InVideoInfo("another height", "video.height", 48, "is 48, must be 32"),
        InVideoInfo("another width", "video.width", 48, "is 48, must be 32"),
        InVideoInfo("another number of channels", "video.channels", 1, "is 1, must be 3"),
        InVideoInfo("the encoder's name instead of the codec's", "video.codec", "libx264", "is \"libx264\", must be av1, h264 or hevc"),
        InVideoInfo("pixels of no format", "video.pix_fmt", Missing, "is missing"),
        InVideoInfo("audio is a number", "has_audio", 0, "must be true or false"),
        InVideoInfo("depth is not said", "is_depth_map", Missing, "is missing"),
        InInfo("videos are elsewhere", "video_path", Missing, "video_path", "is missing"),
        InInfo("videos have no path", "video_path", null, "video_path", "is null, must be \"videos/{video_key}"),
    }.Select(m => m with { NeedsCamera = true });

    private static IEnumerable<Mutation> OfDataColumns =>
    [
        new("a column is missing", Data1, "mass", "the column is missing, must be float64") { Tables = set => set.Data[1].Remove("mass") },
        new("a column too many", Data0, "weather", "is no feature of info.json") { Tables = set => set.Data[0]["weather"] = Enumerable.Repeat(1f, 9).ToArray() },
        new("doubles instead of floats", Data0, "action", "the column is list of double, must be list of float32, 2 a row") { Tables = set => Change<float[], double[]>(set.Data[0], "action", a => [.. a.Select(v => (double)v)]) },
        new("floats instead of integers", Data0, "subtask_index", "the column is float, must be int64") { Tables = set => Change<long, float>(set.Data[0], "subtask_index", v => v) },
        new("unsigned integers", Data0, "subtask_index", "the column is uint64, must be int64") { Tables = set => Change<long, ulong>(set.Data[0], "subtask_index", v => (ulong)v) },
        new("short integers", Data0, "subtask_index", "the column is int32, must be int64") { Tables = set => Change<long, int>(set.Data[0], "subtask_index", v => (int)v) },
        new("times instead of integers", Data0, "subtask_index", "the column is int64 (timestamp), must be int64") { Tables = set => Change<long, DateTime>(set.Data[0], "subtask_index", v => new DateTime(v, DateTimeKind.Utc)) },
        new("integers instead of truths", Data0, "next.done", "must be bool") { Tables = set => Change<bool, long>(set.Data[0], "next.done", v => v ? 1 : 0) },
        new("bytes instead of a text", Data0, "note", "must be string") { Tables = set => Change<string, byte[]>(set.Data[0], "note", v => [1, 2]) },
        new("a list of one instead of a value", Data0, "mass", "the column is list of double, must be float64") { Tables = set => Change<double, double[]>(set.Data[0], "mass", v => [v]) },
        new("a flat list instead of a grid", Data1, "contact.grid", "must be 2 nested lists of float32, of shape [2, 3]") { Tables = set => Change<float[][], float[]>(set.Data[1], "contact.grid", g => [.. g.SelectMany(r => r)]) },
        new("a row is too short", Data0, "action, row 3", "has 1 value, must be of shape [2]") { Tables = set => set.Data[0].Of<float[]>("action")[3] = [1] },
        new("two rows are too long", Data1, "action, row 1", "has 3 values, must be of shape [2] (and 1 more row)") { Tables = set => set.Data[1].Of<float[]>("action")[1] = set.Data[1].Of<float[]>("action")[4] = [1, 2, 3] },
        new("a grid of another shape", Data0, "contact.grid, row 2", "has 6 values, must be of shape [2, 3]") { Tables = set => set.Data[0].Of<float[][]>("contact.grid")[2] = [[1, 2], [3, 4], [5, 6]] },
        new("a row is empty", Data0, "action, row 0", "is null or empty") { Tables = set => set.Data[0].Of<float[]>("action")[0] = [] },
        new("a row is null", Data0, "action, row 0", "is null or empty") { Tables = set => set.Data[0].Of<float[]>("action")[0] = null! },
        new("a null in a row", Data0, "action, row 8", "has a null in it") { Tables = set => Change<float[], float?[]>(set.Data[0], "action", (a, row) => [a[0], row == 8 ? null : a[1]]) },
        new("a value is null", Data1, "mass, row 5", "is null") { Tables = set => Change<double, double?>(set.Data[1], "mass", (v, row) => row == 5 ? null : v) },
        new("a text is null", Data1, "note, row 5", "is null") { Tables = set => set.Data[1].Of<string>("note")[5] = null! },
        new("not a number", Data0, "action, row 4", "has NaN in it, must be finite") { Data = set => set.Data[0].Of<float[]>("action")[4][1] = float.NaN },
        new("infinite", Data1, "mass, row 2", "in it, must be finite") { Data = set => set.Data[1].Of<double>("mass")[2] = double.NegativeInfinity },
    ];

    private static IEnumerable<Mutation> OfFrames =>
    [
        new("a time is late", Data0, "timestamp, row 6", "must be within 0.0001 s of 0.1: frame_index / 10") { Data = set => set.Data[0].Of<float>("timestamp")[6] += 0.0003f },
        new("all times are late", Data1, "timestamp, row 0", "(and 5 more rows)") { Data = set => Change<float, float>(set.Data[1], "timestamp", t => t + 0.05f) },
        new("a frame is counted wrongly", Data0, "frame_index, row 2", "is 7, must be 2: frames count from 0 in each episode") { Data = set => set.Data[0].Of<long>("frame_index")[2] = 7 },
        new("frames do not restart", Data0, "frame_index, row 5", "is 5, must be 0: frames count from 0 in each episode (and 3 more rows)") { Data = set => Change<long, long>(set.Data[0], "frame_index", (v, row) => row) },
        new("an index is doubled", Data1, "index, row 3", "is 11, must be 12: the position over all files") { Data = set => set.Data[1].Of<long>("index")[3] = 11 },
        new("the index restarts with the file", Data1, "index, row 0", "is 0, must be 9: the position over all files (and 5 more rows)") { Data = set => Change<long, long>(set.Data[1], "index", v => v - 9) },
        new("a row of another episode", Data0, "episode_index, row 2", "is 1, must be 0") { Data = set => set.Data[0].Of<long>("episode_index")[2] = 1 },
        new("a task that is not listed", Data1, "task_index, row 4", "is 2, must be from 0 to 1") { Data = set => set.Data[1].Of<long>("task_index")[4] = 2 },
        new("a task below 0", Data1, "task_index, row 4", "is -1, must be from 0 to 1") { Data = set => set.Data[1].Of<long>("task_index")[4] = -1 },
        new("a subtask that is not listed", Data0, "subtask_index, row 1", "is 3, must be from 0 to 2: meta/subtasks.parquet has 3 rows") { Data = set => set.Data[0].Of<long>("subtask_index")[1] = 3 },
    ];

    private static IEnumerable<Mutation> OfTexts =>
    [
        new("tasks are missing", Tasks, "", "the file is missing") { Files = folder => File.Delete(Path.Combine(folder, Tasks)) },
        new("subtasks are missing", Subtasks, "", "the file is missing") { Files = folder => File.Delete(Path.Combine(folder, Subtasks)) },
        new("tasks have no pandas footer", Tasks, "footer key pandas", "is missing") { Tables = set => set.Tasks.Footer.Clear() },
        new("tasks have a footer that is no JSON", Tasks, "footer key pandas", "is not valid JSON") { Tables = set => set.Tasks.Footer["pandas"] = "{" },
        new("tasks have a footer that is a list", Tasks, "footer key pandas", "must be a JSON object") { Tables = set => set.Tasks.Footer["pandas"] = "[]" },
        new("the text is not the index", Tasks, "footer key pandas, index_columns", "is [\"task_index\"], must be [\"task\"]") { Tables = set => set.Tasks.Footer["pandas"] = set.Tasks.Footer["pandas"].Replace("[\"task\"]", "[\"task_index\"]") },
        new("a subtask's text is not the index", Subtasks, "footer key pandas, index_columns", "is [], must be [\"subtask\"]") { Tables = set => set.Subtasks.Footer["pandas"] = set.Subtasks.Footer["pandas"].Replace("[\"subtask\"]", "[]") },
        new("no index is named", Tasks, "footer key pandas, index_columns", "is missing") { Tables = set => set.Tasks.Footer["pandas"] = set.Tasks.Footer["pandas"].Replace("index_columns", "indices") },
        new("the footer describes no columns", Tasks, "footer key pandas, columns", "does not describe task, must") { Tables = set => set.Tasks.Footer["pandas"] = """{"index_columns": ["task"]}""" },
        new("the footer gives a column no kind", Tasks, "footer key pandas, columns", "must have an object with name, pandas_type and numpy_type") { Tables = set => set.Tasks.Footer["pandas"] = set.Tasks.Footer["pandas"].Replace("numpy_type\": \"int64", "numpy\": \"int64") },
        new("tasks are out of order", Tasks, "task_index, row 0", "is 1, must be 0: the rows stand in the order of task_index, which counts from 0 (and 1 more row)") { Tables = set => set.Tasks["task_index"] = new long[] { 1, 0 } },
        new("a task stands twice", Subtasks, "subtask, row 2", "is \"reach\", which an earlier row is") { Tables = set => set.Subtasks["subtask"] = new[] { "reach", "grasp", "reach" } },
        new("tasks have no texts", Tasks, "task", "the column is missing, must be string") { Tables = set => { set.Tasks.Remove("task"); set.Tasks["text"] = new[] { "a", "b" }; } },
        new("a task's number is short", Tasks, "task_index", "the column is int32, must be int64") { Tables = set => Change<long, int>(set.Tasks, "task_index", v => (int)v) },
        new("tasks have another column", Tasks, "colour", "is no column of this file") { Tables = set => set.Tasks["colour"] = new[] { "red", "blue" } },
        new("a task is null", Tasks, "task, row 1", "is null") { Tables = set => set.Tasks["task"] = new[] { "put the cup on the shelf", null! } },
    ];

    private static IEnumerable<Mutation> OfEpisodes =>
    [
        InEpisode("episodes are out of order", "episode_index", 1L, "is 1, must be 0"),
        InEpisode("an episode is longer than its rows", "length", 6L, "is 6, must be 5"),
        InEpisode("an episode begins late", "dataset_from_index", 1L, "is 1, must be 0"),
        InEpisode("an episode ends late", "dataset_to_index", 6L, "is 6, must be 5"),
        InEpisode("an episode's data is in another chunk", "data/chunk_index", 1L, "is 1, must be 0: its rows are in data/chunk-000/file-000.parquet"),
        InEpisode("an episode's data is in another file", "data/file_index", 1L, "is 1, must be 0: its rows are in data/chunk-000/file-000.parquet"),
        InEpisode("a row is in another chunk", "meta/episodes/chunk_index", 1L, "is 1, must be 0: the row is in this file"),
        InEpisode("a row is in another file", "meta/episodes/file_index", 1L, "is 1, must be 0: the row is in this file"),
        InEpisode("a task that nobody knows", "tasks", new[] { "juggle" }, "has \"juggle\", which meta/tasks.parquet has not"),
        InEpisode("a task that was not done", "tasks", new[] { "put the can into the bin" }, "is [\"put the can into the bin\"], must be [\"put the cup on the shelf\"]"),
        InEpisode("a task too many", "tasks", new[] { "put the can into the bin", "put the cup on the shelf" }, "must be [\"put the cup on the shelf\"]"),
        InEpisode("no task", "tasks", Array.Empty<string>(), "is null or empty"),
        new("a column of episodes is missing", Episodes1, "length", "the column is missing, must be int64") { Tables = set => set.Episodes[1].Remove("length") },
        new("a column of episodes is of another kind", Episodes0, "data/file_index", "the column is double, must be int64") { Tables = set => Change<long, double>(set.Episodes[0], "data/file_index", v => v) },
        new("tasks are no lists", Episodes0, "tasks", "must be list of string") { Tables = set => Change<string[], string>(set.Episodes[0], "tasks", t => t[0]) },
        new("a value of an episode is null", Episodes0, "length, row 1", "is null") { Tables = set => Change<long, long?>(set.Episodes[0], "length", (v, row) => row == 1 ? null : v) },
        new("an episode is in two files", Episodes1, "data/file_index, row 0", "an episode is in one file")
        {
            Tables = set =>
            {
                foreach (var (name, values) in set.Data[1].Columns.ToList())
                {
                    set.Data[0][name] = Joined(set.Data[0][name], values, 0, 2);
                    set.Data[1][name] = Joined(null, values, 2, 4);
                }
                set.Episodes[1]["data/file_index"] = new[] { 0L };
            },
        },
    ];

    private static IEnumerable<Mutation> OfTwins =>
    [
        InTwins("a twin is beyond the end", "fault_free_twin_index, row 0", "is 9, must be from 0 to 2: there are 3 episodes", set => set.Episodes[0].Of<long?>("fault_free_twin_index")[0] = 9),
        InTwins("a twin is of another role", "fault_free_twin_index, row 0", "is 2, which is \"no_recovery\", must be fault_free", set => set.Episodes[0].Of<long?>("fault_free_twin_index")[0] = 2),
        InTwins("a twin does not point back", "fault_free_twin_index, row 0", "is 1, whose faulted_twin_index is empty, must point back to 0", set => set.Episodes[0].Of<long?>("faulted_twin_index")[1] = null),
        InTwins("an episode is its own twin", "faulted_twin_index, row 0", "the episode is the faulted one itself", set => set.Episodes[0].Of<long?>("faulted_twin_index")[0] = 0),
        InTwins("a twin is in no folder beside the set", "fault_free_twin_index, row 0", "is in \"../other\", must be the name of a folder", set => set.Episodes[0].Of<string>("fault_free_twin_set")[0] = "../other"),
        InTwins("a twin's set is away", "", "not checked: twins in the set 'failure'", set =>
        {
            set.Episodes[0].Of<string>("no_recovery_twin_set")[0] = set.Episodes[0].Of<string>("no_recovery_twin_set")[1] = "failure";
            set.Episodes[1]["faulted_twin_index"] = set.Episodes[1]["fault_free_twin_index"] = new long?[] { null };
        }) with { IsWarning = true },
        new("a role that nobody knows", Episodes0, "pair_role, row 1", "is \"saved\", must be faulted, fault_free, no_recovery, or empty") { Tables = set => Each(set.Episodes, t => t["pair_role"] = t.Of<long>("seed").Select(s => s == 8 ? "saved" : "").ToArray()) },
        new("a twin of an episode in no pair", Episodes0, "faulted_twin_index, row 1", "is 0, but the episode is in no pair") { Tables = set => Each(set.Episodes, t =>
        {
            t["pair_role"] = t.Of<long>("seed").Select(_ => "").ToArray();
            t["faulted_twin_index"] = t.Of<long>("seed").Select(s => s == 8 ? 0L : (long?)null).ToArray();
        }) },
    ];

    private static IEnumerable<Mutation> OfStatistics =>
    [
        new("stats.json is missing", Stats, "", "the file is missing") { Files = folder => File.Delete(Path.Combine(folder, Stats)) },
        new("stats.json is cut off", Stats, "", "damaged") { Files = folder => Cut(folder, Stats) },
        new("stats.json has NaN, as Python writes it", Stats, "", "damaged") { Files = folder => Replace(folder, Stats, "\"mean\":[", "\"mean\":[NaN,") },
        new("stats.json is a list", Stats, "", "must be an object") { Files = folder => File.WriteAllText(Path.Combine(folder, Stats), "[]") },
        new("a feature has no statistics", Stats, "action", "is missing") { Tables = set => set.Stats.Remove("action") },
        new("statistics of nothing", Stats, "ghost", "is no feature of info.json") { Tables = set => set.Stats["ghost"] = set.Stats["action"]!.DeepClone(), IsWarning = true },
        new("a statistic is missing", Stats, "action.q10", "is missing, must be numbers of shape [2]") { Tables = set => set.Stats["action"]!.AsObject().Remove("q10") },
        new("a statistic is of another shape", Stats, "contact.grid.min", "must be numbers of shape [2, 3]") { Tables = set => set.Stats["contact.grid"]!["min"] = new JsonArray(0, 1, 2, 3, 0, 5) },
        new("a statistic is a text", Stats, "mass.min", "must be numbers of shape [1]") { Tables = set => set.Stats["mass"]!["min"] = new JsonArray("0.25") },
        InStatistic("min", "observation.state", 0, -0.01), InStatistic("max", "observation.state", 1, 0.01), InStatistic("mean", "action", 1, 0.001), InStatistic("std", "action", 0, 0.001),
        InStatistic("q01", "mass", 0, 0.01), InStatistic("q10", "mass", 0, -0.01), InStatistic("q50", "index", 0, 0.1), InStatistic("q90", "observation.state", 2, 0.01), InStatistic("q99", "next.done", 0, -0.1),
        InStatistic("count", "timestamp", 0, 1),
        new("the std of a sample", Stats, "mass.std", "computed from the data") { Tables = set => set.Stats["mass"]!["std"]![0] = set.Stats["mass"]!["std"]![0]!.GetValue<double>() * Math.Sqrt(15 / 14.0) },
        new("a statistic of an episode is wrong", Episodes0, "stats/action/mean, row 1", "at [1], must be") { Tables = set => set.Episodes[0].Of<double[]>("stats/action/mean")[1][1] += 0.01 },
        new("a count of an episode is wrong", Episodes1, "stats/action/count, row 0", "is 5, must be 6") { Tables = set => set.Episodes[1].Of<double[]>("stats/action/count")[0][0] = 5 },
        new("a statistic of an episode is of another shape", Episodes0, "stats/action/max, row 0", "must be of shape [2]") { Tables = set => set.Episodes[0].Of<double[]>("stats/action/max")[0] = [1] },
        new("a statistic of an episode is no list", Episodes0, "stats/mass/max", "must be a list of numbers, of shape [1]") { Tables = set => Change<double[], double>(set.Episodes[0], "stats/mass/max", v => v[0]) },
        new("only some files have a statistic", Episodes1, "stats/mass/max", "the column is missing") { Tables = set => set.Episodes[1].Remove("stats/mass/max") },
        new("a picture's statistic is of another shape", Stats, $"{Camera}.mean", "must be numbers of shape [3, 1, 1]") { Tables = set => set.Stats[Camera]!["mean"] = new JsonArray(0.5, 0.5, 0.5), NeedsCamera = true },
        new("a picture's statistic is not scaled", Stats, $"{Camera}.max", "has 255 in it, must be within 0 and 1") { Tables = set => set.Stats[Camera]!["max"]![1]![0]![0] = 255, NeedsCamera = true },
        new("a picture's quantiles fall", Stats, $"{Camera}.q90", "is less than q50") { Tables = set => set.Stats[Camera]!["q90"]![1]![0]![0] = 0.3, NeedsCamera = true },
        new("a picture's mean is beyond its max", Stats, $"{Camera}.mean", "is not between min and max") { Tables = set => { foreach (var q in (string[])["min", "q01", "q10", "q50", "q90", "q99", "max"]) set.Stats[Camera]![q]![0]![0]![0] = 0.25; }, NeedsCamera = true },
        new("more pictures than frames", Stats, $"{Camera}.count", "is 16, must be from 1 to 15") { Tables = set => set.Stats[Camera]!["count"]![0] = 16, NeedsCamera = true },
        new("no statistics of a camera", Stats, Camera, "is missing") { Tables = set => set.Stats.Remove(Camera), NeedsCamera = true },
        new("a picture's statistic of an episode is not scaled", Episodes0, $"stats/{Camera}/max, row 1", "has 255 in it") { Tables = set => set.Episodes[0].Of<double[][][]>($"stats/{Camera}/max")[1] = [[[255]], [[1]], [[1]]], NeedsCamera = true },
    ];

    private static IEnumerable<Mutation> OfVideos => new[]
    {
        InEpisode("a video is in another chunk", $"videos/{Camera}/chunk_index", 1L, "") with { Where = $"videos/{Camera}/file_index, row 0", Says = $"names videos/{Camera}/chunk-001/file-000.mp4, which is missing" },
        InEpisode("a video is in another file", $"videos/{Camera}/file_index", 7L, $"names videos/{Camera}/chunk-000/file-007.mp4, which is missing"),
        InEpisode("a video begins late", $"videos/{Camera}/from_timestamp", 0.1, "is 0.1, must be 0: the frames before it in its file"),
        InEpisode("a video ends late", $"videos/{Camera}/to_timestamp", 0.6, "is 0.6, must be 0.5"),
        new("a video is missing", Episodes1, $"videos/{Camera}/file_index, row 0", $"names {Video1}, which is missing") { Files = folder => File.Delete(Path.Combine(folder, Video1)) },
        new("nothing is said about videos", Episodes0, $"videos/{Camera}/from_timestamp", "the column is missing, must be float64") { Tables = set => set.Episodes[0].Remove($"videos/{Camera}/from_timestamp") },
        new("a video that nobody names", $"videos/{Camera}/chunk-000/file-002.mp4", "", "no episode names this file") { Files = folder => File.Copy(Path.Combine(folder, Video1), Path.Combine(folder, $"videos/{Camera}/chunk-000/file-002.mp4")), IsWarning = true },
        new("a video is cut off", Video1, "", "damaged") { Files = folder => Cut(folder, Video1) },
        new("a video is no video", Video0, "", "damaged") { Files = folder => File.WriteAllText(Path.Combine(folder, Video0), "a film") },
        InVideo("a video lacks a frame", Video0, "-frames:v 8", "", "has 8 frames, must have 9"),
        InVideo("a video has a frame too many", Video1, "-frames:v 7", "", "has 7 frames, of which its episodes need 6") with { IsWarning = true },
        InVideo("a frame is shown late", Video0, "-frames:v 9 -vf settb=1/1000,setpts=N*100+eq(N\\,3)*20 -fps_mode passthrough -enc_time_base 1:1000", "frame 3", "must be within 0.0001 s of 0.3: frame 3 of episode 0"),
        InVideo("a video is larger", Video0, "-frames:v 9 -s 48x32", "width", "is 48, must be 32"),
        InVideo("a video is higher", Video0, "-frames:v 9 -s 32x48", "height", "is 48, must be 32"),
        InVideo("a video has other pixels", Video0, "-frames:v 9 -pix_fmt yuv444p", "video.pix_fmt", "is yuv444p, must be yuv420p"),
        InVideo("a video is of another codec", Video0, "-frames:v 9 -c:v mpeg4", "video.codec", "is mpeg4, must be h264"),
    }.Select(m => m with { NeedsCamera = true });

    private static IEnumerable<Mutation> OfFiles =>
    [
        new("data is cut off", Data1, "", "damaged") { Files = folder => Cut(folder, Data1) },
        new("data is empty", Data0, "", "damaged") { Files = folder => File.WriteAllText(Path.Combine(folder, Data0), "") },
        new("data is a folder", Data0, "", "the file is missing") { Files = folder => Directory.Delete(Path.Combine(folder, "data"), recursive: true) },
        new("a file among the data that is none", "data/chunk-000/notes.parquet", "", "is not named data/chunk-") { Files = folder => File.Copy(Path.Combine(folder, Data0), Path.Combine(folder, "data/chunk-000/notes.parquet")) },
        new("episodes are cut off", Episodes0, "", "damaged") { Files = folder => Cut(folder, Episodes0) },
        new("episodes are missing", Episodes0, "", "the file is missing") { Files = folder => Directory.Delete(Path.Combine(folder, "meta/episodes"), recursive: true) },
        new("a file among the episodes that is none", "meta/episodes/chunk-000/notes.parquet", "", "is not named chunk-000") { Files = folder => File.Copy(Path.Combine(folder, Episodes0), Path.Combine(folder, "meta/episodes/chunk-000/notes.parquet")) },
        new("tasks are cut off", Tasks, "", "damaged") { Files = folder => Cut(folder, Tasks) },
    ];

    private static readonly JsonNode Missing = JsonValue.Create("(missing)");

    private static Mutation InInfo(string name, string field, JsonNode? value, string where, string says) => new(name, Info, where, says) { Tables = set => Set(set.Info, field, value) };

    private static Mutation InFeature(string name, string key, string field, JsonNode? value, string where, string says) =>
        new(name, Info, $"features[\"{key}\"]{where}", says) { Tables = set => Set(set.Features[key]!.AsObject(), field, value) };

    private static Mutation InVideoInfo(string name, string field, JsonNode? value, string says) =>
        new(name, Info, $"features[\"{Camera}\"].info.{field}", says) { Tables = set => Set(set.Features[Camera]!["info"]!.AsObject(), field, value) };

    private static Mutation Renamed(string name, string key, string other, string where, string says) => new(name, Info, where, says)
    {
        Data = set =>
        {
            var feature = set.Features[key];
            set.Features.Remove(key);
            set.Features[other] = feature;
            foreach (var data in set.Data)
            {
                data[other] = data[key];
                data.Remove(key);
            }
        },
        IsWarning = true,
    };

    private static Mutation InEpisode<T>(string name, string column, T value, string says) => new(name, Episodes0, $"{column}, row 0", says) { Tables = set => set.Episodes[0].Of<T>(column)[0] = value };

    private static Mutation InTwins(string name, string where, string says, Action<TinySet> spoil) => new(name, Episodes0, where, says) { Tables = set => spoil(set.Pair()) };

    private static Mutation InStatistic(string statistic, string key, int at, double by) => new($"{statistic} of {key} is wrong", Stats, $"{key}.{statistic}", "must be")
    {
        Tables = set => set.Stats[key]![statistic]![at] = set.Stats[key]![statistic]![at]!.GetValue<double>() + by,
    };

    private static Mutation InVideo(string name, string video, string options, string where, string says) => new(name, video, where, says) { Files = folder => TinyVideo.Make(Path.Combine(folder, video), options) };

    private static void Set(JsonObject json, string field, JsonNode? value)
    {
        if (ReferenceEquals(value, Missing)) json.Remove(field);
        else json[field] = value?.DeepClone();
    }

    private static void Each(TinyTable[] tables, Action<TinyTable> change) => Array.ForEach(tables, change);

    private static void Change<T, TOther>(TinyTable table, string column, Func<T, TOther> change) => Change<T, TOther>(table, column, (value, _) => change(value));

    private static void Change<T, TOther>(TinyTable table, string column, Func<T, int, TOther> change) => table[column] = table.Of<T>(column).Select(change).ToArray();

    private static Array Joined(Array? before, Array values, int from, int count)
    {
        var joined = Array.CreateInstance(values.GetType().GetElementType()!, (before?.Length ?? 0) + count);
        if (before is not null) Array.Copy(before, joined, before.Length);
        Array.Copy(values, from, joined, before?.Length ?? 0, count);
        return joined;
    }

    private static void Cut(string folder, string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(folder, file));
        File.WriteAllBytes(Path.Combine(folder, file), bytes[..(bytes.Length / 2)]);
    }

    private static void Replace(string folder, string file, string text, string other)
    {
        var path = Path.Combine(folder, file);
        var all = File.ReadAllText(path);
        var at = all.IndexOf(text, StringComparison.Ordinal);
        File.WriteAllText(path, all[..at] + other + all[(at + text.Length)..]);
    }
}
