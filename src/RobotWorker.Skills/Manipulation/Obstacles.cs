using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Manipulation;

/// <summary>What the arm must keep clear of, in the base frame: the furniture under each surface, containers' walls, objects that stand about.</summary>
internal sealed class Obstacles
{
    // Links are about 6 cm thick; the tool's tip is tested by itself with less, since it works close to things.
    private const double LinkMetres = 0.07;
    private const double TipMetres = 0.015;
    private const double HandMetres = 0.06;

    private readonly ImmutableArray<(Pose Top, double X, double Y)> blocks;
    private readonly ImmutableArray<(Vec3 At, double Radius)> objects;
    private readonly double reach;
    private readonly double carried;

    /// <param name="blocks">Level areas with everything below them solid: pose of the centre of the top, sizes in metres.</param>
    /// <param name="objects">Centre and radius, metres.</param>
    /// <param name="reach">How far the finger tips reach beyond tool0, metres.</param>
    /// <param name="carried">How far what is held reaches below tool0, metres; 0 with an empty gripper.</param>
    public Obstacles(ImmutableArray<(Pose Top, double X, double Y)> blocks, ImmutableArray<(Vec3 At, double Radius)> objects, double reach, double carried)
    {
        (this.blocks, this.objects, this.reach, this.carried) = (blocks, objects, reach, carried);
    }

    public static Obstacles Of(SiteMap site, Pose mapFromBase, IEnumerable<(Vec3 At, double Radius)> mapObjects, GripperProfile gripper, double carried)
    {
        var baseFromMap = mapFromBase.Inverse();
        return new(
            [.. site.Surfaces.Select(s => (baseFromMap * s.Top, s.SizeX, s.SizeY)),
             .. site.Containers.Select(c => (baseFromMap * new Pose(c.Floor.Apply(new(0, 0, c.Height)), c.Floor.Rotation), c.SizeX, c.SizeY))],
            [.. mapObjects.Select(o => (baseFromMap.Apply(o.At), o.Radius))], gripper.FingerReach, carried);
    }

    /// <summary>Whether an arm with these link poses (base to tool) hits something. The first links stand on the robot itself and are left out.</summary>
    public bool Hit(ImmutableArray<(string Link, Pose Pose)> links)
    {
        var tool = links[^1].Pose;
        if (Hits(tool.Apply(new(0, 0, reach)), TipMetres) || Hits(tool.Apply(new(0, 0, -0.10)), HandMetres)) return true;
        if (carried > 0 && Hits(tool.Position - new Vec3(0, 0, carried), TipMetres)) return true;
        for (var i = links.Length / 2; i < links.Length - 2; i++)
            if (Hits(links[i].Pose.Position, LinkMetres)) return true;
        return false;
    }

    private bool Hits(Vec3 point, double margin) =>
        blocks.Any(b => Within(b, point, margin)) || objects.Any(o => (o.At - point).Length < o.Radius + margin);

    private static bool Within((Pose Top, double X, double Y) block, Vec3 point, double margin)
    {
        var local = block.Top.Inverse().Apply(point);
        return local.Z < margin && Math.Abs(local.X) < (block.X / 2) + margin && Math.Abs(local.Y) < (block.Y / 2) + margin;
    }
}
