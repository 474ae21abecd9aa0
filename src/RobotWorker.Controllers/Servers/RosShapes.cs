using RobotWorker.Motion;
using RobotWorker.Ros.Messages.GeometryMsgs;
using Motion = RobotWorker.Motion;

namespace RobotWorker.Controllers.Servers;

/// <summary>The domain's vectors and poses as geometry_msgs, and back.</summary>
public static class RosShapes
{
    public static Vector3 ToVector3(this Vec3 v) => new() { X = v.X, Y = v.Y, Z = v.Z };

    public static Point ToPoint(this Vec3 v) => new() { X = v.X, Y = v.Y, Z = v.Z };

    public static Quaternion ToMessage(this Quat q) => new() { X = q.X, Y = q.Y, Z = q.Z, W = q.W };

    public static Ros.Messages.GeometryMsgs.Pose ToMessage(this Motion.Pose p) => new() { Position = p.Position.ToPoint(), Orientation = p.Rotation.ToMessage() };

    public static Transform ToTransform(this Motion.Pose p) => new() { Translation = p.Position.ToVector3(), Rotation = p.Rotation.ToMessage() };

    public static Vec3 ToVec3(this Point p) => new(p.X, p.Y, p.Z);

    public static Vec3 ToVec3(this Vector3 v) => new(v.X, v.Y, v.Z);

    /// <summary>A rotation; null when it is not one (all zero, or not finite), which senders that fill nothing in produce.</summary>
    public static Quat? ToQuat(this Quaternion q)
    {
        var length = Math.Sqrt((q.X * q.X) + (q.Y * q.Y) + (q.Z * q.Z) + (q.W * q.W));
        return double.IsFinite(length) && length > 1e-6 ? new Quat(q.X, q.Y, q.Z, q.W).Normalized() : null;
    }
}
