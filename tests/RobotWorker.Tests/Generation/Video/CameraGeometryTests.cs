using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RobotWorker.Generation.Generate;
using RobotWorker.Generation.Video;
using RobotWorker.Motion;
using RobotWorker.MuJoCo;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Recording.Video;
using RobotWorker.Testing;
using RobotWorker.Tests.Sim;

namespace RobotWorker.Tests.Generation.Video;

/// <summary>
/// Three balls hang in the kitchen while the robot turns and looks about. What the film, its sidecars and cameras.json say of them is compared with where they truly are, for a camera that
/// stands and for one that moves: lens, pose, depth and segmentation must all be right for that.
/// </summary>
[NonParallelizable]
[TestFixture("overview", false)]
[TestFixture("head_camera", true)]
internal sealed class CameraGeometryTests(string name, bool moves)
{
    private const int Width = 320, Height = 240, Frames = 6;
    private const double Radius = 0.04;

    private static readonly ImmutableDictionary<string, Vec3> Balls = ImmutableDictionary<string, Vec3>.Empty
        .Add("ball_left", new(-0.35, 0.9, 1.1)).Add("ball_right", new(0.3, 1.0, 1.0)).Add("ball_high", new(0, 0.8, 1.25));

    private ushort[][] depth = [], segmentation = [];
    private Pose[] poses = [], parents = [];
    private ImmutableArray<string> names;
    private JsonNode lens = new JsonObject();

    [OneTimeSetUp]
    public void Film()
    {
        Simulator.Require();
        Peer.Require("ffmpeg", "apt-get install ffmpeg");
        var folder = Directory.CreateTempSubdirectory("robotworker film ").FullName;
        using var world = Kitchen.World();
        var balls = string.Concat(Balls.Select(b => FormattableString.Invariant(
            $"""<body name="{b.Key}" pos="{b.Value.X} {b.Value.Y} {b.Value.Z}"><geom type="sphere" size="{Radius}" contype="0" conaffinity="0" rgba="1 0 1 1"/></body>""")));
        var mjcf = world.Mjcf.Replace("</worldbody>", balls + "</worldbody>", StringComparison.Ordinal);
        names = SegmentNames.Of(mjcf);
        string File(string what) => Path.Combine(folder, what);
        var order = new RenderOrder(mjcf, name, Width, Height, 10, File("film.mp4"), new(false, File("depth.mkv"), File("segmentation.mkv"), names));

        using var input = new MemoryStream();
        using (var to = new BinaryWriter(input, Encoding.UTF8, leaveOpen: true))
        {
            order.Write(to);
            parents = [.. States(mjcf, world.Data.Qpos.ToArray(), to)];
        }
        input.Position = 0;
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.That(FilmWorker.Run(input, output, errors, TimeProvider.System), Is.Zero, errors.ToString());

        var made = JsonSerializer.Deserialize<FilmStatistics>(output.ToString())!;
        poses = [.. made.Camera!.Poses.Chunk(7).Select(p => new Pose(new(p[0], p[1], p[2]), new(p[3], p[4], p[5], p[6])))];
        (depth, segmentation) = (Decoded(File("depth.mkv")), Decoded(File("segmentation.mkv")));
        var episode = new DatasetEpisode(Frames, "", new Dictionary<string, double[]>(), [], new Dictionary<string, EpisodeFilm>
        {
            [name] = new(made.Path, Frames, []) { Calibration = CameraMount.Of(world, name, made.Camera.DepthLimit) },
        }, new(0, "", "", "", "", "", "", "", 0, "", true, "none", "", "", null, null, null, null, 0, 1, "{}", "", false));
        lens = CamerasFile.Of(new("porter", 10, [], [new(name, Width, Height, moves)]) { Segments = names }, [episode])!["cameras"]![name]!["calibrations"]![0]!;
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Ball_ProjectedThroughLensAndPose_IsTheMiddleOfItsSegment()
    {
        var off = new List<(double U, double V)>();
        foreach (var (frame, ball, centre) in Seen())
        {
            var pixels = Pixels(frame, ball);
            var (u, v) = Project(centre);
            Assert.That((double)pixels.Count, Is.EqualTo(Math.PI * Math.Pow(Lens("fx") * Radius / centre.Z, 2)).Within(25).Percent, "nothing stands before it");
            off.Add((pixels.Average(p => p.X) - u, pixels.Average(p => p.Y) - v));
            Assert.That(Math.Sqrt((off[^1].U * off[^1].U) + (off[^1].V * off[^1].V)), Is.LessThan(1), $"pixels, {ball} in frame {frame}");
        }

        Assert.That(off, Has.Count.GreaterThanOrEqualTo(2 * Frames));
        // Half a pixel would be a camera whose middle is said wrongly.
        Assert.That(off.Average(o => o.U), Is.EqualTo(0).Within(0.25));
        Assert.That(off.Average(o => o.V), Is.EqualTo(0).Within(0.25));
    }

    [Test]
    public void Depth_OfABall_IsMillimetresAlongTheAxisToItsFront()
    {
        foreach (var (frame, ball, centre) in Seen())
        {
            var (u, v) = Project(centre);
            var front = centre.Z * (1 - (Radius / centre.Length));

            Assert.That((double)depth[frame][((int)Math.Round(v) * Width) + (int)Math.Round(u)], Is.EqualTo(front * 1000).Within(4), $"{ball} in frame {frame}");
        }
    }

    [Test]
    public void Floor_UnprojectedThroughItsDepth_IsFlat()
    {
        var floor = names.IndexOf("floor") + 1;
        var heights = new List<double>();
        for (var frame = 0; frame < Frames; frame++)
            for (var i = 0; i < Width * Height; i += 7)
                if (segmentation[frame][i] == floor) heights.Add(PoseOf(frame).Apply(Unproject(i % Width, i / Width, depth[frame][i] / 1000.0)).Z);

        Assert.That(heights, Has.Count.GreaterThan(1000));
        Assert.That(heights, Has.All.EqualTo(0).Within(0.003));
    }

    [Test]
    public void Background_IsWhereThereIsNoDepth()
    {
        for (var frame = 0; frame < Frames; frame++)
            for (var i = 0; i < Width * Height; i++)
                if (segmentation[frame][i] == 0 != (depth[frame][i] == 0)) Assert.Fail($"frame {frame}, pixel {i}: segment {segmentation[frame][i]}, depth {depth[frame][i]} mm");
        Assert.That((int)segmentation.Max(f => f.Max()), Is.LessThanOrEqualTo(names.Length));
    }

    [Test]
    public void Mount_OnItsParent_IsThePoseOfEachFrame()
    {
        Assert.That((string?)lens["parent"], Is.EqualTo(moves ? "head_tilt_link" : "map"));
        Assert.That(poses.Distinct().Count() > 1, Is.EqualTo(moves));
        for (var frame = 0; frame < Frames; frame++)
        {
            var mounted = (moves ? parents[frame] : Pose.Identity) * Mount;
            Assert.That((mounted.Position - poses[frame].Position).Length, Is.LessThan(1e-9));
            Assert.That((mounted.Rotation.Inverse() * poses[frame].Rotation).ToRotationVector().Length, Is.LessThan(1e-6));
        }
    }

    // The robot turns on its spot, and its head looks about.
    private static IEnumerable<Pose> States(string mjcf, double[] qpos, BinaryWriter to)
    {
        using var model = MjModel.FromXml(mjcf);
        using var data = new MjData(model);
        var head = model.Id(MjObject.Body, "head_tilt_link");
        for (var frame = 0; frame < Frames; frame++)
        {
            qpos.CopyTo(data.Qpos);
            foreach (var (joint, moved) in new[] { ("base_x", 0.03), ("base_yaw", 0.05), ("head_pan_joint", -0.06), ("head_tilt_joint", 0.04) })
                data.Qpos[model.JointQposAddress(model.Id(MjObject.Joint, joint))] += (frame - 1) * moved;
            data.Qpos[model.JointQposAddress(model.Id(MjObject.Joint, "head_tilt_joint"))] += 0.25;
            data.Kinematics();
            var (p, q) = (data.BodyPosition(head).ToArray(), data.BodyQuaternion(head).ToArray());
            yield return new(new(p[0], p[1], p[2]), new(q[1], q[2], q[3], q[0]));
            var state = data.SaveState();
            to.Write(state.Length);
            foreach (var number in state) to.Write(number);
        }
    }

    private static ushort[][] Decoded(string file)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-i", file, "-f", "rawvideo", "-pix_fmt", "gray16le", "pipe:1"]) { RedirectStandardOutput = true })!;
        using var bytes = new MemoryStream();
        ffmpeg.StandardOutput.BaseStream.CopyTo(bytes);
        ffmpeg.WaitForExit();
        return [.. MemoryMarshal.Cast<byte, ushort>(bytes.ToArray()).ToArray().Chunk(Width * Height)];
    }

