using System.Collections.Immutable;
using System.Text.Json;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>meta/cameras.json: how each camera sees, where it is, and what is kept beside its pictures. No reader of LeRobot asks for it, and sets of others have none.</summary>
internal static class CamerasCheck
{
    public const string Name = "meta/cameras.json";

    private const string Format = "robotworker_cameras/v1", Images = "observation.images.", Background = "background";
    private const int LongestDepth = ushort.MaxValue;
    private const double RoundingOfMatrices = 1e-9;

    /// <returns>The sidecars that it promises.</returns>
    public static ImmutableArray<Sidecar> Check(string folder, Info info, int? episodes, Findings findings)
    {
        if (!File.Exists(Path.Combine(folder, Name)))
        {
            if (Directory.Exists(Path.Combine(folder, Sidecar.Folder)) || info.Columns.Any(c => CameraPoses.IsPose(c.Key)))
                findings.Error(Name, "", "the file is missing: nothing says what the poses and sidecars of cameras mean");
            return [];
        }
        if (findings.Read(folder, Name, path => new JsonFields(JsonFields.Parse(path), Name, "", findings)) is not { } root) return [];
        root.Same("format", Format);
        var segments = Segments(root);
        if (root.Get("cameras", "an object with the cameras of info.json") is not { } cameras) return [];
        if (cameras.ValueKind != JsonValueKind.Object)
        {
            root.Wrong("cameras", $"is {JsonFields.Shown(cameras)}, must be an object");
            return [];
        }
        foreach (var unknown in info.Cameras.Where(c => !cameras.EnumerateObject().Any(e => Images + e.Name == c.Key)))
            root.Wrong($"cameras.{unknown.Key.Replace(Images, "", StringComparison.Ordinal)}", "is missing, must be there: info.json has that camera");
        var sidecars = ImmutableArray.CreateBuilder<Sidecar>();
        foreach (var entry in cameras.EnumerateObject())
        {
            if (info.Cameras.FirstOrDefault(c => c.Key == Images + entry.Name) is { } film)
                sidecars.AddRange(Camera(new(entry.Value, Name, $"cameras.{entry.Name}.", findings), entry.Name, film, info, segments, episodes));
            else root.Wrong($"cameras.{entry.Name}", $"is no camera of {DatasetFiles.Info}");
        }
        if (segments is null && sidecars.Any(s => s.Kind == "segmentation")) root.Wrong("segments", "must be the names that the ids of the segmentation stand for");
        return sidecars.ToImmutable();
    }

