using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using RobotWorker.Recording;
using RobotWorker.Recording.LeRobot;

namespace RobotWorker.Generation.Generate;

/// <summary>
/// The episodes that are made, each in a folder of its own that has its name only when all of it is on the disk: whatever kills this program costs the episodes under way, and no other.
/// </summary>
/// <param name="folder">The data set's.</param>
public sealed class EpisodeShelf(string folder, DatasetLayout layout) : IDisposable
{
    /// <summary>What stands beside the shelf: what succeeded, and what failed.</summary>
    public static readonly ImmutableArray<string> Sets = ["success", "failure"];

    private const string Episodes = "episodes", Frames = "frames.f64", Head = "episode.json", Origin = "origin.txt";

    private readonly string shelf = Path.Combine(folder, Episodes);
    private IDisposable? held;

    /// <summary>Whether a folder is an episode's.</summary>
    public static bool IsEpisode(string folder) => File.Exists(Path.Combine(folder, Head));

    /// <summary>The episodes in a data set's folder, by number.</summary>
    public static IReadOnlyDictionary<int, string> EpisodesIn(string folder)
    {
        var shelf = Path.Combine(folder, Episodes);
        if (!Directory.Exists(shelf)) return ImmutableSortedDictionary<int, string>.Empty;
        return Directory.GetDirectories(shelf).Where(d => Path.GetFileName(d) is { Length: 6 } name && name.All(char.IsAsciiDigit))
            .ToImmutableSortedDictionary(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture), d => d);
    }

    /// <summary>Opens it, for this process alone.</summary>
    /// <param name="origin">What all its episodes have in common: what they are made from, and by which build.</param>
    /// <param name="resume">Whether it may have some already.</param>
    /// <returns>False when another process has it.</returns>
    /// <exception cref="InvalidDataException">It has others, or none were expected; or the folder has sets that nothing here was made into.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public bool Open(string origin, bool resume)
    {
        var file = Path.Combine(shelf, Origin);
        var known = File.Exists(file) ? File.ReadAllText(file) : "";
        if (known.Length == 0) RefuseStrangers();
        else if (!resume) throw new InvalidDataException($"{folder} has episodes already: go on with --resume, or give another --out");
        else if (known != origin) throw new InvalidDataException($"{folder} has episodes of another specification, build or simulator, or made otherwise with --pairs or --held-out: give another --out");
        Directory.CreateDirectory(shelf);
        if ((held = FileLock.TryTake(Path.Combine(shelf, ".lock"))) is null) return false;
        foreach (var partial in Directory.GetDirectories(shelf, "*.partial")) Directory.Delete(partial, recursive: true);
        if (known == origin) return true;
        File.WriteAllText(file + ".partial", origin);
        File.Move(file + ".partial", file);
        return true;
    }

    public void Dispose() => held?.Dispose();

    // What nobody here has made is nobody's here to replace.
    private void RefuseStrangers()
    {
        foreach (var set in Sets.Where(name => Directory.Exists(Path.Combine(folder, name))))
            throw new InvalidDataException($"{folder} has a folder '{set}' that was not made here: give another --out");
        if (Directory.Exists(shelf) && Directory.EnumerateDirectories(shelf).Any(d => !d.EndsWith(".partial", StringComparison.Ordinal)))
            throw new InvalidDataException($"{shelf} does not say what its episodes were made from ({Origin} is missing or empty): give another --out");
    }

    /// <summary>One, where it is there and whole; what is there and is not whole is taken away.</summary>
    public DatasetEpisode? Find(int number)
    {
        if (!Directory.Exists(FolderOf(number))) return null;
        try
        {
            return Read(number);
        }
        catch (InvalidDataException)
        {
            Directory.Delete(FolderOf(number), recursive: true);
            return null;
        }
    }

    /// <summary>Makes one, in a folder that is not yet its own, and takes it in whole.</summary>
    /// <param name="make">Whatever files it leaves in the folder that it is given belong to the episode.</param>
    public DatasetEpisode Take(int number, Func<string, DatasetEpisode> make)
    {
        var partial = FolderOf(number) + ".partial";
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        var made = make(partial);
        var sizes = Directory.GetFiles(partial).ToImmutableSortedDictionary(f => Path.GetFileName(f), f => new FileInfo(f).Length, StringComparer.Ordinal);
        using (var frames = new FileStream(Path.Combine(partial, Frames), FileMode.CreateNew))
        {
            using var writer = new BinaryWriter(frames);
            foreach (var feature in layout.Features)
                foreach (var value in made.Columns[feature.Key]) writer.Write(value);
            frames.Flush(flushToDisk: true);
        }
        var films = made.Films.ToImmutableSortedDictionary(f => f.Key, f => FilmHead.Of(f.Value), StringComparer.Ordinal);
        using (var head = new FileStream(Path.Combine(partial, Head), FileMode.CreateNew))
        {
            JsonSerializer.Serialize(head, new EpisodeHead(made.Length, made.Task, made.Subtasks, films, sizes, made.Provenance), EpisodeHeadJson.Default.EpisodeHead);
            head.Flush(flushToDisk: true);
        }
        foreach (var name in sizes.Keys)
            using (var file = new FileStream(Path.Combine(partial, name), FileMode.Open, FileAccess.ReadWrite)) file.Flush(flushToDisk: true);
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
            if (frames.BaseStream.Position != frames.BaseStream.Length) throw new InvalidDataException($"{from}: {Frames} is too long");
            foreach (var (name, bytes) in read.Files)
                if (new FileInfo(Path.Combine(from, name)) is var file && (!file.Exists || file.Length != bytes)) throw new InvalidDataException($"{file.FullName} is not as it was written");
            var films = read.Films.ToDictionary(f => f.Key, f => f.Value.In(from), StringComparer.Ordinal);
            return new(read.Length, read.Task, columns, read.Subtasks, films, read.Provenance);
        }
        catch (Exception e) when (e is JsonException or EndOfStreamException or FileNotFoundException)
        {
            throw new InvalidDataException($"{from} is no whole episode ({e.Message.TrimEnd('.')})", e);
        }
    }

    private string FolderOf(int number) => Path.Combine(shelf, $"{number:000000}");
}

/// <param name="Files">Films and whatever else is beside them, each with its number of bytes: a shorter one is not whole.</param>
internal sealed record EpisodeHead(
    int Length, string Task, ImmutableArray<string> Subtasks, ImmutableSortedDictionary<string, FilmHead> Films, ImmutableSortedDictionary<string, long> Files, EpisodeProvenance Provenance);

internal sealed record FilmHead(string File, int Frames, long[] Histogram, ImmutableArray<SidecarHead> Sidecars, CameraCalibration? Calibration)
{
    public static FilmHead Of(EpisodeFilm film) => new(
        Path.GetFileName(film.File), film.Frames, film.Histogram, [.. film.Sidecars.Select(s => new SidecarHead(s.Kind, Path.GetFileName(s.File), s.Sha256))], film.Calibration);

    public EpisodeFilm In(string folder) => new(Path.Combine(folder, File), Frames, Histogram)
    {
        Calibration = Calibration, Sidecars = [.. Sidecars.Select(s => new FilmSidecar(s.Kind, Path.Combine(folder, s.File), s.Sha256))],
    };
}

internal sealed record SidecarHead(SidecarKind Kind, string File, string Sha256);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EpisodeHead))]
internal sealed partial class EpisodeHeadJson : JsonSerializerContext;
