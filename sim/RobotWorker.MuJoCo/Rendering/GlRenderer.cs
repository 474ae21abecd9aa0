using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo.Rendering;

/// <summary>Pictures by MuJoCo's own OpenGL renderer.</summary>
internal sealed unsafe class GlRenderer : OffscreenRenderer
{
    private const int OffscreenBuffer = 1, FontScale = 100;

    private readonly GlContext _gl;
    private readonly SceneMemory _scene;
    private readonly DepthScale _depth;
    private readonly PixelRectangle _viewport;
    private readonly byte[] _pixels;
    private readonly float[] _depths;
    private readonly bool _shadows;
    private bool _disposed;

    private GlRenderer(MjModel model, int width, int height, RenderQuality quality, RenderBackend backend, GlContext gl)
        : base(model, width, height, backend)
    {
        _gl = gl;
        _shadows = quality.Shadows;
        _scene = new SceneMemory(model);
        _scene.HideSites();
        _depth = DepthScale.Of(model);
        _viewport = new PixelRectangle(0, 0, width, height);
        _pixels = new byte[width * height * 3];
        _depths = new float[width * height];
        using (VisualSettings.Apply(model, width, height, quality))
            RenderMethods.mjr_makeContext(model.Pointer, _scene.Context, FontScale);
        RenderMethods.mjr_setBuffer(OffscreenBuffer, _scene.Context);
    }

    public static GlRenderer? TryCreate(MjModel model, int width, int height, RenderQuality quality, RenderBackend backend, List<string> refusals) =>
        GlContext.TryCreate(backend, width, height, refusals) is { } gl ? new GlRenderer(model, width, height, quality, backend, gl) : null;

    private protected override void Draw(MjData data, CameraView view, Span<byte> rgb, Span<float> depthMetres)
    {
        Update(data, view);
        _scene.SetFlag("mjRND_SHADOW", _shadows);
        _scene.SetFlag("mjRND_SEGMENT", false);
        _scene.SetFlag("mjRND_IDCOLOR", false);
        Read(rgb.Length > 0, depthMetres.Length > 0);
        if (rgb.Length > 0) FlipRows<byte>(_pixels, rgb, Width * 3);
        if (depthMetres.Length == 0) return;
        FlipRows<float>(_depths, depthMetres, Width);
        _depth.ToMetres(depthMetres[..(Width * Height)]);
    }

    private protected override void DrawSegmentation(MjData data, CameraView view, Span<int> geomIds)
    {
        Update(data, view);
        _scene.SetFlag("mjRND_SHADOW", false);
        _scene.SetFlag("mjRND_SEGMENT", true);
        _scene.SetFlag("mjRND_IDCOLOR", true);
        Read(colours: true, depth: false);
        var geomOf = GeomOfSegment();
        for (var y = 0; y < Height; y++)
        {
            var row = (Height - 1 - y) * Width;
            for (var x = 0; x < Width; x++)
            {
                var pixel = _pixels.AsSpan((row + x) * 3, 3);
                var segment = (pixel[0] | pixel[1] << 8 | pixel[2] << 16) - 1;
                geomIds[y * Width + x] = (uint)segment < (uint)geomOf.Length ? geomOf[segment] : -1;
            }
        }
    }

    public override void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _gl.MakeCurrent();
        RenderMethods.mjr_freeContext(_scene.Context);
        _scene.Dispose();
        _gl.Dispose();
    }

    private void Update(MjData data, CameraView view)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _gl.MakeCurrent();
        _scene.Aim(Model, view);
        _scene.Update(Model, data);
    }

    private void Read(bool colours, bool depth)
    {
        RenderMethods.mjr_render(_viewport, _scene.Scene, _scene.Context);
        fixed (byte* pixels = _pixels)
        fixed (float* depths = _depths)
            RenderMethods.mjr_readPixels(colours ? pixels : null, depth ? depths : null, _viewport, _scene.Context);
    }

    private int[] GeomOfSegment()
    {
        var geomKind = Model.Number(MjObject.Geom);
        var geoms = new int[_scene.GeomCount];
        Array.Fill(geoms, -1);
        for (var i = 0; i < geoms.Length; i++)
        {
            var (segment, geom) = _scene.SceneGeom(i, geomKind);
            if ((uint)segment < (uint)geoms.Length) geoms[segment] = geom;
        }
        return geoms;
    }

    // OpenGL gives the bottom row first.
    private void FlipRows<T>(ReadOnlySpan<T> from, Span<T> to, int rowLength)
    {
        for (var y = 0; y < Height; y++) from.Slice((Height - 1 - y) * rowLength, rowLength).CopyTo(to[(y * rowLength)..]);
    }
}
