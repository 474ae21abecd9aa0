using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>A set as arrays: <c>episode_NNNNNN/FEATURE.npy</c>, and <c>index.json</c>, which says what they are.</summary>
public static class NpyFolder
{
    /// <param name="folder">Must not be there.</param>
    /// <param name="images">Whether videos are decoded, too: frames x height x width x 3 bytes.</param>
    /// <param name="told">Told after each episode.</param>
    /// <exception cref="DatasetException">The set is damaged, or the folder is there.</exception>
    /// <exception cref="Video.VideoException">ffmpeg is needed, and is missing or refuses.</exception>
    public static async Task WriteAsync(string folder, StoredSet set, bool images, Action<SetProgress> told, CancellationToken cancel)
    {
        using var made = new NewFolder(folder);
        ImmutableArray<SetFeature> features = [.. set.Columns.Where(c => c.IsNumeric)], cameras = images ? [.. set.Cameras] : [];
        foreach (var episode in set.Episodes)
        {
            cancel.ThrowIfCancellationRequested();
            var below = Directory.CreateDirectory(Path.Combine(made.Path, Named(episode.Number))).FullName;
            var numbers = await set.NumbersAsync(episode);
            foreach (var feature in features)
            {
                await using var file = File.Create(Path.Combine(below, $"{feature.Key}.npy"));
                await using var buffered = new BufferedStream(file, 1 << 16);
                Npy.Write(buffered, numbers[feature.Key], Npy.Type(feature.Dtype), Shape(episode, feature));
            }
            foreach (var camera in cameras)
            {
                await using var file = File.Create(Path.Combine(below, $"{camera.Key}.npy"));
                file.Write(Npy.Header("|u1", Shape(episode, camera)));
                FilmFrames.Each(episode.Films[camera.Key], camera.Shape[1], camera.Shape[0], (_, picture) => file.Write(picture), cancel);
            }
            told(new("episodes", episode.Number + 1, set.Episodes.Length));
        }
        await File.WriteAllTextAsync(Path.Combine(made.Path, "index.json"), SetJson.Text(Index(set, [.. features, .. cameras])), cancel);
        made.Complete();
    }

    private static int[] Shape(StoredEpisode episode, SetFeature feature) => feature.Shape is [1] ? [episode.Length] : [episode.Length, .. feature.Shape];

    private static JsonObject Index(StoredSet set, IEnumerable<SetFeature> features)
    {
        var described = new JsonObject();
        foreach (var feature in features)
            described[feature.Key] = new JsonObject
            {
                ["dtype"] = feature.IsVideo ? "uint8" : feature.Dtype, ["shape"] = new JsonArray([.. feature.Shape.Select(s => JsonValue.Create(s))]), ["names"] = feature.IsVideo ? null : SetJson.Texts(feature.Names),
            };
        return new()
        {
            ["format"] = "episode_NNNNNN/FEATURE.npy: frames along the first axis", ["name"] = set.Name, ["robot_type"] = set.RobotType, ["fps"] = set.FramesPerSecond, ["features"] = described,
            ["tasks"] = SetJson.Texts(set.Tasks), ["subtasks"] = SetJson.Texts(set.Subtasks),
            ["episodes"] = new JsonArray([.. set.Episodes.Select(e => SetJson.Episode(e, e.Number, set.Own.Select(o => (o.Name, o.Values[e.Number], o.Kind))))]),
        };
    }

    private static string Named(int episode) => $"episode_{episode:000000}";
}
