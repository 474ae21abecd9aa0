using System.Text.Json.Serialization;

namespace RobotWorker.Generation.Video;

/// <summary>What a film took, as its child process tells at the end.</summary>
/// <param name="Backend">What rendered: EGL, OSMesa, rays.</param>
public sealed record FilmStatistics(int Frames, double RenderingSeconds, double EncodingSeconds, string Backend);

[JsonSerializable(typeof(FilmStatistics))]
internal sealed partial class FilmJson : JsonSerializerContext;
