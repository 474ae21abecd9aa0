using RobotWorker.Recording.Video;

namespace RobotWorker.Tests.Recording.Video;

[TestFixture]
[NonParallelizable]
public sealed class VideoFileTests
{
    private static readonly VideoFormat Tiny = new(2, 2, 15);

    private string folder = "";
    private string? programs;

    [SetUp]
    public void HideFfmpeg()
    {
        folder = Directory.CreateTempSubdirectory("robotworker pictures ").FullName;
        programs = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", folder);
    }

    [TearDown]
    public void ShowFfmpeg()
    {
        Environment.SetEnvironmentVariable("PATH", programs);
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Open_WithoutFfmpeg_SaysSoAndKeepsAPictureASecond()
    {
        using var sink = VideoFile.Open(Path.Combine(folder, "overview.mp4"), Tiny, out var notice);
        for (var i = 0; i < 31; i++) sink.Write(new byte[Tiny.FrameBytes]);
        sink.Complete();

        Assert.That(notice, Does.StartWith("ffmpeg is not installed (apt-get install ffmpeg)").And.Contain(sink.Path));
        Assert.That(Directory.GetFiles(sink.Path).Select(Path.GetFileName).Order(), Is.EqualTo(["0000.png", "0001.png", "0002.png"]));
    }

    [Test]
    public void Write_WrongSize_SaysWhatWouldBeRight()
    {
        using var sink = VideoFile.Open(Path.Combine(folder, "overview.mp4"), Tiny, out _);

        Assert.That(() => sink.Write(new byte[11]), Throws.ArgumentException.With.Message.StartsWith("a picture of 2 x 2 has 12 bytes, this one has 11"));
    }

    [Test]
    public void Ffmpeg_OddWidth_IsRefused() =>
        Assert.That(() => new FfmpegEncoder("ffmpeg", Path.Combine(folder, "a.mp4"), new VideoFormat(3, 2, 15)), Throws.ArgumentException);

    [Test]
    public void Ffmpeg_NoSuchProgram_SaysSo() =>
        Assert.That(() => new FfmpegEncoder(Path.Combine(folder, "nothing"), Path.Combine(folder, "a.mp4"), Tiny),
            Throws.TypeOf<VideoException>().With.Message.Contains("nothing did not start"));
}
