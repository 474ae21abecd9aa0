using RobotWorker.Recording.Video;

namespace RobotWorker.Generation.Video;

/// <summary>A film of which every bit counts.</summary>
internal static class MeasuredFilm
{
    /// <exception cref="VideoException">There is no ffmpeg, and nothing takes its place.</exception>
    public static FfmpegEncoder Open(RenderOrder order, string file) => Programs.Find("ffmpeg") is { } ffmpeg
        ? new(ffmpeg, file, new(order.Width, order.Height, order.FramesPerSecond) { Measured = true })
        : throw new VideoException("ffmpeg is not installed (apt-get install ffmpeg), and depth and segmentation need it");
}
