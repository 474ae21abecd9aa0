using RobotWorker.Motion;

namespace RobotWorker.Sim.Sensors;

/// <summary>
/// An ideal camera without distortion, as sensor_msgs/CameraInfo describes one: pixel = (fx x/z + cx, fy y/z + cy) for a point of the
/// optical frame (z forward, x right, y down).
/// </summary>
/// <param name="Near">Nearest distance along z, in metres, at which it makes anything out.</param>
/// <param name="Far">Farthest, in metres.</param>
public sealed record PinholeCamera(int Width, int Height, double Fx, double Fy, double Cx, double Cy, double Near, double Far)
{
    /// <summary>With square pixels and the axis in the middle of the image.</summary>
    /// <param name="verticalField">Vertical field of view in radians, as MuJoCo's fovy.</param>
    public static PinholeCamera WithField(int width, int height, double verticalField, double near, double far)
    {
        var f = height / 2.0 / Math.Tan(verticalField / 2);
        return new(width, height, f, f, width / 2.0, height / 2.0, near, far);
    }

    /// <summary>The pixel of a point of the optical frame, which must lie in front.</summary>
    public (double U, double V) Project(Vec3 point) => ((Fx * point.X / point.Z) + Cx, (Fy * point.Y / point.Z) + Cy);

    /// <summary>Whether a point of the optical frame falls on the image, within the range.</summary>
    public bool Sees(Vec3 point)
    {
        if (point.Z < Near || point.Z > Far) return false;
        var (u, v) = Project(point);
        return u >= 0 && u < Width && v >= 0 && v < Height;
    }

    /// <summary>The point of the optical frame that is <paramref name="depth"/> metres along z behind a pixel.</summary>
    public Vec3 Unproject(double u, double v, double depth) => new((u - Cx) / Fx * depth, (v - Cy) / Fy * depth, depth);
}
