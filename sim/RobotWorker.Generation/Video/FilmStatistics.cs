using System.Text.Json.Serialization;

namespace RobotWorker.Generation.Video;

/// <summary>What a film took, as its child process tells at the end.</summary>
/// <param name="Backend">What rendered: EGL, OSMesa, rays.</param>
/// <param name="Path">The film, or the folder of pictures where no encoder is installed.</param>
/// <param name="Histogram">Of a film for training: how often each value of red, green and blue was there, 3 times 256.</param>
/// <param name="Camera">Of a film for training: where the camera was.</param>
public sealed record FilmStatistics(int Frames, double RenderingSeconds, double EncodingSeconds, string Backend, string Path, long[]? Histogram = null, FilmedFrom? Camera = null);

/// <param name="Poses">Of its optical frame in <c>map</c> in each frame: seven numbers (position, quaternion with w last).</param>
/// <param name="DepthLimit">Millimetres: what is not nearer has a depth of 0.</param>
public sealed record FilmedFrom(double[] Poses, int DepthLimit);

[JsonSerializable(typeof(FilmStatistics))]
internal sealed partial class FilmJson : JsonSerializerContext;
