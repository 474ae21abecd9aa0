using System.Globalization;
using RobotWorker.Recording.LeRobot.Checking;
using RobotWorker.Recording.Video;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Gives each episode its film in a file of its own: copied where it has one, cut between packets where several share one. No picture is encoded anew, so none changes.</summary>
internal static class FilmCarrier
{
    /// <summary>Makes each target, whose folder need not be there.</summary>
    /// <param name="scratch">An empty folder for films that are being cut.</param>
    /// <param name="made">Told after each.</param>
    /// <exception cref="DatasetException">A film is missing, or cannot be cut there.</exception>
    /// <exception cref="VideoException">ffmpeg or ffprobe is missing, or refuses.</exception>
    public static void Carry(IReadOnlyList<(FilmSlice Slice, string Target)> films, int framesPerSecond, string scratch, Action made, CancellationToken cancel)
    {
        foreach (var file in films.GroupBy(f => f.Slice.File, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            if (!File.Exists(file.Key)) throw new DatasetException($"{file.Key} is missing");
            foreach (var (_, target) in file) Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (file.ToList() is [{ Slice: { IsAlone: true, First: 0 } } alone]) File.Copy(alone.Slice.File, alone.Target);
            else Cut(file.Key, [.. file], framesPerSecond, scratch, cancel);
            foreach (var _ in file) made();
        }
    }

    private static void Cut(string file, List<(FilmSlice Slice, string Target)> films, int framesPerSecond, string scratch, CancellationToken cancel)
    {
        var packets = FilmPackets.Read(file, cancel);
        foreach (var frame in films.SelectMany(f => new[] { f.Slice.First, f.Slice.First + f.Slice.Frames }).Distinct())
            if (packets.WhyNotBefore(frame) is { } why) throw new DatasetException($"{file} cannot be cut before frame {frame} without encoding it anew: {why}");
        List<int> cuts = [.. films.SelectMany(f => new[] { f.Slice.First, f.Slice.First + f.Slice.Frames }).Where(f => f > 0 && f < packets.Packets.Length).Distinct().Order()];
        Directory.CreateDirectory(scratch);
        Ffmpeg.Run(
            [
                "-i", file, "-map", "0:v:0", "-c", "copy", "-f", "segment", "-segment_frames", cuts.Count > 0 ? string.Join(',', cuts) : packets.Packets.Length.ToString(CultureInfo.InvariantCulture),
                "-reset_timestamps", "1", "-segment_format", "mp4", "-segment_format_options", "movflags=+faststart", Path.Combine(scratch, "%06d.mp4"),
            ], cancel);
        foreach (var (slice, target) in films)
        {
            var part = Path.Combine(scratch, $"{(slice.First == 0 ? 0 : cuts.IndexOf(slice.First) + 1):000000}.mp4");
            Check(file, part, slice, framesPerSecond, cancel);
            File.Move(part, target);
        }
        Directory.Delete(scratch, recursive: true);
    }

    // Readers ask for a frame by its time.
    private static void Check(string file, string part, FilmSlice slice, int framesPerSecond, CancellationToken cancel)
    {
        List<double> times = [.. FilmPackets.Read(part, cancel).Packets.Select(p => p.Time).Order()];
        if (times.Count != slice.Frames) throw new DatasetException($"{file}: frames {slice.First} to {slice.First + slice.Frames - 1} became a film of {times.Count} frames");
        for (var i = 0; i < times.Count; i++)
            if (Math.Abs(times[i] - ((double)i / framesPerSecond)) > FrameCheck.Seconds) throw new DatasetException($"{file}: frame {slice.First + i} would be shown at {times[i]:0.######} s of its episode, must be at {(double)i / framesPerSecond:0.######}");
    }
}
