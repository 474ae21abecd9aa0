using System.Text.Json.Nodes;
using PureHDF;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>
/// A set as one HDF5 file, laid out as robomimic reads it (https://robomimic.github.io/docs/datasets/overview.html): <c>data/demo_N</c> with <c>actions</c>, <c>obs</c>, <c>next_obs</c>, <c>rewards</c> and <c>dones</c>.
/// </summary>
public static class RobomimicFile
{
    private const string Observation = "observation.", Pictures = "observation.images.", Action = "action", Reward = "next.reward", Done = "next.done";

    /// <param name="file">Must not be there.</param>
    /// <param name="images">Whether videos are decoded, too: as <c>obs/CAMERA_image</c>.</param>
    /// <param name="told">Told after each episode.</param>
    /// <exception cref="DatasetException">The set is damaged or has no actions, or the file is there.</exception>
    /// <exception cref="Video.VideoException">ffmpeg is needed, and is missing or refuses.</exception>
    public static async Task WriteAsync(string file, StoredSet set, bool images, Action<SetProgress> told, CancellationToken cancel)
    {
        if (Directory.Exists(file) || File.Exists(file)) throw new DatasetException($"{file} is there already: give another name, or remove it");
        if (set.Columns.FirstOrDefault(c => c is { Key: Action, IsNumeric: true }) is not { } action) throw new DatasetException($"{set.Folder} has no feature 'action', and robomimic learns those");
        var demos = set.Episodes.Select(e => new Demo(set, e, action, images)).ToList();
        var data = new H5Group { Attributes = new() { ["total"] = set.Frames, ["env_args"] = EnvironmentOf(set).ToJsonString() } };
        foreach (var demo in demos) data[$"demo_{demo.Episode.Number}"] = demo.Group;
        var partial = file + ".partial";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        try
        {
            using (var writer = new H5File { ["data"] = data }.BeginWrite(partial))
            {
                foreach (var demo in demos)
                {
                    cancel.ThrowIfCancellationRequested();
                    await demo.WriteAsync(writer, cancel);
                    told(new("episodes", demo.Episode.Number + 1, demos.Count));
                }
            }
            File.Move(partial, file);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    // There is no environment of ours that robomimic could make: it can train, and not roll out.
    private static JsonObject EnvironmentOf(StoredSet set) => new()
    {
        ["env_name"] = set.Name, ["type"] = 2, ["env_version"] = "", ["env_kwargs"] = new JsonObject { ["robot_type"] = set.RobotType, ["fps"] = set.FramesPerSecond },
    };

    /// <summary>An episode: what is in the file, and the numbers that go there later.</summary>
    private sealed class Demo
    {
        private readonly StoredSet set;
        private readonly SetFeature action;
        private readonly H5Dataset<float[]> actions;
        private readonly H5Dataset<double[]> rewards;
        private readonly H5Dataset<long[]> dones;
        private readonly List<(SetFeature Feature, H5Dataset<double[]> Now, H5Dataset<double[]>? Next)> numbers = [];
        private readonly List<(SetFeature Camera, H5Dataset<byte[]> Now, H5Dataset<byte[]> Next)> films = [];

        public Demo(StoredSet set, StoredEpisode episode, SetFeature action, bool images)
        {
            (this.set, Episode, this.action) = (set, episode, action);
            var (frames, obs, next, labels) = ((ulong)episode.Length, new H5Group(), new H5Group(), new H5Group());
            (actions, rewards, dones) = (new(fileDims: [frames, (ulong)action.Width]), new(fileDims: [frames]), new(fileDims: [frames]));
            foreach (var feature in set.Columns.Where(c => c.IsNumeric && !c.IsPosition && c.Key is not (Action or Reward or Done)))
            {
                var dims = feature.Shape is [1] ? [frames, 1] : (ulong[])[frames, .. feature.Shape.Select(s => (ulong)s)];
                var isSeen = feature.Key.StartsWith(Observation, StringComparison.Ordinal);
                var (name, now) = (isSeen ? Name(feature.Key[Observation.Length..]) : feature.Key, new H5Dataset<double[]>(fileDims: dims));
                (isSeen ? obs : labels)[name] = now;
                numbers.Add((feature, now, isSeen ? new(fileDims: dims) : null));
                if (numbers[^1].Next is { } later) next[name] = later;
            }
            foreach (var camera in images ? set.Cameras : [])
            {
                ulong[] dims = [frames, (ulong)camera.Shape[0], (ulong)camera.Shape[1], 3];
                films.Add((camera, new(fileDims: dims), new(fileDims: dims)));
                var name = $"{Name(camera.Key.StartsWith(Pictures, StringComparison.Ordinal) ? camera.Key[Pictures.Length..] : camera.Key)}_image";
                (obs[name], next[name]) = (films[^1].Now, films[^1].Next);
            }
            Group = new() { ["actions"] = actions, ["rewards"] = rewards, ["dones"] = dones, ["obs"] = obs, ["next_obs"] = next, ["labels"] = labels, Attributes = Attributes() };
        }

        public StoredEpisode Episode { get; }

        public H5Group Group { get; }

        public async Task WriteAsync(H5NativeWriter writer, CancellationToken cancel)
        {
            var frames = await set.NumbersAsync(Episode);
            writer.Write(actions, [.. frames[action.Key].Select(v => (float)v)]);
            writer.Write(rewards, frames.TryGetValue(Reward, out var given) ? given : Last(set.Value("success", Episode.Number) is false ? 0 : 1));
            writer.Write(dones, [.. (frames.TryGetValue(Done, out var done) ? done : Last(1)).Select(v => (long)v)]);
            foreach (var (feature, now, next) in numbers)
            {
                writer.Write(now, frames[feature.Key]);
                if (next is not null) writer.Write(next, Shifted(frames[feature.Key], feature.Width));
            }
            foreach (var (camera, now, next) in films)
            {
                var (size, pictures) = (camera.Width, new byte[Episode.Length * camera.Width]);
                FilmFrames.Each(Episode.Films[camera.Key], camera.Shape[1], camera.Shape[0], (i, picture) => picture.CopyTo(pictures, i * size), cancel);
                writer.Write(now, pictures);
                writer.Write(next, Shifted(pictures, size));
            }
        }

        // What is seen a frame later; nothing is seen after the last.
        private static T[] Shifted<T>(T[] rows, int width) => [.. rows[width..], .. rows[^width..]];

        private double[] Last(double value) => [.. Enumerable.Repeat(0.0, Episode.Length - 1), value];

        private Dictionary<string, object> Attributes()
        {
            var all = new Dictionary<string, object>(StringComparer.Ordinal) { ["num_samples"] = (long)Episode.Length, ["task"] = string.Join(" / ", Episode.Tasks) };
            foreach (var column in set.Own.Where(o => !o.IsList))
                if (column.Values[Episode.Number] is { } value) all[column.Name] = value is bool truth ? (truth ? 1L : 0L) : value;
            return all;
        }

        private static string Name(string key) => key.Replace('.', '_');
    }
}
