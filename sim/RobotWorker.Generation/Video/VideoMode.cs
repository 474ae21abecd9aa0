namespace RobotWorker.Generation.Video;

/// <summary>How much film of a run is made.</summary>
public enum VideoMode
{
    None,

    /// <summary>A frame for every 0.2 s simulated, played three times as fast.</summary>
    Overview,

    /// <summary>25 frames for every simulated second, played as fast as it was.</summary>
    Full,
}

/// <param name="PeriodSeconds">Simulated time between frames.</param>
/// <param name="FramesPerSecond">Of the film.</param>
internal sealed record FilmFormat(int Width, int Height, double PeriodSeconds, int FramesPerSecond)
{
    public static FilmFormat Of(VideoMode mode) => mode switch
    {
        VideoMode.Full => new(640, 480, 0.04, 25),
        VideoMode.Overview => new(640, 480, 0.2, 15),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "no film has no format"),
    };
}
