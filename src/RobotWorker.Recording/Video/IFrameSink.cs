namespace RobotWorker.Recording.Video;

/// <summary>Takes the pictures of a video, one after the other.</summary>
public interface IFrameSink : IDisposable
{
    /// <summary>What is left behind after <see cref="Complete"/>: a video file or a folder of pictures.</summary>
    string Path { get; }

    /// <summary>Takes the next picture. Waits while the encoder is behind.</summary>
    /// <param name="picture">Red, green and blue, a byte each, or 16 bits of gray; rows from top to bottom, without padding.</param>
    /// <exception cref="VideoException">The encoder failed; the text says why.</exception>
    void Write(ReadOnlySpan<byte> picture);

    /// <summary>Ends the video. Without it, <see cref="IDisposable.Dispose"/> throws away what there is.</summary>
    /// <exception cref="VideoException">The encoder failed; the text says why.</exception>
    void Complete();
}

/// <param name="Width">In pixels, even.</param>
/// <param name="Height">In pixels, even.</param>
/// <param name="FramesPerSecond">As played.</param>
public sealed record VideoFormat(int Width, int Height, double FramesPerSecond)
{
    /// <summary>For data sets: a key frame every so many frames and none that needs a later one, since readers jump, and one thread, whose bytes do not tell how many there were. Null: as the encoder likes.</summary>
    public int? KeyFrameEvery { get; init; }

    /// <summary>For measurements instead of for eyes: gray of 16 bits, little-endian, every bit of which is kept (FFV1 in Matroska).</summary>
    public bool Measured { get; init; }

    /// <summary>How many bytes a picture has.</summary>
    public int FrameBytes => Width * Height * (Measured ? 2 : 3);

    internal void Check(ReadOnlySpan<byte> picture)
    {
        if (picture.Length != FrameBytes)
            throw new ArgumentException($"a picture of {Width} x {Height} has {FrameBytes} bytes, this one has {picture.Length}", nameof(picture));
    }
}

/// <summary>A video could not be made; the episode itself is not touched by that.</summary>
public sealed class VideoException(string message, Exception? inner = null) : Exception(message, inner);
