using System.Collections.Immutable;
using RobotWorker.Recording.Video;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>The films of numbers themselves: as many frames as the camera's own, at the same times, whole, and with no number in them that means nothing.</summary>
internal static class SidecarCheck
{
    /// <param name="spans">Of the cameras' own films.</param>
    public static void Check(string folder, ImmutableArray<Sidecar> sidecars, ImmutableArray<VideoSpan> spans, int framesPerSecond, Findings findings, CancellationToken cancel)
    {
        if (sidecars.IsEmpty) return;
        var (ffprobe, ffmpeg) = (Programs.Find("ffprobe"), Programs.Find("ffmpeg"));
        if (ffprobe is null || ffmpeg is null) findings.Warn(Sidecar.Folder, "", "not checked: format, frames and numbers, for ffmpeg and ffprobe are not on the PATH");
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sidecar in sidecars)
            foreach (var film in spans.Where(s => s.Camera.Key == sidecar.Film.Key).GroupBy(s => s.File, StringComparer.Ordinal))
            {
                cancel.ThrowIfCancellationRequested();
                var file = sidecar.Beside(film.Key);
                named.Add(file);
                if (ffprobe is null || ffmpeg is null || findings.Read(folder, file, path => VideoFacts.Read(ffprobe, path, cancel)) is not { } facts) continue;
                if (CheckFormat(file, sidecar, facts, film.Max(s => s.First + s.Frames), framesPerSecond, findings)) CheckNumbers(folder, file, sidecar, facts, ffmpeg, findings, cancel);
            }
        foreach (var kind in sidecars)
            foreach (var other in DatasetFiles.Below(folder, $"{Sidecar.Folder}/{kind.Kind}/{kind.Camera}", "mkv").Where(f => !named.Contains(f))) findings.Warn(other, "", "no episode has this file");
    }

    /// <returns>Whether its numbers can be read.</returns>
    private static bool CheckFormat(string file, Sidecar sidecar, VideoFacts facts, long frames, int framesPerSecond, Findings findings)
    {
        var isRight = Same("height", facts.Height, sidecar.Film.Shape[0]) & Same("width", facts.Width, sidecar.Film.Shape[1]) & Same("codec", facts.Codec, "ffv1") & Same("pix_fmt", facts.PixelFormat, "gray16le");
        if (facts.Times.Length != frames) findings.Error(file, "", $"has {facts.Times.Length} frames, must have {frames}: as the camera's own film");
        else if (Enumerable.Range(0, facts.Times.Length).FirstOrDefault(i => !(Math.Abs(facts.Times[i] - (i / (double)framesPerSecond)) <= FrameCheck.Seconds), -1) is >= 0 and var late)
            findings.Error(file, $"frame {late}", $"is shown at {facts.Times[late]:0.######} s, must be within {FrameCheck.Seconds} s of {late / (double)framesPerSecond:0.######}");
        return isRight;

        bool Same<T>(string what, T found, T right)
            where T : notnull
        {
            if (!found.Equals(right)) findings.Error(file, what, $"is {found}, must be {right}");
            return found.Equals(right);
        }
    }

    private static void CheckNumbers(string folder, string file, Sidecar sidecar, VideoFacts facts, string ffmpeg, Findings findings, CancellationToken cancel)
    {
        if (findings.Read(folder, file, path => SidecarNumbers.Read(ffmpeg, path, facts.Width, facts.Height, sidecar.Most, cancel)) is not { } numbers) return;
        if (numbers.Frames != facts.Times.Length) findings.Error(file, "", $"{numbers.Frames} frames can be decoded, must be {facts.Times.Length}");
        if (numbers.First is { } first) findings.Error(file, $"frame {first.Frame}", $"has {first.Value} at ({first.X}, {first.Y}), must be at most {sidecar.Most}: {sidecar.Why}");
    }
}
