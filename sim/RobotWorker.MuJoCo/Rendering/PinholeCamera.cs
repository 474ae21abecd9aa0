namespace RobotWorker.MuJoCo.Rendering;

/// <summary>Where a view is taken from and which way its pixels look. Axes are columns: right, up, backward.</summary>
internal sealed class PinholeCamera
{
    private const double DefaultFovyDegrees = 45;

    private readonly double[] _right, _up, _backward;
    private readonly double _halfWidth, _halfHeight;
    private readonly int _width, _height;

    private PinholeCamera(double[] position, double[] right, double[] up, double[] backward, double fovyDegrees, int width, int height, double far)
    {
        (Position, _right, _up, _backward, FarMetres) = (position, right, up, backward, far);
        (_width, _height) = (width, height);
        _halfHeight = Math.Tan(double.DegreesToRadians(fovyDegrees) / 2);
        _halfWidth = _halfHeight * width / height;
    }

    public double[] Position { get; }

    public double FarMetres { get; }

    public static PinholeCamera Of(MjModel model, MjData data, CameraView view, int width, int height)
    {
        var far = DepthScale.Of(model).FarMetres;
        switch (view)
        {
            case CameraView.NamedCamera named:
                var camera = model.Id(MjObject.Camera, named.Name);
                var m = data.CameraMatrix(camera);
                return new PinholeCamera(data.CameraPosition(camera).ToArray(), [m[0], m[3], m[6]], [m[1], m[4], m[7]], [m[2], m[5], m[8]],
                    model.CameraFovyDegrees[camera], width, height, far);
            case CameraView.FreeCamera free:
                var (sinAzimuth, cosAzimuth) = Math.SinCos(double.DegreesToRadians(free.AzimuthDegrees));
                var (sinElevation, cosElevation) = Math.SinCos(double.DegreesToRadians(free.ElevationDegrees));
                double[] back = [-cosAzimuth * cosElevation, -sinAzimuth * cosElevation, -sinElevation];
                double[] position = [free.X + back[0] * free.DistanceMetres, free.Y + back[1] * free.DistanceMetres, free.Z + back[2] * free.DistanceMetres];
                return new PinholeCamera(position, [sinAzimuth, -cosAzimuth, 0], [-cosAzimuth * sinElevation, -sinAzimuth * sinElevation, cosElevation],
                    back, DefaultFovyDegrees, width, height, far);
            default:
                throw new MuJoCoException($"No camera can take the view {view}.");
        }
    }

    /// <summary>The unit direction of a pixel; y counts from the top.</summary>
    public void Direction(double x, double y, Span<double> direction)
    {
        var u = (2 * x / _width - 1) * _halfWidth;
        var v = (1 - 2 * y / _height) * _halfHeight;
        var length = Math.Sqrt(u * u + v * v + 1);
        for (var i = 0; i < 3; i++) direction[i] = (u * _right[i] + v * _up[i] - _backward[i]) / length;
    }

    /// <summary>How much of a unit direction points along the viewing direction.</summary>
    public double Along(ReadOnlySpan<double> direction) => -(direction[0] * _backward[0] + direction[1] * _backward[1] + direction[2] * _backward[2]);
}