    /// <returns>How many there are, the background among them; null where there are none.</returns>
    private static int? Segments(JsonFields root)
    {
        const string right = "null, or a list of names of which the first is background";
        if (root.Get("segments", right) is not { ValueKind: not JsonValueKind.Null } list) return null;
        var names = list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()!).ToList() : [];
        if (list.ValueKind != JsonValueKind.Array || names.Count != list.GetArrayLength() || names.FirstOrDefault() != Background) root.Wrong("segments", $"is {JsonFields.Shown(list)}, must be {right}");
        else if (names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) root.Wrong("segments", $"has \"{twice.Key}\" {twice.Count()} times, must have each name once");
        return names.Count;
    }

    private static IEnumerable<Sidecar> Camera(JsonFields camera, string name, Feature film, Info info, int? segments, int? episodes)
    {
        camera.Same("feature", film.Key);
        camera.Same("height", film.Shape[0]);
        camera.Same("width", film.Shape[1]);
        camera.Same("lens", "pinhole");
        camera.TrueOrFalse("shadows");
        if (camera.Get("pose_in_map", "null, or the column of its poses") is { ValueKind: not JsonValueKind.Null } pose
            && !(pose.ValueKind == JsonValueKind.String && info.Column(pose.GetString()!) is { Shape: [CameraPoses.Width] } && CameraPoses.IsPose(pose.GetString()!)))
            camera.Wrong("pose_in_map", $"is {JsonFields.Shown(pose)}, must be a column label.camera.NAME.pose of {CameraPoses.Width} numbers that {DatasetFiles.Info} has");
        var hasDepth = Has("depth");
        var limit = Calibrations(camera, film, hasDepth, episodes);
        foreach (var sidecar in new Sidecar[]
        {
            new("depth", name, film, limit - 1, $"below the depth_limit_mm of {Name}"), new("segmentation", name, film, segments - 1, $"a place in the segments of {Name}"),
        }.Where(s => Has(s.Kind)))
        {
            var fields = new JsonFields(camera.Object.GetProperty(sidecar.Kind), Name, $"{camera.Path}{sidecar.Kind}.", camera.Findings);
            fields.Same("path", sidecar.Template);
            fields.Same("codec", "ffv1");
            fields.Same("pix_fmt", "gray16le");
            yield return sidecar;
        }

        bool Has(string kind) => camera.Object.ValueKind == JsonValueKind.Object && camera.Object.TryGetProperty(kind, out _);
    }

    /// <returns>The greatest limit of depth.</returns>
    private static int? Calibrations(JsonFields camera, Feature film, bool hasDepth, int? episodes)
    {
        if (camera.Get("calibrations", "a list with one entry at least") is not { } list) return null;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            camera.Wrong("calibrations", $"is {JsonFields.Shown(list)}, must be a list with one entry at least");
            return null;
        }
        var (least, limit, number) = (0L, (int?)null, 0);
        foreach (var entry in list.EnumerateArray())
        {
            var fields = new JsonFields(entry, Name, $"{camera.Path}calibrations[{number++}].", camera.Findings);
            if (fields.Integer("from_episode", 0) is { } from)
            {
                var isRight = number == 1 ? from == 0 : from >= least && !(from >= episodes);
                if (!isRight) fields.Wrong("from_episode", $"is {from}, must be {(number == 1 ? "0" : $"at least {least} and below {episodes}")}: the entries stand in the order of the episodes");
                least = from + 1;
            }
            Lens(fields, film);
            fields.Text("parent", "the frame in which the camera is mounted");
            if (fields.Get("T_parent_optical", "4 x 4 numbers") is { } matrix && !(JsonNumbers.Read(matrix, [4, 4]) is { } m && IsRigid(m)))
                fields.Wrong("T_parent_optical", $"is {JsonFields.Shown(matrix)}, must be 4 x 4 numbers: a rotation, a position, and 0 0 0 1");
            if (hasDepth && fields.Integer("depth_limit_mm", 1) is { } millimetres)
            {
                if (millimetres > LongestDepth) fields.Wrong("depth_limit_mm", $"is {millimetres}, must be at most {LongestDepth}: 16 bits hold no more");
                limit = (int)Math.Max(limit ?? 0, Math.Min(millimetres, LongestDepth));
            }
        }
        return limit;
    }

    private static void Lens(JsonFields calibration, Feature film)
    {
        var (height, width) = (film.Shape[0], film.Shape[1]);
        if (calibration.Number("vertical_field_of_view", "radians") is { } view)
        {
            if (view is <= 0 or >= Math.PI) calibration.Wrong("vertical_field_of_view", $"is {view}, must be between 0 and pi");
            else
                foreach (var focal in new[] { "fx", "fy" }) calibration.Near(focal, height / 2.0 / Math.Tan(view / 2), "half the height by the tangent of half the field of view");
        }
        calibration.Near("cx", (width - 1) / 2.0, "the middle of the picture, where (0, 0) is the middle of a pixel");
        calibration.Near("cy", (height - 1) / 2.0, "the middle of the picture, where (0, 0) is the middle of a pixel");
    }

    // Its rows are of length 1, at right angles, and turn to the right.
    private static bool IsRigid(double[] m)
    {
        double[][] rows = [m[..3], m[4..7], m[8..11]];
        for (var i = 0; i < 3; i++)
            for (var j = i; j < 3; j++)
                if (!(Math.Abs(Dot(rows[i], rows[j]) - (i == j ? 1 : 0)) <= RoundingOfMatrices)) return false;
        double[] across = [(rows[0][1] * rows[1][2]) - (rows[0][2] * rows[1][1]), (rows[0][2] * rows[1][0]) - (rows[0][0] * rows[1][2]), (rows[0][0] * rows[1][1]) - (rows[0][1] * rows[1][0])];
        return Dot(across, rows[2]) > 0 && m[12..].AsSpan().SequenceEqual([0, 0, 0, 1]);
    }

    private static double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);
}
