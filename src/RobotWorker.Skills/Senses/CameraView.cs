using RobotWorker.Motion;
using RobotWorker.Ros.Messages.SensorMsgs;

namespace RobotWorker.Skills.Senses;

/// <summary>What a pinhole camera sees: its intrinsics (pixels) and map_from_camera (optical frame: z ahead, x right, y down).</summary>
internal sealed record CameraView(double Fx, double Fy, double Cx, double Cy, double Width, double Height, Pose MapFromCamera)
{
    private const double EdgePixels = 15;
    private const double FarMetres = 2.8;
    private const double NearMetres = 0.2;

    public static CameraView From(CameraInfo info, Pose mapFromCamera) =>
        new(info.K[0], info.K[4], info.K[2], info.K[5], info.Width, info.Height, mapFromCamera);

    public Vec3 Eye => MapFromCamera.Position;

    /// <summary>Whether a point of the map frame lies inside the picture, a little off its edge.</summary>
    public bool Shows(Vec3 point)
    {
        var p = MapFromCamera.Inverse().Apply(point);
        if (p.Z < NearMetres || p.Length > FarMetres) return false;
        var u = Cx + (Fx * p.X / p.Z);
        var v = Cy + (Fy * p.Y / p.Z);
        return u >= EdgePixels && u <= Width - EdgePixels && v >= EdgePixels && v <= Height - EdgePixels;
    }

    /// <summary>Whether something with a radius (metres) about <paramref name="blocker"/> stands between the eye and a point.</summary>
    public bool IsHiddenBy(Vec3 point, Vec3 blocker, double radius)
    {
        var ray = point - Eye;
        var along = (blocker - Eye).Dot(ray.Normalized());
        if (along <= 0 || along >= ray.Length - 0.02) return false;
        return (Eye + (ray.Normalized() * along) - blocker).Length < radius;
    }
}
