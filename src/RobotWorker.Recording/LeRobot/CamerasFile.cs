using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot;

/// <summary>cameras.json: how pixels, metres and names belong together. Readers of LeRobot do not know it and do not miss it.</summary>
internal static class CamerasFile
{
    /// <returns>Null where no camera's calibration is known.</returns>
    public static JsonObject? Of(DatasetLayout layout, IReadOnlyList<DatasetEpisode> episodes)
    {
        var cameras = new JsonObject();
        foreach (var camera in layout.Cameras.Where(c => episodes.All(e => e.Films[c.Name].Calibration is not null)))
            cameras[camera.Name] = Camera(camera, episodes);
        if (cameras.Count == 0) return null;
        return new()
        {
            ["format"] = "robotworker_cameras/v1",
            ["axes"] = "optical frames as in OpenCV: x right, y down, z forward; metres and radians",
            ["pixels"] = "u - cx = fx x / z, v - cy = fy y / z; (0, 0) is the middle of the top left pixel",
            ["transforms"] = "4 x 4, row by row: point in parent = T_parent_optical * point in the optical frame",
            ["cameras"] = cameras,
            ["segments"] = layout.Segments.IsEmpty ? null : new JsonArray([.. layout.Segments.Prepend("background").Select(name => (JsonNode?)name)]),
        };
    }

    private static JsonObject Camera(DatasetCamera camera, IReadOnlyList<DatasetEpisode> episodes)
    {
        var json = new JsonObject
        {
            ["feature"] = camera.Key, ["width"] = camera.Width, ["height"] = camera.Height, ["lens"] = "pinhole", ["shadows"] = camera.Shadows,
            ["pose_in_map"] = camera.Moves ? camera.Pose.Key : null, ["calibrations"] = Calibrations(camera, episodes),
        };
        foreach (var kind in camera.Sidecars)
            json[kind.Word()] = new JsonObject
            {
                ["path"] = kind.TemplateOf(camera.Name), ["codec"] = "ffv1", ["pix_fmt"] = "gray16le",
                ["value"] = kind == SidecarKind.Depth ? "millimetres along z of the optical frame; 0: nothing nearer than the depth limit" : "place in segments",
            };
        return json;
    }

    /// <summary>One entry for each run of episodes that have the same: it holds from its first episode on.</summary>
    private static JsonArray Calibrations(DatasetCamera camera, IReadOnlyList<DatasetEpisode> episodes)
    {
        var all = new JsonArray();
        var before = "";
        for (var i = 0; i < episodes.Count; i++)
        {
            var calibration = Calibration(camera, episodes[i].Films[camera.Name].Calibration!);
            var text = calibration.ToJsonString();
            if (text == before) continue;
            before = text;
            calibration.Insert(0, "from_episode", i);
            all.Add(calibration);
        }
        return all;
    }

    private static JsonObject Calibration(DatasetCamera camera, CameraCalibration known)
    {
        var focal = camera.Height / 2.0 / Math.Tan(known.FieldOfView / 2);
        var json = new JsonObject
        {
            ["vertical_field_of_view"] = known.FieldOfView, ["fx"] = focal, ["fy"] = focal, ["cx"] = (camera.Width - 1) / 2.0, ["cy"] = (camera.Height - 1) / 2.0,
            ["parent"] = known.Parent, ["T_parent_optical"] = new JsonArray([.. known.Transform.Chunk(4).Select(row => new JsonArray([.. row.Select(v => JsonValue.Create(v))]))]),
        };
        if (camera.Sidecars.Contains(SidecarKind.Depth)) json["depth_limit_mm"] = known.DepthLimit;
        return json;
    }
}
