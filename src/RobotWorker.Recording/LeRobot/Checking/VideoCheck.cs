using System.Collections.Immutable;
using RobotWorker.Recording.Video;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>The videos themselves: a reader asks for the frame at a time, and takes the number of that frame from the average rate.</summary>
internal static class VideoCheck
{
    /// <param name="time">The timestamp of a frame of an episode, as the data has it.</param>
    public static void Check(string folder, ImmutableArray<VideoSpan> spans, Func<int, long, double> time, Findings findings, CancellationToken cancel)
    {
        if (spans.IsEmpty) return;
        if (Programs.Find("ffprobe") is not { } ffprobe)
        {
            findings.Warn("videos", "", "not checked: codec, size and the time of each frame, for ffprobe is not on the PATH (it comes with ffmpeg)");
            return;
        }
        foreach (var file in spans.GroupBy(s => s.File, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            if (findings.Read(folder, file.Key, path => VideoFacts.Read(ffprobe, path, cancel)) is not { } facts) continue;
            CheckFormat(file.Key, file.First().Camera, facts, findings);
            CheckFrames(file.Key, [.. file], facts, time, findings);
        }
    }

    internal static void CheckFormat(string file, Feature camera, VideoFacts facts, Findings findings)
    {
        Same("height", facts.Height, camera.Shape[0]);
        Same("width", facts.Width, camera.Shape[1]);
        if (camera.Video?.Codec is { } codec) Same("video.codec", facts.Codec, codec);
        if (camera.Video?.PixelFormat is { } format) Same("video.pix_fmt", facts.PixelFormat, format);
        if (camera.Video?.HasAudio is { } audio) Same("has_audio", facts.HasAudio, audio);

        void Same<T>(string what, T found, T said)
            where T : notnull
        {
            if (!found.Equals(said)) findings.Error(file, what, $"is {found}, must be {said} by {DatasetFiles.Info}");
        }
    }

    internal static void CheckFrames(string file, ImmutableArray<VideoSpan> spans, VideoFacts facts, Func<int, long, double> time, Findings findings)
    {
        var needed = spans.Max(s => s.First + s.Frames);
        var have = facts.Times.Length;
        if (have < needed) findings.Error(file, "", $"has {have} frames, must have {needed}: so many its episodes need");
        else if (have > needed && spans.Length == spans[0].Sharers) findings.Warn(file, "", $"has {have} frames, of which its episodes need {needed}");
        if (have == 0) return;
        var (off, misnumbered) = (new List<(long, string)>(), new List<(long, string)>());
        foreach (var span in spans)
        {
            for (var frame = 0L; frame < span.Frames; frame++)
            {
                var asked = span.From + time(span.Episode, frame);
                var nearest = Nearest(facts.Times, asked);
                var isBeyond = nearest == have - 1 && have < needed && asked > facts.Times[nearest] + FrameCheck.Seconds;
                if (isBeyond) break;    // That frames are missing has been told.
                if (!(Math.Abs(facts.Times[nearest] - asked) <= FrameCheck.Seconds))
                    off.Add((nearest, $"is shown at {facts.Times[nearest]:0.######} s, must be within {FrameCheck.Seconds} s of {asked:0.######}: frame {frame} of episode {span.Episode}"));
                else if (Math.Round(asked * facts.Rate) != nearest)
                    misnumbered.Add((nearest, $"is taken for frame {Math.Round(asked * facts.Rate)}: its time {asked:0.######} s by the average rate of {facts.Rate:0.######}"));
            }
        }
        Told(off);
        Told(misnumbered);

        void Told(List<(long Frame, string Problem)> wrong)
        {
            if (wrong.Count > 0) findings.Error(file, $"frame {wrong[0].Frame}", wrong.Count == 1 ? wrong[0].Problem : $"{wrong[0].Problem} (and {wrong.Count - 1} more)");
        }
    }

    private static int Nearest(ImmutableArray<double> times, double asked)
    {
        var after = times.BinarySearch(asked);
        if (after < 0) after = ~after;
        if (after == times.Length) return after - 1;
        return after > 0 && asked - times[after - 1] < times[after] - asked ? after - 1 : after;
    }
}
