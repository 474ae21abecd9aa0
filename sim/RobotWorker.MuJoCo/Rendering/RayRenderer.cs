namespace RobotWorker.MuJoCo.Rendering;

/// <summary>Pictures without OpenGL: a ray a pixel, the colour of the geom it meets, a headlight and one light from above with its shadow.</summary>
internal sealed class RayRenderer : OffscreenRenderer
{
    // About 1.7 million rays a second: above this many pixels one ray serves a block of 2 x 2.
    private const int PixelsAtFullResolution = 160 * 120;
    private const double Ambient = 0.35, Headlight = 0.35, Sunlight = 0.4, SurfaceGap = 1e-4;
    private static readonly double[] TowardsSun = Unit([0.3, -0.2, 1.0]);
    private static readonly byte[] VisibleGroups = [1, 1, 1, 0, 0, 0];
    private static readonly byte[] Sky = [120, 150, 190];

    private readonly bool _shadows;
    private readonly double[] _hit = new double[3];
    private readonly double[] _normal = new double[3];
    private readonly double[] _ray = new double[3];

    public RayRenderer(MjModel model, int width, int height, RenderQuality quality) : base(model, width, height, RenderBackend.Rays) =>
        _shadows = quality.Shadows;

    private protected override void Draw(MjData data, CameraView view, Span<byte> rgb, Span<float> depthMetres)
    {
        var camera = PinholeCamera.Of(Model, data, view, Width, Height);
        // Colours may be coarse; a depth is of its own pixel, or it would not fit the segmentation.
        var block = depthMetres.Length == 0 && Width * Height > PixelsAtFullResolution ? 2 : 1;
        Span<byte> colour = stackalloc byte[3];
        for (var y = 0; y < Height; y += block)
        for (var x = 0; x < Width; x += block)
        {
            var distance = Cast(data, camera, x + block * 0.5, y + block * 0.5, out var geom);
            Shade(data, camera, distance, geom, colour);
            for (var v = y; v < Math.Min(y + block, Height); v++)
            for (var u = x; u < Math.Min(x + block, Width); u++)
            {
                if (rgb.Length > 0) colour.CopyTo(rgb[((v * Width + u) * 3)..]);
                if (depthMetres.Length > 0) depthMetres[v * Width + u] = (float)(geom < 0 ? camera.FarMetres : distance * camera.Along(_ray));
            }
        }
    }

    private protected override void DrawSegmentation(MjData data, CameraView view, Span<int> geomIds)
    {
        var camera = PinholeCamera.Of(Model, data, view, Width, Height);
        for (var y = 0; y < Height; y++)
        for (var x = 0; x < Width; x++)
        {
            Cast(data, camera, x + 0.5, y + 0.5, out var geom);
            geomIds[y * Width + x] = geom;
        }
    }

    public override void Dispose() { }

    private double Cast(MjData data, PinholeCamera camera, double x, double y, out int geom)
    {
        camera.Direction(x, y, _ray);
        return data.Ray(camera.Position, _ray, VisibleGroups, -1, out geom);
    }

    private void Shade(MjData data, PinholeCamera camera, double distance, int geom, Span<byte> colour)
    {
        if (geom < 0)
        {
            Sky.CopyTo(colour);
            return;
        }
        for (var i = 0; i < 3; i++) _hit[i] = camera.Position[i] + distance * _ray[i];
        SurfaceNormal.At(Model, data, geom, _hit, _ray, _normal);
        var light = Ambient + Headlight * Math.Max(0, -Dot(_normal, _ray)) + Sunlight * SunAt(data);
        var material = Model.GeomMaterial(geom);
        var rgba = material < 0 ? Model.GeomRgba(geom) : Model.MaterialRgba(material);
        for (var i = 0; i < 3; i++) colour[i] = (byte)Math.Clamp(rgba[i] * light * 255, 0, 255);
    }

    private double SunAt(MjData data)
    {
        var facing = Dot(_normal, TowardsSun);
        if (facing <= 0) return 0;
        if (!_shadows) return facing;
        for (var i = 0; i < 3; i++) _hit[i] += SurfaceGap * _normal[i];
        data.Ray(_hit, TowardsSun, VisibleGroups, -1, out var between);
        return between < 0 ? facing : 0;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

    private static double[] Unit(double[] v)
    {
        var length = Math.Sqrt(Dot(v, v));
        return [v[0] / length, v[1] / length, v[2] / length];
    }
}
