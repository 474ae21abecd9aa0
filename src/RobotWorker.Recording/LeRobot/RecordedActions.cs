using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Runtime.InteropServices;
using System.Text.Json;
using ParquetSharp;
using RobotWorker.Recording.LeRobot.Checking;

namespace RobotWorker.Recording.LeRobot;

/// <summary>The column <c>action</c> of a data set, by the seeds of its episodes: all that a replay needs.</summary>
public sealed class RecordedActions
{
    private const string Action = "action";

    private readonly Dictionary<long, (long From, long To)> episodes;
    private readonly List<double> values;

    private RecordedActions(int framesPerSecond, string robot, int width, Dictionary<long, (long From, long To)> episodes, List<double> values)
    {
        (FramesPerSecond, Robot, Width, this.episodes, this.values) = (framesPerSecond, robot, width, episodes, values);
        Sum = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values))));
    }

    public int FramesPerSecond { get; }

    /// <summary>Of the set.</summary>
    public string Robot { get; }

    /// <summary>Numbers in an action.</summary>
    public int Width { get; }

    /// <summary>SHA-256 of the column.</summary>
    public string Sum { get; }

    /// <summary>The seeds of its episodes.</summary>
    public IReadOnlyCollection<long> Seeds => episodes.Keys;

    /// <summary>The actions of an episode, one a frame; null: the set has none with that seed.</summary>
    public ImmutableArray<double[]>? Of(long seed)
    {
        if (!episodes.TryGetValue(seed, out var rows)) return null;
        return [.. Enumerable.Range((int)rows.From, (int)(rows.To - rows.From)).Select(row => values.Slice(row * Width, Width).ToArray())];
    }

    /// <param name="folder">Of a data set of version 3.0 that was generated, whose episodes have seeds.</param>
    /// <exception cref="InvalidDataException">It is no such set.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordedActions Read(string folder)
    {
        try
        {
            var (fps, robot, width) = ReadInfo(Path.Combine(folder, DatasetFiles.Info));
            var values = Column(folder, "data", Action);
            var (seeds, from, to) = (Column(folder, "meta/episodes", "seed"), Column(folder, "meta/episodes", "dataset_from_index"), Column(folder, "meta/episodes", "dataset_to_index"));
            var episodes = new Dictionary<long, (long, long)>();
            // Whose world was another than its seed alone draws cannot be done again in that world.
            var (varied, faults) = (Texts(folder, "variation"), Texts(folder, "fault_file"));
            for (var i = 0; i < seeds.Count; i++)
                if ((varied.Count == 0 || varied[i] == "{}") && (faults.Count == 0 || faults[i] == "") && !episodes.TryAdd((long)seeds[i], ((long)from[i], (long)to[i]))) throw new InvalidDataException($"{folder} has two episodes with the seed {seeds[i]}");
            if (episodes.Count == 0 && seeds.Count > 0) throw new InvalidDataException($"each episode of {folder} has a fault, or a world that varied in more than its scene says: their actions fit no other world");
            if (from.Zip(to).Any(r => r.First < 0 || r.Second < r.First || r.Second * width > values.Count)) throw new InvalidDataException($"{folder} does not have the rows that its episodes name: './robotworker dataset check' says more");
            return new(fps, robot, width, episodes, values);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ParquetException or NotSupportedException or DirectoryNotFoundException or FileNotFoundException)
        {
            throw new InvalidDataException($"{folder} is no data set whose actions can be replayed: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static (int FramesPerSecond, string Robot, int Width) ReadInfo(string file)
    {
        using var info = JsonDocument.Parse(File.ReadAllText(file));
        var root = info.RootElement;
        if (root.GetProperty("codebase_version").GetString() is not "v3.0" and var version) throw new InvalidDataException($"{file}: the set is of version {version}; './robotworker dataset convert --to v3.0' makes one that can be replayed");
        return (root.GetProperty("fps").GetInt32(), root.GetProperty("robot_type").GetString() ?? "", root.GetProperty("features").GetProperty(Action).GetProperty("shape")[0].GetInt32());
    }

    /// <summary>A column of texts of the episodes; empty where the set has none of that name.</summary>
    private static List<string?> Texts(string folder, string name)
    {
        var all = new List<string?>();
        foreach (var file in DatasetFiles.Below(folder, "meta/episodes", "parquet"))
        {
            using var table = new ParquetTable(Path.Combine(folder, file));
            if (table.Find(name) is { } column) all.AddRange(table.Read(column).Texts);
        }
        return all;
    }

    private static List<double> Column(string folder, string top, string name)
    {
        var all = new List<double>();
        foreach (var file in DatasetFiles.Below(folder, top, "parquet"))
        {
            using var table = new ParquetTable(Path.Combine(folder, file));
            var column = table.Find(name) ?? throw new InvalidDataException($"{folder}: {file} has no column '{name}'");
            all.AddRange(table.Read(column).Numbers);
        }
        return all;
    }
}
