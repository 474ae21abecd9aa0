using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using RobotWorker.Recording.Video;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>A frame as it is packed in a film.</summary>
/// <param name="Time">When it is shown, in seconds.</param>
/// <param name="IsKey">It needs no other frame.</param>
internal sealed record FilmPacket(double Time, bool IsKey);

/// <summary>The packets of a film, in the order in which they are decoded.</summary>
internal sealed record FilmPackets(ImmutableArray<FilmPacket> Packets)
{
    private readonly ImmutableArray<int> _shown = [.. Enumerable.Range(0, Packets.Length).OrderBy(i => Packets[i].Time)];

    /// <exception cref="VideoException">ffprobe is missing, or finds no video in it.</exception>
    public static FilmPackets Read(string file, CancellationToken cancel)
    {
        var ffprobe = Programs.Find("ffprobe") ?? throw new VideoException("ffprobe is not installed (it comes with ffmpeg)");
        using var process = Process.Start(new ProcessStartInfo(ffprobe, ["-v", "error", "-select_streams", "v:0", "-of", "csv=p=0", "-show_entries", "packet=pts_time,flags", file])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        }) ?? throw new VideoException($"{ffprobe} did not start");
        using var kill = cancel.Register(() => process.Kill());
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var packets = ImmutableArray.CreateBuilder<FilmPacket>();
        while (process.StandardOutput.ReadLine() is { } line)
            // D marks what is never shown.
            if (line.Split(',') is [var time, var flags, ..] && !flags.Contains('D', StringComparison.Ordinal) && double.TryParse(time, NumberStyles.Float, CultureInfo.InvariantCulture, out var at))
                packets.Add(new(at, flags.Contains('K', StringComparison.Ordinal)));
        process.WaitForExit();
        cancel.ThrowIfCancellationRequested();
        return packets.Count > 0 ? new(packets.ToImmutable()) : throw new VideoException($"{file}: ffprobe finds no video in it");
    }

    /// <summary>Why the film cannot be cut before a frame without encoding it anew; null: it can.</summary>
    /// <param name="frame">In the order in which frames are shown; one past the last is the end.</param>
    public string? WhyNotBefore(int frame)
    {
        if (frame > Packets.Length) return $"it has {Packets.Length} frames";
        if (frame == 0 || frame == Packets.Length) return null;
        if (!Packets[_shown[frame]].IsKey) return $"frame {frame} is no key frame";
        // What is shown before it must be decoded before it as well.
        return _shown[..frame].All(i => i < _shown[frame]) && _shown[frame..].All(i => i >= _shown[frame]) ? null : $"frames before frame {frame} need it";
    }
}
