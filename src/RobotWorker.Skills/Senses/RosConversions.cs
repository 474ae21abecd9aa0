using RobotWorker.Motion;
using RobotWorker.Time;
using Geometry = RobotWorker.Ros.Messages.GeometryMsgs;

namespace RobotWorker.Skills.Senses;

/// <summary>Between ROS messages and our own poses and instants.</summary>
public static class RosConversions
{
    public static Vec3 ToVec3(this Geometry.Point p) => new(p.X, p.Y, p.Z);

    public static Vec3 ToVec3(this Geometry.Vector3 v) => new(v.X, v.Y, v.Z);

    public static Quat ToQuat(this Geometry.Quaternion q) => new Quat(q.X, q.Y, q.Z, q.W).Normalized();

    public static Pose ToPose(this Geometry.Pose pose) => new(pose.Position.ToVec3(), pose.Orientation.ToQuat());

    public static Pose ToPose(this Geometry.Transform transform) => new(transform.Translation.ToVec3(), transform.Rotation.ToQuat());

    public static RobotTime ToRobotTime(this Ros.Messages.BuiltinInterfaces.Time stamp) => new(stamp.Nanoseconds);

    public static Ros.Messages.BuiltinInterfaces.Time ToRos(this RobotTime time) =>
        Ros.Messages.BuiltinInterfaces.Time.FromNanoseconds(time.Nanoseconds);

    public static Geometry.Pose ToRos(this Pose pose) => new()
    {
        Position = new() { X = pose.Position.X, Y = pose.Position.Y, Z = pose.Position.Z },
        Orientation = new() { X = pose.Rotation.X, Y = pose.Rotation.Y, Z = pose.Rotation.Z, W = pose.Rotation.W },
    };
}
