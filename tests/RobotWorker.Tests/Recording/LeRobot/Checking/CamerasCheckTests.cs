using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using RobotWorker.Recording.LeRobot.Checking;
using RobotWorker.Recording.Video;

namespace RobotWorker.Tests.Recording.LeRobot.Checking;

/// <summary>A set whose camera has a calibration, poses, depth and segmentation; then one thing in it is wrong.</summary>
public sealed class CamerasCheckTests
{
    private const string Cameras = "meta/cameras.json", Checksums = "meta/checksums.sha256", Pose = "label.camera.front.pose";
    private const string Depth0 = "sidecars/depth/front/chunk-000/file-000.mkv", Depth1 = "sidecars/depth/front/chunk-000/file-001.mkv", Segments0 = "sidecars/segmentation/front/chunk-000/file-000.mkv";
    private const int Limit = 40_000, Names = 3;

    private static readonly int[] Frames = [9, 6];

    private string folder = "";
    private string[] videos = [];

    [OneTimeSetUp]
    public void MakeVideos()
    {
        TinyVideo.Require();
        folder = Directory.CreateTempSubdirectory("robotworker cameras ").FullName;
        videos = [.. Frames.Select(n => Path.Combine(folder, $"{n}.mp4"))];
        for (var i = 0; i < 2; i++) TinyVideo.Make(videos[i], $"-frames:v {Frames[i]}");
        Film(Path.Combine(folder, "depth"), frame => (frame * 100) + 1);
        Film(Path.Combine(folder, "segmentation"), frame => frame % Names);
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void AValidSet_NothingIsFound() => Assert.That(Found(), Is.Empty);

    private static IEnumerable<TestCaseData> InCameras =>
    [
        Wrong("format", c => c["format"] = "others/v1", "format", "must be \"robotworker_cameras/v1\""),
        Wrong("a camera is missing", c => c["cameras"]!.AsObject().Remove("front"), "cameras.front", "is missing"),
        Wrong("width", c => Front(c)["width"] = 64, "cameras.front.width", "must be 32"),
        Wrong("lens", c => Front(c)["lens"] = "fisheye", "cameras.front.lens", "must be \"pinhole\""),
        Wrong("poses that are not there", c => Front(c)["pose_in_map"] = "label.camera.back.pose", "cameras.front.pose_in_map", "must be a column"),
        Wrong("no calibration", c => Front(c)["calibrations"] = new JsonArray(), "cameras.front.calibrations", "must be a list"),
        Wrong("begins late", c => Lens(c)["from_episode"] = 1, "cameras.front.calibrations[0].from_episode", "must be 0"),
        Wrong("focal length", c => Lens(c)["fx"] = 33.0, "cameras.front.calibrations[0].fx", "half the height"),
        Wrong("half a pixel aside", c => Lens(c)["cx"] = 16.0, "cameras.front.calibrations[0].cx", "must be 15.5"),
        Wrong("field of view in degrees", c => Lens(c)["vertical_field_of_view"] = 60, "cameras.front.calibrations[0].vertical_field_of_view", "between 0 and pi"),
        Wrong("mirrored", c => Lens(c)["T_parent_optical"]![0]![0] = -1, "cameras.front.calibrations[0].T_parent_optical", "must be 4 x 4 numbers"),
        Wrong("three rows", c => Lens(c)["T_parent_optical"]!.AsArray().RemoveAt(3), "cameras.front.calibrations[0].T_parent_optical", "must be 4 x 4 numbers"),
        Wrong("limit beyond 16 bits", c => Lens(c)["depth_limit_mm"] = 70_000, "cameras.front.calibrations[0].depth_limit_mm", "at most 65535"),
        Wrong("path of the depth", c => Front(c)["depth"]!["path"] = "depth.mkv", "cameras.front.depth.path", "must be \"sidecars/depth/front/"),
        Wrong("format of the depth", c => Front(c)["depth"]!["pix_fmt"] = "gray10le", "cameras.front.depth.pix_fmt", "must be \"gray16le\""),
        Wrong("first name is not the background", c => c["segments"]![0] = "sky", "segments", "the first is background"),
        Wrong("a name twice", c => c["segments"]![2] = "cup", "segments", "\"cup\" 2 times"),
        Wrong("no names", c => c["segments"] = null, "segments", "names that the ids"),
    ];

    [TestCaseSource(nameof(InCameras))]
    public void OneThingWrongInCameras_IsTheOneThingFound(Action<JsonObject> spoil, string where, string says)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path.Combine(path, "meta"));
        File.WriteAllText(Path.Combine(path, "meta/info.json"), Set().Info.ToJsonString());
        var json = Json();
        spoil(json);
        File.WriteAllText(Path.Combine(path, Cameras), json.ToJsonString());
        var findings = new Findings();
        CamerasCheck.Check(path, InfoReader.Read(path, findings)!, 3, findings);

