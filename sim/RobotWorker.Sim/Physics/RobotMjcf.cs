using System.Xml.Linq;
using RobotWorker.Motion;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Physics;

/// <summary>The robot's part of the MJCF: a tree of bodies named as in the URDF, and its drives.</summary>
internal static class RobotMjcf
{
    private const int Touches = Mjcf.World | Mjcf.Object;

    /// <param name="start">Where a base without wheels stands; one with wheels is placed by its joints.</param>
    public static XElement Body(RobotDescription robot, PlanarPose start) => new("body", new XAttribute("name", "base_link"),
        robot.Base.IsFixed ? Mjcf.PoseOf(start.ToPose()) : Wheels(),
        // What stands for good may weigh anything, but not nothing.
        Mjcf.Geoms(robot.Body, robot.Base.IsFixed ? 1 : robot.Base.Mass, Mjcf.Robot | Mjcf.RobotBody, Touches),
        Arm(robot), Head(robot.Head));

    public static object[] Drives(RobotDescription robot) =>
    [
        new XElement("equality", new XElement("joint", new XAttribute("joint1", "finger_left_joint"), new XAttribute("joint2", "finger_right_joint"),
            Mjcf.Of("polycoef", 0, 1, 0, 0, 0), Mjcf.Of("solref", 0.005, 1))),
        new XElement("tendon", new XElement("fixed", new XAttribute("name", "grip"), Finger("finger_left_joint"), Finger("finger_right_joint"))),
        new XElement("actuator", robot.Base.IsFixed ? null : BaseDrives(robot.Base), ArmDrives(robot), GripDrive(robot.Gripper), Servo("head_pan_joint", 60, 6, 40), Servo("head_tilt_joint", 60, 6, 40)),
    ];

    private static object[] Wheels() =>
        [Slide("base_x", Vec3.UnitX), Slide("base_y", Vec3.UnitY), new XElement("joint", new XAttribute("name", "base_yaw"), new XAttribute("type", "hinge"), Mjcf.Of("axis", Vec3.UnitZ))];

    private static XElement Arm(RobotDescription robot)
    {
        var foot = new XElement("body", new XAttribute("name", "arm_link_0"), Mjcf.PoseOf(new(robot.Arm.Mount, Quat.Identity)),
            Mjcf.Geoms(robot.Arm.Foot, 3, Mjcf.Robot, Touches));
        var parent = foot;
        for (var i = 0; i < robot.Arm.Joints.Length; i++)
        {
            var joint = robot.Arm.Joints[i];
            // The far links touch the robot's own body too; the near ones are joined to it closely and never reach it.
            var touches = i >= 3 ? Touches | Mjcf.RobotBody : Touches;
            var link = new XElement("body", new XAttribute("name", $"arm_link_{i + 1}"), Mjcf.PoseOf(joint.Origin),
                new XElement("joint", new XAttribute("name", $"arm_joint_{i + 1}"), Mjcf.Of("axis", Vec3.UnitZ), Mjcf.Of("range", joint.Lower, joint.Upper),
                    Mjcf.Of("armature", joint.Armature), Mjcf.Of("damping", joint.Damping)),
                Mjcf.Geoms(joint.Shapes, joint.Mass, Mjcf.Robot, touches));
            parent.Add(link);
            parent = link;
        }
        parent.Add(Hand(robot.Gripper));
        return foot;
    }

    private static XElement Hand(GripperDescription gripper) => new("body", new XAttribute("name", "hand"), Mjcf.PoseOf(gripper.Mount),
        Mjcf.Geoms(gripper.Shapes, gripper.Mass, Mjcf.Robot, Touches | Mjcf.RobotBody),
        new XElement("site", new XAttribute("name", "tool0"), Mjcf.Of("pos", 0, 0, gripper.ToolZ), Mjcf.Of("size", 0.002), Mjcf.Of("rgba", 0, 0, 0, 0)),
        FingerBody(gripper, "finger_left", 1), FingerBody(gripper, "finger_right", -1));

    // The finger's frame lies where the pads meet, at tool0; at opening w each joint stands at w/2.
    private static XElement FingerBody(GripperDescription gripper, string name, int side)
    {
        var pad = gripper.Pad;
        var stem = gripper.ToolZ - (pad.Length / 2) - gripper.PalmZ;
        return new("body", new XAttribute("name", name), Mjcf.Of("pos", 0, 0, gripper.ToolZ),
            new XElement("joint", new XAttribute("name", $"{name}_joint"), new XAttribute("type", "slide"), Mjcf.Of("axis", 0, side, 0),
                Mjcf.Of("range", 0, gripper.Opening / 2), Mjcf.Of("armature", gripper.FingerArmature), Mjcf.Of("damping", 4)),
            new XElement("geom", new XAttribute("type", "box"), Mjcf.Of("size", 0.01, pad.Thickness / 2, stem / 2), Mjcf.Of("mass", gripper.FingerMass / 2),
                Mjcf.Of("pos", 0, side * pad.Thickness * 0.75, -(pad.Length / 2) - (stem / 2)), Mjcf.Rgba(new(0.25, 0.26, 0.28)),
                new XAttribute("contype", Mjcf.Robot), new XAttribute("conaffinity", Touches)),
            PadTiles(gripper, side));
    }

