using System.Runtime.InteropServices;
using RobotWorker.Recording.Video;

namespace RobotWorker.Generation.Video;

/// <summary>The film beside the film that tells how far away things are: millimetres along the optical axis, 0 where there is nothing nearer than the limit.</summary>
/// <param name="limit">In millimetres.</param>
internal sealed class DepthSidecar(RenderOrder order, string file, int limit) : IDisposable
{
    // What 16 bits hold. The far plane is nothing that could be seen, and before it the depth buffer rounds.
    private const double MostMetres = 65.5, BeforeTheFarPlane = 0.99;

    private readonly FfmpegEncoder sink = MeasuredFilm.Open(order, file);
    private readonly ushort[] millimetres = new ushort[order.Width * order.Height];

    /// <summary>Where the renderer puts the next frame.</summary>
    public float[] Metres { get; } = new float[order.Width * order.Height];

    /// <summary>From where on there is nothing, in millimetres.</summary>
    /// <param name="farMetres">How far the renderer sees.</param>
    public static int Limit(double farMetres) => (int)(Math.Min(MostMetres, farMetres * BeforeTheFarPlane) * 1000);

    public static ushort Millimetres(float metres, int limit) => Math.Round(metres * 1000.0) is var rounded && rounded < limit ? (ushort)rounded : (ushort)0;

    /// <param name="geoms">What is seen at each pixel; below 0: nothing. The renderer's sky is a dome at a distance of its own, which is none.</param>
    public void Write(ReadOnlySpan<int> geoms)
    {
        for (var i = 0; i < millimetres.Length; i++) millimetres[i] = geoms[i] < 0 ? (ushort)0 : Millimetres(Metres[i], limit);
        sink.Write(MemoryMarshal.AsBytes<ushort>(millimetres));
    }

    public void Complete() => sink.Complete();

    public void Dispose() => sink.Dispose();
}
