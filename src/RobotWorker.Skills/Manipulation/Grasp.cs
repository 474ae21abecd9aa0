using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Manipulation;

/// <summary>One way to grasp: where tool0 goes (same frame as the object's pose) and how wide the object is between the pads, in metres.</summary>
public sealed record Grasp(Pose Tool, double Width);

/// <summary>Top-down parallel-jaw grasps of primitives. Pure: candidates in order of preference, whether reachable or not.</summary>
public static class GraspPlanner
{
    private const int Headings = 8;
    private const double TipsAboveMetres = 0.006;

    /// <param name="support">Height of what it stands on, in metres in the same frame: finger tips stay above it.</param>
    public static ImmutableArray<Grasp> TopDown(ObjectShape shape, Pose pose, double support, GripperProfile gripper)
    {
        var height = Math.Max(pose.Position.Z, support + LowestTool(gripper));
        var at = pose.Position with { Z = height };
        return
        [
            .. Openings(shape, pose.Rotation)
                .Where(o => o.Width <= gripper.OpenWidth - 0.012)      // 6 mm to spare on each side, a little more than the detector's noise
                .Select(o => new Grasp(new(at, PointingDown(o.Direction)), o.Width)),
        ];
    }

    /// <summary>tool0 from what was grasped so while it stood upright: a flat thing hangs below the tool, for the finger tips stay above what it stood on.</summary>
    public static Pose ToolFromUpright(ObjectShape shape, GripperProfile gripper) =>
        new(new(0, 0, Math.Max(0, LowestTool(gripper) - shape.HalfHeight(Quat.Identity))), Quat.Identity);

    /// <summary>tool0's orientation with z straight down and y, the opening direction, along a horizontal direction.</summary>
    public static Quat PointingDown(Vec3 opening)
    {
        var z = -Vec3.UnitZ;
        var y = (opening with { Z = 0 }).Normalized();
        return Quat.FromAxes(y.Cross(z), y, z);
    }

    private static double LowestTool(GripperProfile gripper) => gripper.FingerReach + TipsAboveMetres;

    private static IEnumerable<(Vec3 Direction, double Width)> Openings(ObjectShape shape, Quat rotation) => shape switch
    {
        ObjectShape.Cylinder(var radius, _) when Math.Abs(rotation.Rotate(Vec3.UnitZ).Z) > 0.8 =>
            AllRound().Select(d => (d, 2 * radius)),
        ObjectShape.Cylinder(var radius, _) => BothWays(Vec3.UnitZ.Cross(rotation.Rotate(Vec3.UnitZ))).Select(d => (d, 2 * radius)),
        ObjectShape.Box(var x, var y, var z) => BoxOpenings(rotation, x, y, z),
        _ => throw new InvalidOperationException($"no such shape: {shape.GetType().Name}"),
    };

    private static IEnumerable<(Vec3 Direction, double Width)> BoxOpenings(Quat rotation, double x, double y, double z) =>
        new[] { (Axis: Vec3.UnitX, Width: x), (Axis: Vec3.UnitY, Width: y), (Axis: Vec3.UnitZ, Width: z) }
            .Select(side => (Axis: rotation.Rotate(side.Axis), side.Width))
            .Where(side => Math.Abs(side.Axis.Z) < 0.5)
            .OrderBy(side => side.Width)
            .SelectMany(side => BothWays(side.Axis).Select(d => (d, side.Width)));

    private static IEnumerable<Vec3> BothWays(Vec3 direction) => [direction, -direction];

    // Sideways first: with y across the robot's front, the wrist is far from its limits.
    private static IEnumerable<Vec3> AllRound() =>
        Enumerable.Range(0, Headings).Select(i => Quat.FromYaw((i % 2 == 0 ? 1 : -1) * ((i + 1) / 2) * Math.PI / Headings).Rotate(Vec3.UnitY))
            .SelectMany(BothWays);
}
