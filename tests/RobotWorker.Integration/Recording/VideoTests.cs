using RobotWorker.Recording.Video;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Recording;

/// <summary>Videos and pictures, looked at by ffprobe and decoded again by ffmpeg.</summary>
[TestFixture]
public sealed class VideoTests
{
    private static readonly VideoFormat Small = new(64, 48, 15);

    private string folder = "";
    private string ffmpeg = "";

    [SetUp]
    public void FindFfmpeg()
    {
        folder = Directory.CreateTempSubdirectory("robotworker video ").FullName;
        ffmpeg = Peer.Require("ffmpeg", "apt-get install ffmpeg");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Ffmpeg_ThirtyPictures_GiveTwoSecondsOfH264()
    {
        var path = Path.Combine(folder, "overview.mp4");
        using (var video = new FfmpegEncoder(ffmpeg, path, Small))
        {
            for (var i = 0; i < 30; i++) video.Write(Picture(red: 200));
            video.Complete();
        }

        var probe = Peer.Run(Peer.Require("ffprobe", "apt-get install ffmpeg"),
            ["-v", "error", "-count_frames", "-show_entries", "stream=codec_name,pix_fmt,nb_read_frames:format=duration", "-of", "default=nw=1", path]).Require();

        Assert.That(probe.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Is.EqualTo(["codec_name=h264", "pix_fmt=yuv420p", "nb_read_frames=30", "duration=2.000000"]));
        Assert.That(Directory.GetFiles(folder), Is.EqualTo([path]));
    }

    [Test]
    public void Ffmpeg_Fails_ItsOwnWordsAreInTheException()
    {
        var impossible = Path.Combine(folder, "overview.mp4");
        Directory.CreateDirectory(impossible + ".partial");
        var video = new FfmpegEncoder(ffmpeg, impossible, Small);

        Assert.That(() => WriteUntilItFails(video), Throws.TypeOf<VideoException>().With.Message.Contains("Is a directory"));

        Directory.Delete(impossible + ".partial");
        video.Dispose();
    }

    [Test]
    public void Ffmpeg_NotCompleted_LeavesNothing()
    {
        using (var video = new FfmpegEncoder(ffmpeg, Path.Combine(folder, "overview.mp4"), Small)) video.Write(Picture(red: 1));

        Assert.That(Directory.GetFiles(folder), Is.Empty);
    }

    [Test]
    public void Png_DecodedByFfmpeg_HasTheSamePixels()
    {
        var picture = Picture(red: 77);
        var path = Path.Combine(folder, "picture.png");
        File.WriteAllBytes(path, Png.Encode(picture, Small.Width, Small.Height));
        var raw = Path.Combine(folder, "picture.raw");

        Peer.Run(ffmpeg, ["-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", raw]).Require();

        Assert.That(File.ReadAllBytes(raw), Is.EqualTo(picture));
    }

    private static void WriteUntilItFails(FfmpegEncoder video)
    {
        for (var i = 0; i < 1000; i++) video.Write(Picture(red: 1));
        video.Complete();
    }

    private static byte[] Picture(byte red)
    {
        var rgb = new byte[Small.FrameBytes];
        for (var i = 0; i < rgb.Length; i += 3) (rgb[i], rgb[i + 1], rgb[i + 2]) = (red, (byte)(i / 3 % Small.Width), (byte)(i / 3 / Small.Width));
        return rgb;
    }
}
