using System.Text.Json.Serialization;

namespace RobotWorker.Generation.Video;

/// <summary>What a film took, as its child process tells at the end.</summary>
/// <param name="Backend">What rendered: EGL, OSMesa, rays.</param>
/// <param name="Path">The film, or the folder of pictures where no encoder is installed.</param>
/// <param name="Histogram">Of a film for training: how often each value of red, green and blue was there, 3 times 256.</param>
public sealed record FilmStatistics(int Frames, double RenderingSeconds, double EncodingSeconds, string Backend, string Path, long[]? Histogram = null);

[JsonSerializable(typeof(FilmStatistics))]
internal sealed partial class FilmJson : JsonSerializerContext;
