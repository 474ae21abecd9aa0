using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>An entry of info.json's <c>features</c> that could be understood.</summary>
/// <param name="Video">What info.json says of a camera's video; null for what is a column of the data.</param>
internal sealed record Feature(string Key, string Dtype, ImmutableArray<int> Shape, VideoInfo? Video)
{
    public bool IsVideo => Dtype == "video";

    /// <summary>Numbers of which statistics are made.</summary>
    public bool IsNumeric => !IsVideo && Dtype is not ("string" or "image");

    public int Width => Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>How many lists are nested in a cell: a shape of [1] is a plain value.</summary>
    public int Depth => Shape is [1] ? 0 : Shape.Length;

    /// <summary>The shape of its statistics; pictures are summed up by channel.</summary>
    public ImmutableArray<int> StatisticsShape => IsVideo ? [3, 1, 1] : Shape;

    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}

/// <summary>The <c>info</c> block of a camera.</summary>
internal sealed record VideoInfo(string? Codec, string? PixelFormat, bool? HasAudio);