        IsOne(findings.All, Cameras, where, says);
    }

    private static IEnumerable<TestCaseData> InFiles =>
    [
        Spoilt("depth nearer than the limit only", set => Encode(set, Depth0, 9, _ => Limit), Depth0, "frame 0", "has 40000 at (0, 0), must be at most 39999"),
        Spoilt("an id without a name", set => Encode(set, Segments0, 9, frame => frame == 4 ? Names : 0), Segments0, "frame 4", "has 3 at (0, 0), must be at most 2"),
        Spoilt("a frame too few", set => Encode(set, Depth0, 8, _ => 1), Depth0, "", "has 8 frames, must have 9"),
        Spoilt("another frame rate", set => Encode(set, Depth0, 9, _ => 1, rate: 5), Depth0, "frame 1", "is shown at 0.2 s"),
        Spoilt("another size", set => Encode(set, Depth0, 9, _ => 1, size: 16), Depth0, "", "must be 32", count: 2),
        Spoilt("a film instead", set => TinyVideo.Make(Path.Combine(set, Depth0), "-frames:v 9 -f matroska"), Depth0, "", "must be", count: 2),
        Spoilt("missing", set => File.Delete(Path.Combine(set, Depth1)), Depth1, "", "the file is missing"),
        Spoilt("one of nobody's", set => File.Copy(Path.Combine(set, Depth0), Path.Combine(set, "sidecars/depth/front/chunk-000/file-007.mkv")), "sidecars/depth/front/chunk-000/file-007.mkv", "", "no episode has this file"),
    ];

    [TestCaseSource(nameof(InFiles))]
    public void OneFileWrong_IsFound(Action<string> spoil, string file, string where, string says, int count)
    {
        var found = Found(spoil);

        Assert.That(found, Has.Length.EqualTo(count), string.Join('\n', found));
        Assert.That(found, Has.All.Property(nameof(Finding.File)).EqualTo(file));
        Assert.That(found[0].ToString(), Does.Contain(where).And.Contain(says));
    }

    [Test]
    public void CutShort_IsFound() => Assert.That(Found(set => Cut(Path.Combine(set, Depth0))).Select(f => f.File).Distinct(), Is.EqualTo([Depth0]));

    [Test]
    public void APoseThatIsNoTurn_IsFound() =>
        IsOne(Found(data: set => set.Data[1].Of<float[]>(Pose)[2][6] = 0.9f), "data/chunk-000/file-001.parquet", $"{Pose}, row 2", "a quaternion of length 1");

    [Test]
    public void AnotherNameThanWasSummed_IsFound()
    {
        var changed = Found(afterSums: set => File.WriteAllText(Path.Combine(set, Cameras), File.ReadAllText(Path.Combine(set, Cameras)).Replace("\"cup\"", "\"cap\"", StringComparison.Ordinal)));

        IsOne(changed, Cameras, "", "the file was changed");
    }

    [Test]
    public void AFileWithoutAChecksum_IsFound() =>
        IsOne(Found(afterSums: set => File.WriteAllLines(Path.Combine(set, Checksums), File.ReadAllLines(Path.Combine(set, Checksums))[1..])), Checksums, "", $"has no line for {Cameras}");

    [Test]
    public void SidecarsWithoutCameras_AreFound() =>
        Assert.That(Found(set => File.Delete(Path.Combine(set, Cameras))).Select(f => f.ToString()), Is.EqualTo([$"{Cameras}: the file is missing: nothing says what the poses and sidecars of cameras mean"]));

    private static TestCaseData Wrong(string name, Action<JsonObject> spoil, string where, string says) => new TestCaseData(spoil, where, says).SetArgDisplayNames(name);

    private static TestCaseData Spoilt(string name, Action<string> spoil, string file, string where, string says, int count = 1) => new TestCaseData(spoil, file, where, says, count).SetArgDisplayNames(name);

    private static JsonObject Front(JsonObject cameras) => cameras["cameras"]!["front"]!.AsObject();

    private static JsonObject Lens(JsonObject cameras) => Front(cameras)["calibrations"]![0]!.AsObject();

    private static void IsOne(ImmutableArray<Finding> found, string file, string where, string says)
    {
        Assert.That(found, Has.Length.EqualTo(1), string.Join('\n', found));
        Assert.That((found[0].File, found[0].Where), Is.EqualTo((file, where)), found[0].ToString());
        Assert.That(found[0].Problem, Does.Contain(says));
    }

    private static TinySet Set()
    {
        var set = TinySet.Make(camera: true);
        set.Features[Pose] = new JsonObject { ["dtype"] = "float32", ["shape"] = new JsonArray(7), ["names"] = null };
        foreach (var (table, frames) in set.Data.Zip(Frames)) table[Pose] = Enumerable.Range(0, frames).Select(i => new[] { i * 0.1f, 0, 1, 0, 0, 0, 1 }).ToArray();
        return set;
    }

    private ImmutableArray<Finding> Found(Action<string>? files = null, Action<TinySet>? data = null, Action<string>? afterSums = null)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        var set = Set();
        data?.Invoke(set);
        set.Sum();
        set.Write(path, videos);
        foreach (var kind in new[] { "depth", "segmentation" })
        {
            Directory.CreateDirectory(Path.Combine(path, $"sidecars/{kind}/front/chunk-000"));
            for (var i = 0; i < 2; i++) File.Copy(Path.Combine(folder, $"{kind}{i}.mkv"), Path.Combine(path, $"sidecars/{kind}/front/chunk-000/file-00{i}.mkv"));
        }
        File.WriteAllText(Path.Combine(path, Cameras), Json().ToJsonString());
        files?.Invoke(path);
        var summed = Directory.GetFiles(Path.Combine(path, "sidecars"), "*", SearchOption.AllDirectories).Append(Path.Combine(path, Cameras)).Where(File.Exists);
        File.WriteAllLines(Path.Combine(path, Checksums), summed.Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))}  {Path.GetRelativePath(path, f)}").Order(StringComparer.Ordinal).OrderBy(l => !l.Contains(Cameras, StringComparison.Ordinal)));
        afterSums?.Invoke(path);
        return DatasetCheck.Run(path, default);
    }

    private static JsonObject Json()
    {
        static JsonObject Film(string kind) => new() { ["path"] = $"sidecars/{kind}/front/chunk-{{chunk_index:03d}}/file-{{file_index:03d}}.mkv", ["codec"] = "ffv1", ["pix_fmt"] = "gray16le" };
        return new()
        {
            ["format"] = "robotworker_cameras/v1", ["segments"] = new JsonArray("background", "cup", "table"),
            ["cameras"] = new JsonObject
            {
                ["front"] = new JsonObject
                {
                    ["feature"] = TinySet.Camera, ["width"] = 32, ["height"] = 32, ["lens"] = "pinhole", ["shadows"] = false, ["pose_in_map"] = Pose,
                    ["calibrations"] = new JsonArray(new JsonObject
                    {
                        ["from_episode"] = 0, ["vertical_field_of_view"] = Math.PI / 2, ["fx"] = 16.0, ["fy"] = 16.0, ["cx"] = 15.5, ["cy"] = 15.5, ["parent"] = "head", ["depth_limit_mm"] = Limit,
                        ["T_parent_optical"] = new JsonArray(new JsonArray(1, 0, 0, 0.1), new JsonArray(0, 0, -1, 0), new JsonArray(0, 1, 0, 0.2), new JsonArray(0, 0, 0, 1)),
                    }),
                    ["depth"] = Film("depth"), ["segmentation"] = Film("segmentation"),
                },
            },
        };
    }

    private static void Film(string start, Func<int, int> value)
    {
        for (var i = 0; i < 2; i++) Encode("", $"{start}{i}.mkv", Frames[i], value);
    }

    private static void Encode(string set, string file, int frames, Func<int, int> value, int rate = 10, int size = TinySet.Size)
    {
        using var encoder = new FfmpegEncoder(Programs.Find("ffmpeg")!, Path.Combine(set, file), new(size, size, rate) { Measured = true });
        for (var i = 0; i < frames; i++) encoder.Write(MemoryMarshal.AsBytes<ushort>(Enumerable.Repeat((ushort)value(i), size * size).ToArray()));
        encoder.Complete();
    }

    private static void Cut(string file)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.SetLength(stream.Length * 2 / 3);
    }
}