    // Two by two tiles: a cylinder against one flat box has one contact, about which it turns; against tiles it has one for each.
    private static IEnumerable<XElement> PadTiles(GripperDescription gripper, int side)
    {
        var pad = gripper.Pad;
        foreach (var (x, z) in new[] { (-1, -1), (-1, 1), (1, -1), (1, 1) })
            yield return new("geom", new XAttribute("type", "box"), Mjcf.Of("size", pad.Width / 4, pad.Thickness / 2, pad.Length / 4),
                Mjcf.Of("pos", x * pad.Width / 4, side * pad.Thickness / 2, z * pad.Length / 4), Mjcf.Of("mass", gripper.FingerMass / 8),
                Mjcf.Rgba(new(0.12, 0.12, 0.13)), new XAttribute("contype", Mjcf.Robot), new XAttribute("conaffinity", Touches),
                new XAttribute("condim", 4), Mjcf.Of("friction", pad.Friction, pad.TorsionalFriction, 0.0005),
                Mjcf.Of("solref", 0.004, 1), Mjcf.Of("solimp", 0.95, 0.99, 0.001));
    }

    private static XElement Head(HeadDescription head) => new("body", new XAttribute("name", "head_pan_link"), Mjcf.Of("pos", head.Mount),
        Turn("head_pan_joint", Vec3.UnitZ, head.Pan),
        new XElement("geom", new XAttribute("type", "cylinder"), Mjcf.Of("size", 0.03, 0.02), Mjcf.Of("mass", 0.4), Mjcf.Rgba(new(0.3, 0.32, 0.35)),
            new XAttribute("contype", 0), new XAttribute("conaffinity", 0)),
        new XElement("body", new XAttribute("name", "head_tilt_link"), Mjcf.Of("pos", 0, 0, HeadDescription.TiltHeight), Turn("head_tilt_joint", Vec3.UnitY, head.Tilt),
            Mjcf.Geoms(head.Shapes, 0.8, Mjcf.Robot, Touches),
            // The camera looks along -z with y up; the head looks along x with z up.
            new XElement("camera", new XAttribute("name", "head_camera"), Mjcf.Of("pos", head.Camera), Mjcf.Of("xyaxes", 0, -1, 0, 0, 0, 1),
                Mjcf.Of("fovy", head.FieldOfView * 180 / Math.PI)),
            new XElement("site", new XAttribute("name", "head_camera_optical_frame"), Mjcf.Of("pos", head.Camera), Mjcf.Of("xyaxes", 0, -1, 0, 0, 0, -1),
                Mjcf.Of("size", 0.002), Mjcf.Of("rgba", 0, 0, 0, 0))));

    private static XElement Slide(string name, Vec3 axis) => new("joint", new XAttribute("name", name), new XAttribute("type", "slide"), Mjcf.Of("axis", axis));

    private static XElement Turn(string name, Vec3 axis, HeadJoint joint) => new("joint", new XAttribute("name", name), Mjcf.Of("axis", axis),
        Mjcf.Of("range", joint.Lower, joint.Upper), Mjcf.Of("armature", 0.02), Mjcf.Of("damping", 0.5));

    private static XElement Finger(string joint) => new("joint", new XAttribute("joint", joint), Mjcf.Of("coef", 1));

    // Velocity servos: force = gain * (wanted - velocity); 0.02 s to follow for this mass.
    private static IEnumerable<XElement> BaseDrives(BaseDescription robot) =>
        new[] { ("base_x", 50 * robot.Mass, 20 * robot.Mass), ("base_y", 50 * robot.Mass, 20 * robot.Mass), ("base_yaw", 10 * robot.Mass, 10 * robot.Mass) }
            .Select(drive => General(drive.Item1, "joint", drive.Item1, drive.Item2, [0, 0, -drive.Item2], drive.Item3));

    private static IEnumerable<XElement> ArmDrives(RobotDescription robot) => robot.Arm.Joints.Select((joint, i) =>
        Servo($"arm_joint_{i + 1}", joint.Stiffness, joint.Stiffness * 0.06, joint.Effort));

    private static XElement GripDrive(GripperDescription gripper) => General("gripper_joint", "tendon", "grip", 1, [0, 0, 0], gripper.MaxForce);

    private static XElement Servo(string joint, double stiffness, double damping, double effort) =>
        General(joint, "joint", joint, stiffness, [0, -stiffness, -damping], effort);

    private static XElement General(string name, string on, string target, double gain, double[] bias, double force) => new("general", new XAttribute("name", name),
        new XAttribute(on, target), new XAttribute("gaintype", "fixed"), new XAttribute("biastype", "affine"), Mjcf.Of("gainprm", gain, 0, 0), Mjcf.Of("biasprm", bias),
        Mjcf.Of("forcerange", -force, force));
}
