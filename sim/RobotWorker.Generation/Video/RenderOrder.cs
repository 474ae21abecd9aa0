using System.Collections.Immutable;
using System.Text;

namespace RobotWorker.Generation.Video;

/// <summary>
/// What the rendering child process is told on its standard input: an order (what to render, to which file), then states, one for each frame, until the end.
/// Little-endian: text is an int32 length and UTF-8.
/// </summary>
/// <param name="Training">For a data set instead of for people: every other frame a key frame, the values of its pixels counted, and where the camera was.</param>
internal sealed record RenderOrder(string Mjcf, string Camera, int Width, int Height, int FramesPerSecond, string Output, TrainingFilm? Training = null)
{
    private const uint Magic = 0x52_57_56_33;    // "RWV3"
    private const int LongestText = 16 << 20;     // bytes, far above any MJCF of ours
    private const int MostPixels = 4096;          // of a side
    private const int MostFramesPerSecond = 240;
    private const int MostNames = ushort.MaxValue;

    /// <summary>Every file that is to come of it.</summary>
    public IEnumerable<string> Files => [Output, .. Training?.Sidecars ?? []];

    public void Write(BinaryWriter to)
    {
        to.Write(Magic);
        WriteText(to, Mjcf);
        WriteText(to, Camera);
        WriteText(to, Output);
        to.Write(Width);
        to.Write(Height);
        to.Write(FramesPerSecond);
        to.Write(Training is not null);
        if (Training is not { } training) return;
        to.Write(training.Shadows);
        WriteText(to, training.Depth ?? "");
        WriteText(to, training.Segmentation ?? "");
        to.Write(training.Segments.Length);
        foreach (var name in training.Segments) WriteText(to, name);
    }

    /// <exception cref="InvalidDataException">It is no order, or one that cannot be carried out.</exception>
    /// <exception cref="EndOfStreamException">It breaks off.</exception>
    public static RenderOrder Read(BinaryReader from)
    {
        if (from.ReadUInt32() != Magic) throw new InvalidDataException("this is no rendering order");
        var (mjcf, camera, output) = (ReadText(from), ReadText(from), ReadText(from));
        var order = new RenderOrder(mjcf, camera, from.ReadInt32(), from.ReadInt32(), from.ReadInt32(), output, from.ReadBoolean() ? ReadTraining(from) : null);
        order.Check();
        return order;
    }

    private static TrainingFilm ReadTraining(BinaryReader from)
    {
        var (shadows, depth, segmentation, count) = (from.ReadBoolean(), ReadText(from), ReadText(from), from.ReadInt32());
        if (count is < 0 or > MostNames) throw new InvalidDataException($"a rendering order has {count} names of segments; {MostNames} are the most");
        var names = new List<string>();
        for (var i = 0; i < count; i++) names.Add(ReadText(from));
        return new(shadows, depth.Length > 0 ? depth : null, segmentation.Length > 0 ? segmentation : null, [.. names]);
    }

    private void Check()
    {
        if (!IsSize(Width) || !IsSize(Height)) throw new InvalidDataException($"a film of {Width} x {Height} pixels cannot be made: both are even and at most {MostPixels}");
        if (FramesPerSecond is < 1 or > MostFramesPerSecond) throw new InvalidDataException($"a film of {FramesPerSecond} frames a second cannot be made: 1 to {MostFramesPerSecond}");
        if (Files.Any(file => file.Length == 0 || file.Contains('\0'))) throw new InvalidDataException("the film's file is no file's name");
    }

    private static bool IsSize(int pixels) => pixels is > 0 and <= MostPixels && pixels % 2 == 0;

    private static void WriteText(BinaryWriter to, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        to.Write(bytes.Length);
        to.Write(bytes);
    }

    private static string ReadText(BinaryReader from)
    {
        var length = from.ReadInt32();
        if (length is < 0 or > LongestText) throw new InvalidDataException($"a rendering order has a text of {length} bytes; {LongestText} is the most");
        var bytes = from.ReadBytes(length);
        if (bytes.Length < length) throw new EndOfStreamException($"the rendering order breaks off: {bytes.Length} of {length} bytes of a text came");
        return Encoding.UTF8.GetString(bytes);
    }
}

/// <summary>What a film for a data set is besides a film.</summary>
/// <param name="Depth">The file for how far away things are; null: none.</param>
/// <param name="Segmentation">The file for whose part is seen; null: none.</param>
/// <param name="Segments">The names that a segmentation tells apart, in the order of their ids.</param>
internal sealed record TrainingFilm(bool Shadows, string? Depth, string? Segmentation, ImmutableArray<string> Segments)
{
    public IEnumerable<string> Sidecars => new[] { Depth, Segmentation }.OfType<string>();
}
