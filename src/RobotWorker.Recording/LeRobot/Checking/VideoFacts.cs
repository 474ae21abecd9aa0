using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>What ffprobe says of a video.</summary>
/// <param name="Rate">Frames a second on the average.</param>
/// <param name="Times">When each frame is shown, in seconds, rising.</param>
internal sealed record VideoFacts(string Codec, string PixelFormat, int Width, int Height, double Rate, bool HasAudio, ImmutableArray<double> Times)
{
    /// <remarks>The packets of the container are listed and no picture is decoded: a packet is a frame, and its time is what matters here.</remarks>
    /// <exception cref="InvalidDataException">ffprobe finds no video in it.</exception>
    public static VideoFacts Read(string ffprobe, string path, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(ffprobe,
        [
            "-v", "error", "-of", "compact", "-show_entries", "stream=index,codec_type,codec_name,pix_fmt,width,height,avg_frame_rate:packet=stream_index,pts_time,flags", path,
        ]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidDataException($"{ffprobe} did not start");
        var complaints = new List<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (!string.IsNullOrWhiteSpace(line.Data)) lock (complaints) complaints.Add(line.Data.Trim());
        };
        process.BeginErrorReadLine();
        using var kill = cancel.Register(() => process.Kill());
        var facts = Parse(process.StandardOutput);
        process.WaitForExit();
        cancel.ThrowIfCancellationRequested();
        if (facts is not null && process.ExitCode == 0 && complaints.Count == 0) return facts;
        throw new InvalidDataException(complaints.Count > 0 ? $"ffprobe: {complaints[0]}" : "ffprobe finds no video in it");
    }

    // Lines such as packet|stream_index=0|pts_time=0.033333|flags=K__ and, after them, stream|index=0|codec_name=h264|...
    internal static VideoFacts? Parse(TextReader lines)
    {
        var times = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        var streams = new List<Dictionary<string, string>>();
        while (lines.ReadLine() is { } line)
        {
            var parts = line.Split('|');
            var fields = parts.Skip(1).Select(p => p.Split('=', 2)).Where(p => p.Length == 2).GroupBy(p => p[0]).ToDictionary(g => g.Key, g => g.First()[1], StringComparer.Ordinal);
            if (parts[0] == "stream") streams.Add(fields);
            // D marks what an edit list takes out again: it is never shown.
            if (parts[0] != "packet" || !fields.TryGetValue("stream_index", out var stream) || fields.GetValueOrDefault("flags", "").Contains('D', StringComparison.Ordinal)) continue;
            if (!times.TryGetValue(stream, out var own)) times[stream] = own = [];
            own.Add(Number(fields.GetValueOrDefault("pts_time", "")));
        }
        if (streams.FirstOrDefault(s => s.GetValueOrDefault("codec_type") == "video") is not { } video) return null;
        var shown = times.GetValueOrDefault(video.GetValueOrDefault("index", ""), []);
        shown.Sort();
        return new(video.GetValueOrDefault("codec_name", ""), video.GetValueOrDefault("pix_fmt", ""),
            (int)Number(video.GetValueOrDefault("width", "0")), (int)Number(video.GetValueOrDefault("height", "0")),
            Ratio(video.GetValueOrDefault("avg_frame_rate", "")), streams.Any(s => s.GetValueOrDefault("codec_type") == "audio"), [.. shown]);
    }

    private static double Ratio(string text) => text.Split('/') is [var above, var below] ? Number(above) / Number(below) : double.NaN;

    // What ffprobe does not know is "N/A".
    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
