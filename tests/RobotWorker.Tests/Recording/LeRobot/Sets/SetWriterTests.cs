using System.Security.Cryptography;
using System.Text.Json.Nodes;
using RobotWorker.Recording.LeRobot.Sets;
using RobotWorker.Recording.Video;
using RobotWorker.Tests.Recording.LeRobot.Checking;

namespace RobotWorker.Tests.Recording.LeRobot.Sets;

public sealed class SetWriterTests : ToolSetTests
{
    [Test]
    public async Task SomeEpisodes_AreASetThatReadersAreContentWith()
    {
        using var source = await StoredSet.OpenAsync(Sets.Make());

        var made = await Sets.WriteAsync("some", SetVersion.V30, SetContent.Of(source, e => e.Number != 1));

        Assert.That(ToolSet.Check(made), Is.Empty);
        using var set = await StoredSet.OpenAsync(made);
        Assert.That(set.Episodes.Select(e => (e.Number, e.Length)), Is.EqualTo([(0, 5), (1, 6)]));
        // Only what is still needed, numbered anew.
        Assert.That(set.Tasks, Is.EqualTo(["put the cup on the shelf"]));
        Assert.That(set.Subtasks, Is.EqualTo(["reach", "grasp", "carry"]));
    }

    [Test]
    public async Task Frames_AreTheSameToTheLastBit_WhateverTheyAre()
    {
        using var source = await StoredSet.OpenAsync(Sets.Make());
        using var made = await StoredSet.OpenAsync(await Sets.WriteAsync("last", SetVersion.V30, SetContent.Of(source, e => e.Number == 2)));

        var (before, after) = (await source.NumbersAsync(source.Episodes[2]), await made.NumbersAsync(made.Episodes[0]));

        foreach (var key in new[] { "observation.state", "action", "contact.grid", "next.done", "mass", "timestamp", "subtask_index" }) Assert.That(after[key], Is.EqualTo(before[key]), key);
        Assert.That(after["index"], Is.EqualTo(new double[] { 0, 1, 2, 3, 4, 5 }));
        Assert.That(after["episode_index"], Has.All.Zero);
        var (notes, nested) = (await made.FramesAsync(made.Episodes[0]), made.Features.Single(f => f.Key == "contact.grid"));
        Assert.That(Enumerable.Range(0, 6).Select(i => ArrowCells.Value(notes["note"], i)), Is.EqualTo(Enumerable.Range(9, 6).Select(i => $"frame {i}")));
        Assert.That(nested.Shape, Is.EqualTo([2, 3]));
    }

    [Test]
    public async Task WhereAnEpisodeComesFrom_StaysWithIt()
    {
        const long LongSeed = (1L << 62) + 1;
        using var source = await StoredSet.OpenAsync(Sets.Make(spoil: s => s.Episodes[1].Of<long>("seed")[0] = LongSeed));
        using var made = await StoredSet.OpenAsync(await Sets.WriteAsync("last", SetVersion.V30, SetContent.Of(source, e => e.Number == 2)));

        Assert.That(made.Own.Select(o => (o.Name, o.Values[0])), Is.EqualTo(new (string, object?)[]
        {
            ("seed", LongSeed), ("success", true), ("failure_mode", "none"), ("fault", "BASE_WHEEL_SLIP"), ("recoveries", 2L), ("fault_onset_s", 3.0),
        }));
    }

    [Test]
    public async Task FilmsThatEpisodesShare_AreCutBetweenPackets_AndNoPictureChanges()
    {
        TinyVideo.Require();
        var folder = Sets.Make(video: "-g 5");
        using var source = await StoredSet.OpenAsync(folder);

        var made = await Sets.WriteAsync("all", SetVersion.V30, SetContent.Of(source));

        Assert.That(ToolSet.Check(made), Is.Empty);
        string[] Films(string set) => [.. Directory.GetFiles(Path.Combine(set, "videos", TinySet.Camera, "chunk-000")).Order(StringComparer.Ordinal)];
        Assert.That(Films(made).Select(f => ToolSet.Pictures(f).Length), Is.EqualTo([5, 4, 6]));
        Assert.That(Films(made).SelectMany(ToolSet.Pictures), Is.EqualTo(Films(folder).SelectMany(ToolSet.Pictures)));
        Assert.That(ToolSet.Pictures(Films(folder)[0]).Distinct().Count(), Is.EqualTo(9), "pictures that are all the same would prove nothing");
        // Alone in its file, it is copied to the last byte.
        Assert.That(File.ReadAllBytes(Films(made)[2]), Is.EqualTo(File.ReadAllBytes(Films(folder)[1])));
    }

    [Test]
    public async Task AFilmThatCannotBeCutThere_IsRefused_AndNothingIsLeft()
    {
        TinyVideo.Require();
        using var source = await StoredSet.OpenAsync(Sets.Make(video: "-g 2"));

        var refused = await Assert.ThrowsAsync<DatasetException>(() => Sets.WriteAsync("all", SetVersion.V30, SetContent.Of(source)));

        Assert.That(refused!.Message, Does.Contain("file-000.mp4 cannot be cut before frame 5 without encoding it anew: frame 5 is no key frame"));
        Assert.That(Directory.GetDirectories(Sets.At(".")).Select(d => Path.GetFileName(d)), Is.EqualTo(["cups"]));
    }

