using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Manipulation;

/// <summary>What the arm must keep clear of, in the base frame: the furniture under each surface, containers' walls, objects that stand about.</summary>
internal sealed class Obstacles
{
    // Links are about 6 cm thick; the tool's tip is tested by itself with less, since it works close to things.
    private const double LinkMetres = 0.07;
    private const double BodyMetres = 0.055;    // the robot knows itself to the millimetre
    private const double TipMetres = 0.015;
    private const double HandMetres = 0.06;
    private const double FingerMetres = 0.012;  // the thickness of one
    private const double FingerAsideMetres = 0.018; // half of one's breadth, and 6 mm for the detector's noise

    private readonly ImmutableArray<(Pose Top, double X, double Y)> blocks;
    private readonly ImmutableArray<(Pose Top, double X, double Y)> containers;
    private readonly ImmutableArray<(Vec3 At, double Radius)> objects;
    private readonly ImmutableArray<BodyBox> body;
    private readonly GripperProfile gripper;
    private readonly double carried;

    private Obstacles(
        ImmutableArray<(Pose Top, double X, double Y)> surfaces, ImmutableArray<(Pose Top, double X, double Y)> containers, ImmutableArray<(Vec3 At, double Radius)> objects, RobotProfile robot, double carried)
    {
        (blocks, this.containers, this.objects, body, gripper, this.carried) = ([.. surfaces, .. containers], containers, objects, robot.Body, robot.Gripper, carried);
    }

    /// <param name="mapObjects">Centre in the map and radius, metres.</param>
    /// <param name="carried">How far what is held reaches below tool0, metres; 0 with an empty gripper.</param>
    public static Obstacles Of(SiteMap site, Pose mapFromBase, IEnumerable<(Vec3 At, double Radius)> mapObjects, RobotProfile robot, double carried)
    {
        var baseFromMap = mapFromBase.Inverse();
        return new(
            [.. site.Surfaces.Select(s => (baseFromMap * s.Top, s.SizeX, s.SizeY))],
            [.. site.Containers.Select(c => (baseFromMap * new Pose(c.Floor.Apply(new(0, 0, c.Height)), c.Floor.Rotation), c.SizeX, c.SizeY))],
            [.. mapObjects.Select(o => (baseFromMap.Apply(o.At), o.Radius))], robot, carried);
    }

    /// <summary>Whether an arm with these link poses (base to tool) hits something. The first links stand on the robot itself and are left out.</summary>
    public bool Hit(ImmutableArray<(string Link, Pose Pose)> links)
    {
        var tool = links[^1].Pose;
        if (Hits(tool.Apply(new(0, 0, gripper.FingerReach)), TipMetres) || Hits(tool.Apply(new(0, 0, -0.10)), HandMetres)) return true;
        if (carried > 0 && Hits(tool.Position - new Vec3(0, 0, carried), TipMetres)) return true;
        for (var i = links.Length / 2; i < links.Length - 2; i++)
            if (Hits(links[i].Pose.Position, LinkMetres)) return true;
        return HitsBody(links);
    }

    /// <summary>Whether a finger of the open gripper comes down on a container's wall or on another object where tool0 is there.</summary>
    public bool HitsWithFingers(Pose tool)
    {
        var aside = (gripper.OpenWidth + FingerMetres) / 2;
        return IsInTheWay(tool.Apply(new(0, aside, gripper.FingerReach))) || IsInTheWay(tool.Apply(new(0, -aside, gripper.FingerReach)));

        bool IsInTheWay(Vec3 tip) => containers.Any(c => Within(c, tip, FingerAsideMetres)) || objects.Any(o => (o.At - tip).LengthXY < o.Radius + FingerAsideMetres);
    }

    /// <summary>The outer half of the arm, link by link, against the robot's own body.</summary>
    private bool HitsBody(ImmutableArray<(string Link, Pose Pose)> links)
    {
        for (var i = (links.Length / 2) - 1; i < links.Length - 1; i++)
            for (var part = 0; part < 3; part++)
            {
                var point = links[i].Pose.Position + (part / 3.0 * (links[i + 1].Pose.Position - links[i].Pose.Position));
                if (body.Any(b => IsNear(b, point))) return true;
            }
        return false;
    }

    private static bool IsNear(BodyBox box, Vec3 point) =>
        Math.Abs(point.X - box.Centre.X) < box.Half.X + BodyMetres && Math.Abs(point.Y - box.Centre.Y) < box.Half.Y + BodyMetres
        && Math.Abs(point.Z - box.Centre.Z) < box.Half.Z + BodyMetres;

    private bool Hits(Vec3 point, double margin) =>
        blocks.Any(b => Within(b, point, margin)) || objects.Any(o => (o.At - point).Length < o.Radius + margin);

    private static bool Within((Pose Top, double X, double Y) block, Vec3 point, double margin)
    {
        var local = block.Top.Inverse().Apply(point);
        return local.Z < margin && Math.Abs(local.X) < (block.X / 2) + margin && Math.Abs(local.Y) < (block.Y / 2) + margin;
    }
}
