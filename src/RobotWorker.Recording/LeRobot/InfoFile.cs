using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot;

/// <summary>info.json: what a reader must know before it reads anything else.</summary>
internal static class InfoFile
{
    public static JsonObject Of(DatasetLayout layout, IReadOnlyList<DatasetEpisode> episodes, int tasks)
    {
        var features = new JsonObject();
        foreach (var feature in layout.Features)
            features[feature.Key] = new JsonObject { ["dtype"] = Word(feature.Type), ["shape"] = new JsonArray(feature.Width), ["names"] = new JsonArray([.. feature.Names.Select(n => JsonValue.Create(n))]) };
        foreach (var camera in layout.Cameras) features[camera.Key] = Video(camera, layout.FramesPerSecond);
        foreach (var feature in DatasetLayout.Mandatory) features[feature.Key] = new JsonObject { ["dtype"] = Word(feature.Type), ["shape"] = new JsonArray(1), ["names"] = null };
        return new()
        {
            ["codebase_version"] = "v3.0", ["robot_type"] = layout.RobotType, ["total_episodes"] = episodes.Count, ["total_frames"] = episodes.Sum(e => e.Length), ["total_tasks"] = tasks,
            ["chunks_size"] = DatasetLayout.FilesInAChunk, ["data_files_size_in_mb"] = 100, ["video_files_size_in_mb"] = 200, ["fps"] = layout.FramesPerSecond,
            ["splits"] = new JsonObject { ["train"] = $"0:{episodes.Count}" },
            ["data_path"] = "data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet",
            ["video_path"] = layout.Cameras.IsEmpty ? null : "videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4",
            ["features"] = features,
        };
    }

    private static JsonObject Video(DatasetCamera camera, int framesPerSecond) => new()
    {
        ["dtype"] = "video", ["shape"] = new JsonArray(camera.Height, camera.Width, 3), ["names"] = new JsonArray("height", "width", "channels"),
        ["info"] = new JsonObject
        {
            ["video.height"] = camera.Height, ["video.width"] = camera.Width, ["video.codec"] = "h264", ["video.pix_fmt"] = "yuv420p", ["video.is_depth_map"] = false,
            ["video.fps"] = framesPerSecond, ["video.channels"] = 3, ["has_audio"] = false, ["is_depth_map"] = false,
        },
    };

    private static string Word(DatasetType type) => type switch { DatasetType.Float32 => "float32", DatasetType.Int64 => "int64", _ => "bool" };
}
