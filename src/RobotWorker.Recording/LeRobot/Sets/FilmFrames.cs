using RobotWorker.Recording.Video;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>The pictures of a film, decoded.</summary>
internal static class FilmFrames
{
    /// <summary>Hands on each picture of a slice in turn: red, green and blue, a byte each, rows from top to bottom. The bytes are gone with the next.</summary>
    /// <exception cref="VideoException">ffmpeg is missing, or there are fewer.</exception>
    public static void Each(FilmSlice slice, int width, int height, Action<int, byte[]> take, CancellationToken cancel)
    {
        var picture = new byte[width * height * 3];
        var taken = 0;
        Ffmpeg.Run(
            // By number and not by time: times are rounded.
            ["-i", slice.File, "-map", "0:v:0", "-vf", $"select=between(n\\,{slice.First}\\,{slice.First + slice.Frames - 1})", "-vsync", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"],
            output =>
            {
                while (taken < slice.Frames && output.ReadAtLeast(picture, picture.Length, throwOnEndOfStream: false) == picture.Length) take(taken++, picture);
                output.CopyTo(Stream.Null);
            }, cancel);
        if (taken < slice.Frames) throw new VideoException($"{slice.File} has {slice.First + taken} pictures of {width} x {height}, must have {slice.First + slice.Frames}");
    }

    /// <summary>The statistics of a film that its set does not tell, from all its pictures.</summary>
    public static PictureStatistics Statistics(FilmSlice slice, int width, int height, CancellationToken cancel)
    {
        var histogram = new long[3 * 256];
        Each(slice, width, height, (_, picture) =>
        {
            for (var i = 0; i < picture.Length; i += 3)
            {
                histogram[picture[i]]++;
                histogram[256 + picture[i + 1]]++;
                histogram[512 + picture[i + 2]]++;
            }
        }, cancel);
        return PictureStatistics.Of(FeatureStatistics.OfPictures(histogram, slice.Frames));
    }
}
