using System.Collections.Immutable;
using System.Text.Json;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>meta/cameras.json: how each camera sees, where it is, and what is kept beside its pictures. No reader of LeRobot asks for it, and sets of others have none.</summary>
internal static class CamerasCheck
{
    public const string Name = "meta/cameras.json";

    private const string Format = "robotworker_cameras/v1", Images = "observation.images.", Background = "background";

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
        var limit = CalibrationCheck.Check(camera, film, Has("depth"), episodes);
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
}
