using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RobotWorker.Recording.LeRobot;

namespace RobotWorker.Generation.Generate;

/// <summary>
/// The episodes that are made, each in a folder of its own that has its name only when all of it is on the disk: whatever kills this program costs the episodes under way, and no other.
/// </summary>
/// <param name="folder">The data set's.</param>
public sealed class EpisodeShelf(string folder, DatasetLayout layout)
{
    private const string Frames = "frames.f64", Head = "episode.json", Origin = "origin.txt";

    private readonly string shelf = Path.Combine(folder, "episodes");

    /// <summary>Opens it.</summary>
    /// <param name="origin">What all its episodes have in common: what they are made from, and by which build.</param>
    /// <param name="resume">Whether it may have some already.</param>
    /// <exception cref="InvalidDataException">It has others, or none were expected.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Open(string origin, bool resume)
    {
        Directory.CreateDirectory(shelf);
        var file = Path.Combine(shelf, Origin);
        if (File.Exists(file))
        {
            if (!resume) throw new InvalidDataException($"{folder} has episodes already: go on with --resume, or give another --out");
            if (File.ReadAllText(file) != origin) throw new InvalidDataException($"{folder} has episodes of another specification, or of another build: give another --out");
        }
        foreach (var partial in Directory.GetDirectories(shelf, "*.partial")) Directory.Delete(partial, recursive: true);
        File.WriteAllText(file, origin);
    }

    public bool Has(int number) => Directory.Exists(FolderOf(number));

    /// <summary>Makes one, in a folder that is not yet its own, and takes it in whole.</summary>
    public DatasetEpisode Take(int number, Func<string, DatasetEpisode> make)
    {
        var partial = FolderOf(number) + ".partial";
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        var made = make(partial);
        using (var frames = new FileStream(Path.Combine(partial, Frames), FileMode.CreateNew))
        {
            using var writer = new BinaryWriter(frames);
            foreach (var feature in layout.Features)
                foreach (var value in made.Columns[feature.Key]) writer.Write(value);
            frames.Flush(flushToDisk: true);
        }
        var films = made.Films.ToImmutableSortedDictionary(f => f.Key, f => f.Value with { File = Path.GetFileName(f.Value.File) }, StringComparer.Ordinal);
        using (var head = new FileStream(Path.Combine(partial, Head), FileMode.CreateNew))
        {
            JsonSerializer.Serialize(head, new EpisodeHead(made.Length, made.Task, made.Subtasks, films, made.Provenance), EpisodeHeadJson.Default.EpisodeHead);
            head.Flush(flushToDisk: true);
        }
        foreach (var film in films.Values)
            using (var file = new FileStream(Path.Combine(partial, film.File), FileMode.Open, FileAccess.ReadWrite)) file.Flush(flushToDisk: true);
        Directory.Move(partial, FolderOf(number));
        return made;
    }

    /// <summary>One that is there.</summary>
    /// <exception cref="InvalidDataException">It is not whole.</exception>
    public DatasetEpisode Read(int number)
    {
        var from = FolderOf(number);
        try
        {
            using var head = File.OpenRead(Path.Combine(from, Head));
            var read = JsonSerializer.Deserialize(head, EpisodeHeadJson.Default.EpisodeHead) ?? throw new InvalidDataException($"{from} is empty");
            using var frames = new BinaryReader(File.OpenRead(Path.Combine(from, Frames)));
            var columns = new Dictionary<string, double[]>(StringComparer.Ordinal);
            foreach (var feature in layout.Features)
            {
                var values = columns[feature.Key] = new double[read.Length * feature.Width];
                for (var i = 0; i < values.Length; i++) values[i] = frames.ReadDouble();
            }
            var films = read.Films.ToDictionary(f => f.Key, f => f.Value with { File = Path.Combine(from, f.Value.File) }, StringComparer.Ordinal);
            return new(read.Length, read.Task, columns, read.Subtasks, films, read.Provenance);
        }
        catch (Exception e) when (e is JsonException or EndOfStreamException or FileNotFoundException)
        {
            throw new InvalidDataException($"{from} is no whole episode ({e.Message.TrimEnd('.')}): remove it, and --resume makes it again", e);
        }
    }

    private string FolderOf(int number) => Path.Combine(shelf, $"{number:000000}");
}

internal sealed record EpisodeHead(int Length, string Task, ImmutableArray<string> Subtasks, ImmutableSortedDictionary<string, EpisodeFilm> Films, EpisodeProvenance Provenance);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EpisodeHead))]
internal sealed partial class EpisodeHeadJson : JsonSerializerContext;