    private IEnumerable<(int Frame, string Ball, Vec3 Centre)> Seen()
    {
        const int margin = 15;
        for (var frame = 0; frame < Frames; frame++)
            foreach (var (ball, centre) in Balls)
            {
                var point = PoseOf(frame).Inverse().Apply(centre);
                var (u, v) = Project(point);
                if (point.Z > 0 && u is > margin and < Width - margin && v is > margin and < Height - margin) yield return (frame, ball, point);
            }
    }

    // As a reader has it: where the camera stands, its mount says all.
    private Pose PoseOf(int frame) => moves ? poses[frame] : Mount;

    private Pose Mount
    {
        get
        {
            double At(int row, int column) => (double)lens["T_parent_optical"]![row]![column]!;
            Vec3 Column(int c) => new(At(0, c), At(1, c), At(2, c));
            return new(Column(3), Quat.FromAxes(Column(0), Column(1), Column(2)));
        }
    }

    private List<(int X, int Y)> Pixels(int frame, string segment)
    {
        var id = names.IndexOf(segment) + 1;
        return [.. Enumerable.Range(0, Width * Height).Where(i => segmentation[frame][i] == id).Select(i => (i % Width, i / Width))];
    }

    private double Lens(string field) => (double)lens[field]!;

    private (double U, double V) Project(Vec3 p) => ((Lens("fx") * p.X / p.Z) + Lens("cx"), (Lens("fy") * p.Y / p.Z) + Lens("cy"));

    private Vec3 Unproject(int u, int v, double z) => new((u - Lens("cx")) / Lens("fx") * z, (v - Lens("cy")) / Lens("fy") * z, z);
}
