using System.Runtime.InteropServices;
using RobotWorker.Recording.Video;

namespace RobotWorker.Generation.Video;

/// <summary>The film beside the film that tells whose part is seen, by ids; 0 is the background.</summary>
/// <param name="ids">Of each geom of the model.</param>
internal sealed class SegmentationSidecar(RenderOrder order, string file, ushort[] ids) : IDisposable
{
    private readonly FfmpegEncoder sink = MeasuredFilm.Open(order, file);
    private readonly ushort[] seen = new ushort[order.Width * order.Height];

    /// <param name="geoms">What is seen at each pixel; below 0: nothing.</param>
    public void Write(ReadOnlySpan<int> geoms)
    {
        for (var i = 0; i < seen.Length; i++) seen[i] = geoms[i] < 0 ? (ushort)0 : ids[geoms[i]];
        sink.Write(MemoryMarshal.AsBytes<ushort>(seen));
    }

    public void Complete() => sink.Complete();

    public void Dispose() => sink.Dispose();
}
