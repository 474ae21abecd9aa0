using System.Globalization;

namespace RobotWorker.Recording.Video;

/// <summary>Keeps one picture for each second of the video as PNG: what is left where no encoder is installed.</summary>
internal sealed class PictureFolder : IFrameSink
{
    private readonly VideoFormat format;
    private readonly int every;
    private int seen;
    private bool complete;

    public PictureFolder(string folder, VideoFormat format)
    {
        this.format = format;
        Path = System.IO.Path.GetFullPath(folder);
        every = Math.Max(1, (int)Math.Round(format.FramesPerSecond));
        // Pictures of an earlier run must not mix with this one's.
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Write(ReadOnlySpan<byte> picture)
    {
        format.Check(picture);
        if (seen++ % every != 0) return;
        var name = $"{(seen / every).ToString("0000", CultureInfo.InvariantCulture)}.png";
        try
        {
            File.WriteAllBytes(System.IO.Path.Combine(Path, name), Png.Encode(picture, format.Width, format.Height));
        }
        catch (IOException problem)
        {
            throw new VideoException($"the picture {name} could not be written: {problem.Message}", problem);
        }
    }

    public void Complete() => complete = true;

    public void Dispose()
    {
        if (!complete && Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
