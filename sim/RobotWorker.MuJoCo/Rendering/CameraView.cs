namespace RobotWorker.MuJoCo.Rendering;

/// <summary>From where a picture is taken: a camera of the model, or a free one.</summary>
public abstract record CameraView
{
    private CameraView() { }

    /// <summary>A camera that the model names.</summary>
    public static CameraView Named(string camera) => new NamedCamera(camera);

    /// <summary>A free camera that looks at a point.</summary>
    /// <param name="x">The point in the world's frame, in metres.</param>
    /// <param name="y">The point's y, in metres.</param>
    /// <param name="z">The point's z, in metres.</param>
    /// <param name="distanceMetres">How far the camera is from the point.</param>
    /// <param name="azimuthDegrees">Direction of looking around the vertical: 0 looks along +x, 90 along +y.</param>
    /// <param name="elevationDegrees">Direction of looking up; negative looks down.</param>
    public static CameraView Free(double x, double y, double z, double distanceMetres, double azimuthDegrees, double elevationDegrees) =>
        new FreeCamera(x, y, z, distanceMetres, azimuthDegrees, elevationDegrees);

    internal sealed record NamedCamera(string Name) : CameraView;

    internal sealed record FreeCamera(double X, double Y, double Z, double DistanceMetres, double AzimuthDegrees, double ElevationDegrees) : CameraView;
}
