using System.Text.Json.Nodes;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Recording;

/// <summary>A data set that became arrays and HDF5, read by numpy and h5py.</summary>
public sealed class DatasetPeerTests
{
    private const string Python = "/usr/bin/python3", Install = "apt-get install python3-h5py";

    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("robotworker dataset ").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task NumpyAndH5py_ReadWhatTheSetHas()
    {
        if (!File.Exists(Python) || Peer.Run(Python, ["-c", "import h5py, numpy"]).ExitCode != 0) Peer.Missing($"h5py for {Python} ({Install})");
        var ffmpeg = Peer.Require("ffmpeg", "apt-get install ffmpeg");
        var set = Path.Combine(folder, "set");
        var layout = new DatasetLayout("arm", 10, [new("observation.state", DatasetType.Float32, ["a.rad", "b.rad"]), new("action", DatasetType.Float32, ["a.rad", "b.rad"]), new("next.done", DatasetType.Bool, ["next.done"])], [new("front", 32, 24)]);
        await new DatasetWriter(layout, "arm").WriteAsync(set, [.. new[] { 4, 6 }.Select((length, i) => Episode(length, i, ffmpeg))], CancellationToken.None);
        RobotWorkerCommand.Run(["dataset", "convert", set, "--to", "hdf5", "--images", "--out", Path.Combine(folder, "arm.hdf5")]).Require();
        RobotWorkerCommand.Run(["dataset", "convert", set, "--to", "npy", "--images", "--out", Path.Combine(folder, "npy")]).Require();

        var read = JsonNode.Parse(Peer.Run(Python, [Repository.PathOf("tests/RobotWorker.Integration/peers/numpy/read.py"), Path.Combine(folder, "arm.hdf5"), Path.Combine(folder, "npy")]).Require())!;

        var (file, demo) = (read["hdf5"]!, read["hdf5"]!["demos"]!["demo_1"]!);
        Assert.That((file["total"]!.GetValue<int>(), file["env"]!.GetValue<string>(), file["demos"]!.AsObject().Count), Is.EqualTo((10, "set", 2)));
        Assert.That(demo["attributes"]!.AsObject().Where(a => a.Key is "num_samples" or "seed" or "success" or "failure_mode" or "task").Select(a => $"{a.Key}={a.Value}").Order(StringComparer.Ordinal),
            Is.EqualTo(["failure_mode=none", "num_samples=6", "seed=8", "success=1", "task=reach"]));
        Assert.That(demo["datasets"]!.AsObject().Select(d => $"{d.Key} {d.Value!.ToJsonString()}").Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            """actions ["float32",[6,2]]""", """dones ["int64",[6]]""", """next_obs/front_image ["uint8",[6,24,32,3]]""", """next_obs/state ["float64",[6,2]]""",
            """obs/front_image ["uint8",[6,24,32,3]]""", """obs/state ["float64",[6,2]]""", """rewards ["float64",[6]]""",
        }));
        Assert.That(demo["actions"]!.AsArray().Select(v => v!.GetValue<double>()), Is.EqualTo(Columns(6, 1)["action"].Select(v => (double)(float)v)));
        Assert.That(demo["next_is_later"]!.GetValue<bool>(), Is.True);
        var arrays = read["npy"]![0]!;
        Assert.That(arrays["arrays"]!["observation.state"]!.ToJsonString(), Is.EqualTo("""["float32",[4,2]]"""));
        Assert.That(arrays["arrays"]!["next.done"]!.ToJsonString(), Is.EqualTo("""["bool",[4]]"""));
        Assert.That(arrays["arrays"]!["task_index"]!.ToJsonString(), Is.EqualTo("""["int64",[4]]"""));
        Assert.That(arrays["arrays"]!["observation.images.front"]!.ToJsonString(), Is.EqualTo("""["uint8",[4,24,32,3]]"""));
        Assert.That(arrays["action"]!.AsArray().Select(v => v!.GetValue<double>()), Is.EqualTo(Columns(4, 0)["action"].Select(v => (double)(float)v)));
        // The film grows brighter with each frame.
        Assert.That(arrays["picture_sums"]!.AsArray().Select(v => v!.GetValue<long>()), Is.Ordered.Ascending.And.Unique);
    }

    private DatasetEpisode Episode(int length, int number, string ffmpeg)
    {
        var film = Path.Combine(folder, $"{number}.mp4");
        Peer.Run(ffmpeg, ["-v", "error", "-f", "lavfi", "-i", "color=black:size=32x24:rate=10", "-vf", "geq=lum=40+20*N:cb=128:cr=128", "-frames:v", $"{length}", "-g", "2", "-bf", "0", "-pix_fmt", "yuv420p", film]).Require();
        var histogram = new long[768];
        (histogram[0], histogram[256], histogram[512]) = (1, 1, 1);
        return new(length, "reach", Columns(length, number), [], new Dictionary<string, EpisodeFilm> { ["front"] = new(film, length, histogram) },
            new(7 + number, "a", "b", "c", "arm", "none", "none", "1", 0, "succeeded", true, "none", "", "", null, null, null, null, 0, 1, "{}", "", false));
    }

    private static Dictionary<string, double[]> Columns(int length, int number) => new()
    {
        ["observation.state"] = [.. Enumerable.Range(0, 2 * length).Select(i => (0.1 * i) + number)], ["action"] = [.. Enumerable.Range(0, 2 * length).Select(i => Math.Sin(i + number))],
        ["next.done"] = [.. Enumerable.Range(0, length).Select(i => i == length - 1 ? 1.0 : 0)],
    };
}
