namespace RobotWorker.MuJoCo.Rendering;

/// <summary>What a picture may cost. On a processor without a graphics card shadows cost about half of the frames a second.</summary>
/// <param name="Shadows">Whether lights cast shadows.</param>
/// <param name="ShadowMapPixels">Width of a light's shadow map, in pixels; larger is sharper and slower.</param>
/// <param name="Samples">Samples a pixel against jagged edges; 0: none.</param>
/// <param name="Slices">Edges around a sphere or cylinder (MJCF numslices).</param>
/// <param name="Stacks">Bands from pole to pole of a sphere (MJCF numstacks).</param>
/// <param name="Quads">Tiles along a side of a box (MJCF numquads).</param>
public sealed record RenderQuality(bool Shadows, int ShadowMapPixels, int Samples, int Slices, int Stacks, int Quads)
{
    /// <summary>For films of a run: shadows, no smoothing. About 40 frames a second at 640 x 480 on one core without a graphics card.</summary>
    public static RenderQuality Overview { get; } = new(true, 1024, 0, 16, 8, 1);

    /// <summary>For single pictures: sharp shadows, smooth edges, round shapes; about a quarter as fast.</summary>
    public static RenderQuality Fine { get; } = new(true, 4096, 4, 28, 16, 4);

    /// <summary>For cameras of the robot: no shadows, coarser shapes; about twice as fast.</summary>
    public static RenderQuality Fast { get; } = new(false, 0, 0, 12, 8, 1);
}
