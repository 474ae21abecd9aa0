using System.Runtime.InteropServices;
using RobotWorker.Recording.Video;

namespace RobotWorker.Generation.Video;

/// <summary>The film beside the film that tells whose part is seen, by ids; 0 is the background.</summary>
/// <param name="ids">Of each geom of the model.</param>
internal sealed class SegmentationSidecar(RenderOrder order, string file, ushort[] ids) : IDisposable
{
    private readonly FfmpegEncoder sink = MeasuredFilm.Open(order, file);
    private readonly ushort[] seen = new ushort[order.Width * order.Height];

    /// <summary>Where the renderer puts the geoms of the next frame.</summary>
    public int[] Geoms { get; } = new int[order.Width * order.Height];

    public void Write()
    {
        for (var i = 0; i < seen.Length; i++) seen[i] = Geoms[i] < 0 ? (ushort)0 : ids[Geoms[i]];
        sink.Write(MemoryMarshal.AsBytes<ushort>(seen));
    }

    public void Complete() => sink.Complete();

    public void Dispose() => sink.Dispose();
}
