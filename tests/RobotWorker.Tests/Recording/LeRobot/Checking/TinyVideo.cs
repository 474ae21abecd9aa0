using System.Diagnostics;
using RobotWorker.Recording.Video;

namespace RobotWorker.Tests.Recording.LeRobot.Checking;

/// <summary>A video of ffmpeg's test picture.</summary>
internal static class TinyVideo
{
    /// <summary>Leaves the test out on a machine without ffmpeg.</summary>
    public static void Require() => Assume.That(Programs.Find("ffmpeg") is not null && Programs.Find("ffprobe") is not null, "ffmpeg is not installed");

    /// <param name="options">What is special about it, such as <c>-frames:v 9</c>; the last of two wins.</param>
    public static void Make(string path, string options)
    {
        string[] usual = ["-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=32x32:rate=10", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "2", "-bf", "0"];
        using var ffmpeg = Process.Start(new ProcessStartInfo(Programs.Find("ffmpeg")!, [.. usual, .. options.Split(' '), path]) { RedirectStandardError = true })!;
        var said = ffmpeg.StandardError.ReadToEnd();
        ffmpeg.WaitForExit();
        Assert.That(ffmpeg.ExitCode, Is.Zero, said);
    }
}
