using RobotWorker.Recording.LeRobot.Checking;

namespace RobotWorker.Tests.Recording.LeRobot.Checking;

/// <summary>What is made of ffprobe's words; no ffprobe is needed for it.</summary>
[TestFixture]
public sealed class VideoCheckTests
{
    private static readonly Feature Camera = new("observation.images.front", "video", [32, 48, 3], new("h264", "yuv420p", false));

    [Test]
    public void Words_OfFfprobe_AreUnderstood()
    {
        var facts = VideoFacts.Parse(new StringReader("""
            packet|stream_index=0|pts_time=0.100000|flags=__
            packet|stream_index=1|pts_time=0.050000|flags=K_
            packet|stream_index=0|pts_time=-0.100000|flags=KD
            packet|stream_index=0|pts_time=0.000000|flags=K_
            stream|index=0|codec_name=h264|codec_type=video|width=48|height=32|pix_fmt=yuv420p|avg_frame_rate=30000/1001
            stream|index=1|codec_name=aac|codec_type=audio|avg_frame_rate=0/0
            """));

        Assert.That((facts!.Codec, facts.PixelFormat, facts.Width, facts.Height, facts.HasAudio), Is.EqualTo(("h264", "yuv420p", 48, 32, true)));
        Assert.That(facts.Rate, Is.EqualTo(29.97).Within(0.001));
        Assert.That(facts.Times, Is.EqualTo([0, 0.1]), "in the order of showing, without what an edit list takes out");
    }

    [Test]
    public void Words_WithoutAVideo_AreNone() => Assert.That(VideoFacts.Parse(new StringReader("stream|index=0|codec_type=audio")), Is.Null);

    [Test]
    public void Format_AudioThatWasNotPromised_IsFound() =>
        Assert.That(Found(findings => VideoCheck.CheckFormat("a.mp4", Camera, Facts(10) with { HasAudio = true }, findings)), Is.EqualTo(["a.mp4: has_audio: is True, must be False by meta/info.json"]));

    // 13 ms after 21 joins with ffmpeg's defaults.
    [Test]
    public void Frames_ThatDrift_AreToldOnce() => Assert.That(
        Found(findings => VideoCheck.CheckFrames("a.mp4", [Span(0, 4) with { Sharers = 2 }, Span(1, 4, 0.4)], Facts(8, at: i => (i * 0.1) + (i >= 4 ? 0.013 : 0)), (_, frame) => frame / 10.0, findings)),
        Is.EqualTo(["a.mp4: frame 4: is shown at 0.413 s, must be within 0.0001 s of 0.4: frame 0 of episode 1 (and 3 more)"]));

    [Test]
    public void Frames_ThatTheAverageRateMisnumbers_AreFound() => Assert.That(
        Found(findings => VideoCheck.CheckFrames("a.mp4", [Span(0, 8)], Facts(8) with { Rate = 9 }, (_, frame) => frame / 10.0, findings)),
        Is.EqualTo(["a.mp4: frame 5: is taken for frame 4: its time 0.5 s by the average rate of 9 (and 2 more)"]));

    private static VideoSpan Span(int episode, long frames, double from = 0) => new(episode, Camera, "a.mp4", from, (long)(from * 10), frames, episode + 1);

    private static VideoFacts Facts(int frames, Func<int, double>? at = null) => new("h264", "yuv420p", 48, 32, 10, false, [.. Enumerable.Range(0, frames).Select(at ?? (i => i * 0.1))]);

    private static IEnumerable<string> Found(Action<Findings> check)
    {
        var findings = new Findings();
        check(findings);
        return findings.All.Select(f => f.ToString());
    }
}
