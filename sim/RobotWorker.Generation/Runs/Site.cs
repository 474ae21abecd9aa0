using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;
using RobotWorker.Skills.Profile;
using Shape = RobotWorker.Skills.Profile.ObjectShape;

namespace RobotWorker.Generation.Runs;

/// <summary>
/// What a worker is told of a simulated site and robot: what would be surveyed and typed in for a real one. The map of places, surfaces and containers, which
/// objects exist, how the robot is built; never where an object is.
/// </summary>
public static class Site
{
    public static SiteMap Of(SceneDescription scene) => new(
        [.. scene.Places.Select(p => new Station(p.Name, p.At.ToPose(), p.Serves is { } served ? [served] : []))],
        [.. scene.Surfaces.Select(s => new Skills.Profile.Surface(s.Name, s.Pose, s.SizeX, s.SizeY))],
        [.. scene.Containers.Select(c => new Skills.Profile.Container(c.Name, c.Pose, c.Size.X, c.Size.Y, c.Size.Z))],
        [.. scene.Objects.Select(o => new KnownObject(o.Name, o.Class, o.Type, ShapeOf(o)))]);

    /// <summary>The robot's profile: its standard names, its postures and what its gripper is like.</summary>
    public static RobotProfile ProfileOf(RobotDescription robot) => new(
        robot.Name, FrameNames.Standard, robot.Base.IsFixed ? Streaming.WithoutBase() : Streaming, robot.ArmJointNames, "gripper_joint",
        new(robot.Gripper.Opening, EmptyWidth: 0.01, GraspForce: 2.0 / 3 * robot.Gripper.MaxForce, HoldForce: 0.2 * robot.Gripper.MaxForce, FingerReach: robot.Gripper.Pad.Length / 2),
        robot.Postures.ToImmutableSortedDictionary(p => p.Name, p => p.Joints, StringComparer.Ordinal),
        StillThresholds.Standard, new(Velocity: 0.8, Acceleration: 3.5, Linear: 0.25),
        [.. robot.Body.Where(s => s.Solid).Select(s => new BodyBox(s.Pose.Position, s.HalfExtents())), new(robot.Head.Mount, new(0.12, 0.12, 0.08))])
    {
        MaxSpeed = robot.Base.MaxSpeed, Approach = robot.Arm.Approach,
        Navigation = robot.Base.IsFixed ? new("", null) : NavigationBinding.ByDialect,
    };

    // The simulated robot also takes streamed targets.
    private static RosNames Streaming => RosNames.Standard with { ArmCommands = "/arm_controller/commands", GripperCommands = "/gripper_controller/commands", HeadCommands = "/head_controller/commands" };

    private static Shape ShapeOf(SceneObject item) => item.Shape == Sim.Scenes.ObjectShape.Cylinder
        ? new Shape.Cylinder(item.Size.X / 2, item.Size.Z)
        : new Shape.Box(item.Size.X, item.Size.Y, item.Size.Z);
}
