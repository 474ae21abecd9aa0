using System.Xml.Linq;
using RobotWorker.Motion;
using RobotWorker.Sim.Physics;

namespace RobotWorker.Sim.Robots;

/// <summary>
/// The robot's URDF (wiki.ros.org/urdf/XML), as it stands on /robot_description: the links and joints that a ROS user sees. <c>gripper_joint</c> is
/// the opening width; the two fingers follow it by half.
/// </summary>
public static class UrdfWriter
{
    public static string Write(RobotDescription robot)
    {
        var parts = new List<XElement> { Link("base_link", robot.Body) };
        Add(parts, Fixed("arm_mount", "base_link", "arm_link_0", new(robot.Arm.Mount, Quat.Identity)), Link("arm_link_0", robot.Arm.Foot));
        for (var i = 0; i < robot.Arm.Joints.Length; i++)
        {
            var j = robot.Arm.Joints[i];
            Add(parts, Moving("revolute", $"arm_joint_{i + 1}", $"arm_link_{i}", $"arm_link_{i + 1}", j.Origin, Vec3.UnitZ, (j.Lower, j.Upper), j.Velocity, j.Effort),
                Link($"arm_link_{i + 1}", j.Shapes));
        }
        AddHand(parts, robot);
        AddHead(parts, robot.Head);
        if (robot.Lidar is { } lidar) Add(parts, Fixed("lidar_mount", "base_link", LidarDescription.Frame, new(lidar.Mount, Quat.Identity)), Link(LidarDescription.Frame, []));
        return new XElement("robot", new XAttribute("name", robot.Name), parts).ToString();
    }

    private static void AddHand(List<XElement> parts, RobotDescription robot)
    {
        var g = robot.Gripper;
        var tool = new Pose(new(0, 0, g.ToolZ), Quat.Identity);
        Add(parts, Fixed("hand_mount", $"arm_link_{robot.Arm.Joints.Length}", "hand", g.Mount), Link("hand", g.Shapes));
        Add(parts, Fixed("tool0_mount", "hand", "tool0", tool), Link("tool0", []));
        Add(parts, Moving("prismatic", "gripper_joint", "hand", "gripper_opening", tool, Vec3.UnitY, (0, g.Opening), g.Speed, g.MaxForce), Link("gripper_opening", []));
        foreach (var (name, side) in new[] { ("finger_left", 1), ("finger_right", -1) })
        {
            var joint = Moving("prismatic", $"{name}_joint", "hand", name, tool, new(0, side, 0), (0, g.Opening / 2), g.Speed, g.MaxForce);
            joint.Add(new XElement("mimic", new XAttribute("joint", "gripper_joint"), new XAttribute("multiplier", "0.5"), new XAttribute("offset", "0")));
            var pad = new Shape(ShapeKind.Box, new(g.Pad.Width, g.Pad.Thickness, g.Pad.Length), new(new(0, side * g.Pad.Thickness / 2, 0), Quat.Identity), new(0.12, 0.12, 0.13));
            Add(parts, joint, Link(name, [pad]));
        }
    }

    private static void AddHead(List<XElement> parts, HeadDescription head)
    {
        Add(parts, Moving("revolute", "head_pan_joint", "base_link", "head_pan_link", new(head.Mount, Quat.Identity), Vec3.UnitZ, (head.Pan.Lower, head.Pan.Upper), head.Pan.Velocity, 20),
            Link("head_pan_link", []));
        Add(parts, Moving("revolute", "head_tilt_joint", "head_pan_link", "head_tilt_link", new(new(0, 0, HeadDescription.TiltHeight), Quat.Identity), Vec3.UnitY,
            (head.Tilt.Lower, head.Tilt.Upper), head.Tilt.Velocity, 20), Link("head_tilt_link", head.Shapes));
        Add(parts, Fixed("head_camera_mount", "head_tilt_link", "head_camera_frame", new(head.Camera, Quat.Identity)), Link("head_camera_frame", []));
        // Optical frames look along z with x to the right (REP 103).
        Add(parts, Fixed("head_camera_optical_joint", "head_camera_frame", "head_camera_optical_frame", new(Vec3.Zero, Quat.FromRpy(-Math.PI / 2, 0, -Math.PI / 2))),
            Link("head_camera_optical_frame", []));
    }

    private static void Add(List<XElement> parts, XElement joint, XElement link)
    {
        parts.Add(link);
        parts.Add(joint);
    }

    private static XElement Link(string name, IEnumerable<Shape> shapes) => new("link", new XAttribute("name", name),
        shapes.Select(s => new XElement("visual", Origin(s.Pose), new XElement("geometry", Geometry(s)),
            new XElement("material", new XAttribute("name", s.Colour.ToText()), new XElement("color", Mjcf.Rgba(s.Colour))))));

    private static XElement Geometry(Shape s) => s.Kind == ShapeKind.Box
        ? new("box", Mjcf.Of("size", s.Size))
        : new("cylinder", Mjcf.Of("radius", s.Size.X / 2), Mjcf.Of("length", s.Size.Z));

    private static XElement Fixed(string name, string parent, string child, Pose origin) => Joint("fixed", name, parent, child, origin);

    private static XElement Moving(
        string type, string name, string parent, string child, Pose origin, Vec3 axis, (double Lower, double Upper) limits, double velocity, double effort)
    {
        var joint = Joint(type, name, parent, child, origin);
        joint.Add(new XElement("axis", Mjcf.Of("xyz", axis)),
            new XElement("limit", Mjcf.Of("lower", limits.Lower), Mjcf.Of("upper", limits.Upper), Mjcf.Of("velocity", velocity), Mjcf.Of("effort", effort)));
        return joint;
    }

    private static XElement Joint(string type, string name, string parent, string child, Pose origin) => new("joint", new XAttribute("name", name),
        new XAttribute("type", type), Origin(origin), new XElement("parent", new XAttribute("link", parent)), new XElement("child", new XAttribute("link", child)));

    private static XElement Origin(Pose pose)
    {
        var (roll, pitch, yaw) = RollPitchYaw(pose.Rotation);
        return new("origin", Mjcf.Of("xyz", pose.Position), Mjcf.Of("rpy", roll, pitch, yaw));
    }

    // The inverse of Quat.FromRpy; at pitch of a right angle roll and yaw turn about one axis, and roll is taken as zero.
    private static (double Roll, double Pitch, double Yaw) RollPitchYaw(Quat q)
    {
        var x = q.Rotate(Vec3.UnitX);
        var y = q.Rotate(Vec3.UnitY);
        var z = q.Rotate(Vec3.UnitZ);
        var pitch = Math.Asin(Math.Clamp(-x.Z, -1, 1));
        return Math.Abs(x.Z) > 1 - 1e-9
            ? (0, pitch, Math.Atan2(-y.X, y.Y))
            : (Math.Atan2(y.Z, z.Z), pitch, Math.Atan2(x.Y, x.X));
    }
}