    [Test]
    public async Task AFolderThatIsThere_IsRefused()
    {
        using var source = await StoredSet.OpenAsync(Sets.Make());
        Directory.CreateDirectory(Sets.At("there"));

        await Assert.ThatAsync(() => Sets.WriteAsync("there", SetVersion.V30, SetContent.Of(source)), Throws.TypeOf<DatasetException>().With.Message.Contains("is there already"));
    }

    [Test]
    public async Task Cancelled_NothingIsLeft()
    {
        using var source = await StoredSet.OpenAsync(Sets.Make());
        using var stop = new CancellationTokenSource();

        await Assert.ThatAsync(async () =>
        {
            using var made = new NewFolder(Sets.At("half"));
            await SetWriter.WriteAsync(made.Path, SetVersion.V30, new("half", "", SetContent.Of(source)), _ => stop.Cancel(), stop.Token);
        }, Throws.InstanceOf<OperationCanceledException>());

        Assert.That(Directory.GetDirectories(Sets.At(".")).Select(d => Path.GetFileName(d)), Is.EqualTo(["cups"]));
    }

    [Test]
    public async Task OtherMetadata_IsCarried_AndStrangersAreNamed()
    {
        var folder = Sets.Make();
        File.WriteAllText(Path.Combine(folder, "meta", "modality.json"), "{}");
        Directory.CreateDirectory(Path.Combine(folder, "depth"));
        using var source = await StoredSet.OpenAsync(folder);
        using var made = new NewFolder(Sets.At("all"));

        var left = await SetWriter.WriteAsync(made.Path, SetVersion.V30, new("all", "", SetContent.Of(source)), _ => { }, CancellationToken.None);

        Assert.That(File.ReadAllText(Path.Combine(made.Path, "meta", "modality.json")), Is.EqualTo("{}"));
        Assert.That(left, Is.EqualTo(["depth: no part of the format"]));
    }

    [Test]
    public async Task CalibrationsAndSidecars_FollowTheirEpisodes()
    {
        var folder = Sets.Make();
        File.WriteAllText(Path.Combine(folder, "meta", "cameras.json"), """
            {"segments": ["background", "cup"], "cameras": {"front": {"feature": "observation.images.front", "depth": {"path": "sidecars/depth/front/chunk-{chunk_index:03d}/file-{file_index:03d}.mkv"},
             "calibrations": [{"from_episode": 0, "fx": 100}, {"from_episode": 1, "fx": 120}, {"from_episode": 2, "fx": 100}]}}}
            """);
        File.WriteAllText(Path.Combine(folder, "meta", "checksums.sha256"), "");
        Directory.CreateDirectory(Path.Combine(folder, "sidecars/depth/front/chunk-000"));
        for (var i = 0; i < 3; i++) File.WriteAllText(Path.Combine(folder, $"sidecars/depth/front/chunk-000/file-00{i}.mkv"), $"depth {i}");
        using var source = await StoredSet.OpenAsync(folder);

        var made = await Sets.WriteAsync("some", SetVersion.V30, [.. SetContent.Of(source, e => e.Number == 0), .. SetContent.Of(source, e => e.Number == 2), .. SetContent.Of(source, e => e.Number == 1)]);

        var cameras = JsonNode.Parse(File.ReadAllText(Path.Combine(made, "meta", "cameras.json")))!;
        Assert.That(cameras["cameras"]!["front"]!["calibrations"]!.ToJsonString(), Is.EqualTo("""[{"from_episode":0,"fx":100},{"from_episode":2,"fx":120}]"""));
        Assert.That(cameras["segments"]![1]!.GetValue<string>(), Is.EqualTo("cup"));
        Assert.That(Enumerable.Range(0, 3).Select(i => File.ReadAllText(Path.Combine(made, $"sidecars/depth/front/chunk-000/file-00{i}.mkv"))), Is.EqualTo(["depth 0", "depth 2", "depth 1"]));
        var sums = File.ReadAllLines(Path.Combine(made, "meta", "checksums.sha256"));
        Assert.That(sums.Select(l => l[66..]), Is.EqualTo(["meta/cameras.json", .. Enumerable.Range(0, 3).Select(i => $"sidecars/depth/front/chunk-000/file-00{i}.mkv")]));
        Assert.That(sums[2][..64], Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData("depth 2"u8))));
    }

    [Test]
    public void FramesBeforeAKeyFrameThatNeedIt_ForbidTheCut()
    {
        // Decoded: key 0, key 2, then 1, which is shown between them and needs both.
        var packets = new FilmPackets([new(0.0, true), new(0.2, true), new(0.1, false), new(0.3, true)]);

        Assert.That(new[] { 0, 1, 2, 3, 4, 5 }.Select(packets.WhyNotBefore), Is.EqualTo(new[] { null, "frame 1 is no key frame", "frames before frame 2 need it", null, null, "it has 4 frames" }));
    }
}
