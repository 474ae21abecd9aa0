using System.Text.Json.Serialization;

namespace RobotWorker.Generation.Video;

/// <summary>What a film took, as its child process tells at the end.</summary>
/// <param name="Backend">What rendered: EGL, OSMesa, rays.</param>
/// <param name="Path">The film, or the folder of pictures where no encoder is installed.</param>
public sealed record FilmStatistics(int Frames, double RenderingSeconds, double EncodingSeconds, string Backend, string Path);

[JsonSerializable(typeof(FilmStatistics))]
internal sealed partial class FilmJson : JsonSerializerContext;
