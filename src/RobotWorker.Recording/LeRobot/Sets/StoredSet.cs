using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Apache.Arrow;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>The versions of the format that are read and written.</summary>
public enum SetVersion
{
    /// <summary>A data file and a film for each episode, the rest as lines of JSON. LeRobot before 0.4, and openpi.</summary>
    V21,

    /// <summary>Tables for everything, and files that many episodes may share. LeRobot from 0.4 on.</summary>
    V30,
}

/// <summary>A LeRobot data set that is there, ours or anybody's. Its tables are in memory, its frames are read where they are asked for.</summary>
public sealed class StoredSet : IDisposable
{
    private ImmutableArray<(MeasuredColumn As, int Width)> measured = [];
    private ArrowTable? open;

    internal StoredSet(
        string folder, SetVersion version, JsonObject info, ImmutableArray<SetFeature> features, ImmutableArray<string> tasks, ImmutableArray<string> subtasks, ImmutableArray<StoredEpisode> episodes, ImmutableArray<OwnColumn> own)
    {
        (Folder, Version, Info, Features, Tasks, Subtasks, Episodes, Own) = (folder, version, info, features, tasks, subtasks, episodes, own);
        FramesPerSecond = SetInfo.FramesPerSecond(info, folder);
    }

    public string Folder { get; }

    public SetVersion Version { get; }

    /// <summary>meta/info.json, all of it.</summary>
    public JsonObject Info { get; }

    public int FramesPerSecond { get; }

    public string? RobotType => (Info["robot_type"] as JsonValue)?.ToString();

    public ImmutableArray<SetFeature> Features { get; }

    public ImmutableArray<string> Tasks { get; }

    public ImmutableArray<string> Subtasks { get; }

    public ImmutableArray<StoredEpisode> Episodes { get; }

    public ImmutableArray<OwnColumn> Own { get; }

    public IEnumerable<SetFeature> Cameras => Features.Where(f => f.IsVideo);

    /// <summary>What the data files have.</summary>
    public IEnumerable<SetFeature> Columns => Features.Where(f => !f.IsVideo);

    public long Frames => Episodes.Sum(e => (long)e.Length);

    /// <summary>What the folder is called.</summary>
    public string Name => Path.GetFileName(Path.GetFullPath(Folder).TrimEnd(Path.DirectorySeparatorChar));

    /// <exception cref="DatasetException">It is none, or of another version, or damaged; the text says where.</exception>
    public static async Task<StoredSet> OpenAsync(string folder)
    {
        try
        {
            var info = SetInfo.Read(folder);
            return SetInfo.Version(info, folder) switch
            {
                SetVersion.V30 => await SetReader30.ReadAsync(folder, info),
                SetVersion.V21 => SetReader21.Read(folder, info),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new DatasetException($"{folder}: its metadata cannot be understood: {e.Message}", e);
        }
    }

    /// <summary>A value of an episode from the columns that the format does not ask for; null where there is none.</summary>
    public object? Value(string column, int episode) => Own.FirstOrDefault(o => o.Name == column)?.Values[episode];

    /// <summary>The same set, some columns measured and named otherwise. To be disposed of by itself.</summary>
    internal StoredSet Measured(ImmutableArray<MeasuredColumn> columns, string robotType)
    {
        var info = (JsonObject)Info.DeepClone();
        info["robot_type"] = robotType;
        ImmutableArray<SetFeature> features = [.. Features.Select(f => columns.FirstOrDefault(c => c.Key == f.Key) is { } column ? column.Of(f) : f)];
        foreach (var feature in features) info["features"]![feature.Key] = feature.Json.DeepClone();
        return new(Folder, Version, info, features, Tasks, Subtasks, Episodes, Own) { measured = [.. columns.Select(c => (c, Features.First(f => f.Key == c.Key).Width))] };
    }

    /// <summary>An episode's frames, a column for each feature that is no video.</summary>
    /// <exception cref="DatasetException">They are not as the metadata says.</exception>
    internal async Task<ImmutableSortedDictionary<string, IArrowArray>> FramesAsync(StoredEpisode episode)
    {
        var table = await TableAsync(episode.DataFile);
        var numbers = ArrowCells.Numbers(table.Slice("episode_index", episode.FirstRow, episode.Length));
        if (numbers.Any(n => n != episode.Number))
            throw new DatasetException($"{episode.DataFile}: rows {episode.FirstRow} to {episode.FirstRow + episode.Length - 1} must be those of episode {episode.Number}; `dataset check` says what is wrong");
        return Columns.ToImmutableSortedDictionary(c => c.Key, c =>
        {
            var column = table.Slice(c.Key, episode.FirstRow, episode.Length);
            var (other, width) = measured.FirstOrDefault(m => m.As.Key == c.Key);
            return other is null ? column : other.Of(column, width);
        }, StringComparer.Ordinal);
    }

    /// <summary>The numbers of an episode: by feature, frames times its width.</summary>
    /// <exception cref="DatasetException">They are not as the metadata says.</exception>
    public async Task<ImmutableSortedDictionary<string, double[]>> NumbersAsync(StoredEpisode episode)
    {
        var frames = await FramesAsync(episode);
        return Columns.Where(c => c.IsNumeric).ToImmutableSortedDictionary(c => c.Key, c => NumbersOf(c, frames[c.Key], episode), StringComparer.Ordinal);
    }

    internal static double[] NumbersOf(SetFeature feature, IArrowArray column, StoredEpisode episode)
    {
        try
        {
            var numbers = ArrowCells.Numbers(column);
            if (numbers.Length == episode.Length * feature.Width) return numbers;
            throw new DatasetException($"{episode.DataFile}: {feature.Key} has {numbers.Length} numbers for {episode.Length} frames of {feature.Width}");
        }
        catch (NotSupportedException e)
        {
            throw new DatasetException($"{episode.DataFile}: {feature.Key} is {column.Data.DataType.Name}, must be {feature.Dtype} by meta/info.json", e);
        }
    }

    public void Dispose()
    {
        open?.Dispose();
        open = null;
    }

    private async Task<ArrowTable> TableAsync(string file)
    {
        if (open?.File == file) return open;
        open?.Dispose();
        open = null;
        return open = await ArrowTable.ReadAsync(file);
    }
}
