using System.Text.Json.Nodes;
using ParquetSharp;
using RobotWorker.Recording.LeRobot.Sets;
using RobotWorker.Tests.Recording.LeRobot.Checking;

namespace RobotWorker.Tests.Recording.LeRobot.Sets;

/// <summary>Version 2.1, as LeRobot before 0.4 and openpi read it.</summary>
public sealed class Version21Tests : ToolSetTests
{
    [Test]
    public async Task ASet_HasAFileForEachEpisode_AndItsMetadataAsLines()
    {
        TinyVideo.Require();
        using var source = await StoredSet.OpenAsync(Sets.Make(video: "-g 1"));

        var made = await Sets.WriteAsync("old", SetVersion.V21, SetContent.Of(source));

        Assert.That(Directory.GetFiles(made, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(made, f)).Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            "README.md", "data/chunk-000/episode_000000.parquet", "data/chunk-000/episode_000001.parquet", "data/chunk-000/episode_000002.parquet",
            "meta/episodes.jsonl", "meta/episodes_stats.jsonl", "meta/info.json", "meta/subtasks.jsonl", "meta/tasks.jsonl",
            $"videos/chunk-000/{TinySet.Camera}/episode_000000.mp4", $"videos/chunk-000/{TinySet.Camera}/episode_000001.mp4", $"videos/chunk-000/{TinySet.Camera}/episode_000002.mp4",
        }));
        string[] Lines(string name) => File.ReadAllLines(Path.Combine(made, "meta", name));
        Assert.That(Lines("tasks.jsonl"), Is.EqualTo(["""{"task_index":0,"task":"put the cup on the shelf"}""", """{"task_index":1,"task":"put the can into the bin"}"""]));
        Assert.That(Lines("episodes.jsonl")[2], Is.EqualTo(
            """{"episode_index":2,"tasks":["put the cup on the shelf"],"length":6,"seed":9,"success":true,"failure_mode":"none","fault":"BASE_WHEEL_SLIP","recoveries":2,"fault_onset_s":3.0}"""));
        var statistics = JsonNode.Parse(Lines("episodes_stats.jsonl")[1])!["stats"]!;
        Assert.That(statistics["observation.state"]!["min"]!.AsArray().Select(n => n!.GetValue<double>()), Is.EqualTo(new double[] { 0.5f, -2, 1.57f }));
        Assert.That(statistics["observation.state"]!.AsObject().Select(s => s.Key), Is.EqualTo(["min", "max", "mean", "std", "count"]));
        Assert.That(statistics[TinySet.Camera]!["mean"]!.ToJsonString(), Is.EqualTo("[[[0.5]],[[0.5]],[[0.5]]]"));
        var info = JsonNode.Parse(File.ReadAllText(Path.Combine(made, "meta", "info.json")))!;
        Assert.That((info["codebase_version"]!.GetValue<string>(), info["total_videos"]!.GetValue<int>(), info["total_chunks"]!.GetValue<int>(), info["total_frames"]!.GetValue<int>()), Is.EqualTo(("v2.1", 3, 1, 15)));
        Assert.That(info["data_path"]!.GetValue<string>(), Is.EqualTo("data/chunk-{episode_chunk:03d}/episode_{episode_index:06d}.parquet"));
        Assert.That(info["data_files_size_in_mb"], Is.Null);
        using var table = new ParquetFileReader(Path.Combine(made, "data/chunk-000/episode_000001.parquet"));
        Assert.That(table.FileMetaData.NumRows, Is.EqualTo(4));
    }

    [Test]
    public async Task ThereAndBack_IsTheSame_ButForStatisticsOfPictures()
    {
        TinyVideo.Require();
        var folder = Sets.Make(video: "-g 1");
        using var source = await StoredSet.OpenAsync(folder);
        using var old = await StoredSet.OpenAsync(await Sets.WriteAsync("old", SetVersion.V21, SetContent.Of(source)));

        var back = await Sets.WriteAsync("back", SetVersion.V30, SetContent.Of(old));

        Assert.That(ToolSet.Check(back), Is.Empty);
        using var set = await StoredSet.OpenAsync(back);
        Assert.That(set.Tasks, Is.EqualTo(source.Tasks));
        Assert.That(set.Own.Select(o => (o.Name, o.Kind)), Is.EqualTo(source.Own.Select(o => (o.Name, o.Kind))));
        Assert.That(set.Own.Select(o => o.Values), Is.EqualTo(source.Own.Select(o => o.Values)));
        for (var i = 0; i < 3; i++)
        {
            var (before, after) = (await source.NumbersAsync(source.Episodes[i]), await set.NumbersAsync(set.Episodes[i]));
            foreach (var (key, values) in before) Assert.That(after[key], Is.EqualTo(values), $"{key} of episode {i}");
        }
        // Version 2.1 has no quantiles: they are taken from the pictures again. ffmpeg's test picture has all of black to white in it.
        Assert.That(set.Episodes[0].Pictures[TinySet.Camera].IsWhole, Is.True);
        Assert.That(set.Episodes[0].Pictures[TinySet.Camera].Values["mean"], Is.Not.EqualTo(source.Episodes[0].Pictures[TinySet.Camera].Values["mean"]));
    }

    [TestCase("episodes.jsonl", "{\"episode_index\":0,\"tasks\":[]}", "episodes.jsonl:1: length must be a whole number")]
    [TestCase("episodes.jsonl", "{\"episode_index\":1,\"tasks\":[],\"length\":5}", "episodes.jsonl:1: episode_index must be 0")]
    [TestCase("episodes.jsonl", "\n{", "episodes.jsonl:2: ")]
    [TestCase("tasks.jsonl", "{\"task_index\":1,\"task\":\"x\"}", "task_index must count from 0")]
    public async Task DamagedLines_AreNamed(string name, string text, string expected)
    {
        using var source = await StoredSet.OpenAsync(Sets.Make());
        var old = await Sets.WriteAsync("old", SetVersion.V21, SetContent.Of(source));
        File.WriteAllText(Path.Combine(old, "meta", name), text);

        await Assert.ThatAsync(() => StoredSet.OpenAsync(old), Throws.TypeOf<DatasetException>().With.Message.Contains(expected));
    }
}
