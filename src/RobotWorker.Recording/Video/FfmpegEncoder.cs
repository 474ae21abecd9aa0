using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace RobotWorker.Recording.Video;

/// <summary>
/// Pipes pictures to an ffmpeg process, which writes an MP4 (H.264, yuv420p, index first: it plays everywhere, also while it downloads), or of measurements a Matroska file (FFV1,
/// gray16le). The file has its name only when it is whole.
/// </summary>
/// <remarks>
/// ffmpeg cannot outlive us for long: it reads from a pipe, and when our process ends, however it ends, the pipe closes and ffmpeg finishes
/// its file. It runs in a session of its own where that is possible, so that Ctrl-C in the terminal is ours to answer.
/// </remarks>
public sealed class FfmpegEncoder : IFrameSink
{
    private const int LinesOfErrorsKept = 10;

    private readonly VideoFormat format;
    private readonly Process process;
    private readonly Queue<string> errors = new();
    private bool over;

    /// <param name="ffmpeg">The program's path.</param>
    /// <exception cref="ArgumentException">Width or height is odd, which yuv420p cannot hold.</exception>
    /// <exception cref="VideoException">ffmpeg does not start.</exception>
    public FfmpegEncoder(string ffmpeg, string path, VideoFormat format)
    {
        if (format.Width % 2 != 0 || format.Height % 2 != 0)
            throw new ArgumentException($"{format.Width} x {format.Height}: width and height of a video must be even", nameof(format));
        Path = System.IO.Path.GetFullPath(path);
        this.format = format;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        process = Start(ffmpeg);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
    }

    public string Path { get; }

    /// <summary>What the file is called until it is whole.</summary>
    public static string PartialOf(string path) => path + ".partial";

    public void Write(ReadOnlySpan<byte> picture)
    {
        ObjectDisposedException.ThrowIf(over, this);
        format.Check(picture);
        try
        {
            process.StandardInput.BaseStream.Write(picture);
        }
        catch (IOException problem)
        {
            throw Failed(problem);
        }
    }

    public void Complete()
    {
        if (over) return;
        over = true;
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException problem)
        {
            throw Failed(problem);
        }
        process.WaitForExit();
        if (process.ExitCode != 0) throw Failed(null);
        File.Move(PartialPath, Path, overwrite: true);
    }

    public void Dispose()
    {
        if (!over) process.Kill(entireProcessTree: true);
        over = true;
        process.Dispose();
        File.Delete(PartialPath);
    }

    private string PartialPath => PartialOf(Path);

    private Process Start(string ffmpeg)
    {
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", format.Measured ? "gray16le" : "rgb24", "-s", $"{format.Width}x{format.Height}",
            "-framerate", format.FramesPerSecond.ToString(CultureInfo.InvariantCulture), "-i", "pipe:0",
            "-an", .. format.Measured ? Measured : Seen(format.KeyFrameEvery), "-y", PartialPath,
        ];
        var session = Programs.Find("setsid");
        var start = session is null ? new ProcessStartInfo(ffmpeg, arguments) : new ProcessStartInfo(session, [ffmpeg, .. arguments]);
        start.RedirectStandardInput = true;
        start.RedirectStandardError = true;
        try
        {
            return Process.Start(start) ?? throw new VideoException($"{ffmpeg} did not start");
        }
        catch (Win32Exception problem)
        {
            throw new VideoException($"{ffmpeg} did not start: {problem.Message}", problem);
        }
    }

    // Every frame stands by itself and its four slices have checksums, so that readers jump and damage is noticed. Matroska files have random numbers in them unless "bitexact" forbids it.
    private static string[] Measured =>
    [
        "-c:v", "ffv1", "-level", "3", "-g", "1", "-coder", "1", "-context", "0", "-slices", "4", "-slicecrc", "1", "-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
        "-f", "matroska",
    ];

    private static string[] Seen(int? keyFrameEvery) =>
    [
        "-c:v", "libx264", "-preset", "veryfast", .. keyFrameEvery is { } every ? (string[])["-g", every.ToString(CultureInfo.InvariantCulture), "-bf", "0", "-threads", "1"] : [],
        "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4",
    ];

    // Called on a thread of the pool.
    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (errors)
        {
            errors.Enqueue(line);
            if (errors.Count > LinesOfErrorsKept) errors.Dequeue();
        }
    }

    private VideoException Failed(Exception? cause)
    {
        over = true;
        if (!process.WaitForExit(TimeSpan.FromSeconds(5))) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        lock (errors)
        {
            var said = errors.Count > 0 ? string.Join("; ", errors) : "it said nothing";
            return new VideoException($"ffmpeg ended with code {process.ExitCode} and there is no video: {said}", cause);
        }
    }
}
