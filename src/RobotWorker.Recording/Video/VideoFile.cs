namespace RobotWorker.Recording.Video;

/// <summary>Opens the best way to keep pictures that this machine has.</summary>
public static class VideoFile
{
    /// <summary>An MP4 by ffmpeg; where that is missing, a folder with one picture for each second of the video.</summary>
    /// <param name="path">The video's path, ending in .mp4. The folder of pictures has the same name without the ending.</param>
    /// <param name="notice">One line for a person when it is not the video that was asked for; else null.</param>
    public static IFrameSink Open(string path, VideoFormat format, out string? notice)
    {
        if (Programs.Find("ffmpeg") is { } ffmpeg)
        {
            notice = null;
            return new FfmpegEncoder(ffmpeg, path, format);
        }
        var folder = System.IO.Path.ChangeExtension(path, null);
        notice = $"ffmpeg is not installed (apt-get install ffmpeg), so there is no video; single pictures are in {folder}";
        return new PictureFolder(folder, format);
    }
}
