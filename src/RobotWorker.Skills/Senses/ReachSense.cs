using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Skills.Manipulation;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// What the arm reaches from where the base stands: an object by a grasp from above, a surface by one of its spots, a container by the point over its
/// middle. Worked out again only when base or object has moved.
/// </summary>
internal sealed class ReachSense(RobotProfile profile, SiteMap site, ObjectSense objects, BaseSense mobile, FactGate gate)
{
    private const double SameMetres = 0.015;
    private readonly Dictionary<string, (Vec3 InBase, bool Reachable)> known = [];
    private ArmPlanner? arm;
    private ImmutableArray<double> posture;

    /// <summary>Once the robot's description is known.</summary>
    public void Use(ArmPlanner planner, ImmutableArray<double> near) => (arm, posture) = (planner, near);

    /// <summary>Says what is within reach, of an object as of when it was last seen; a moving base reaches nothing for sure.</summary>
    public void Tell(bool still, RobotTime at)
    {
        if (arm is null || mobile.Pose is not { } mapFromBase || !still) return;
        var baseFromMap = mapFromBase.Inverse();
        foreach (var item in site.Objects)
            if (objects.WhereIs(item.Name) is { } e) Post(item.Name, baseFromMap * e.Pose, p => ReachesObject(item, p), e.At < at ? e.At : at);
        foreach (var surface in site.Surfaces) Post(surface.Name, baseFromMap * surface.Top, _ => ReachesSurface(surface, mapFromBase), at);
        foreach (var container in site.Containers)
            Post(container.Name, baseFromMap * container.Floor, p => Reaches(p.Position + new Vec3(0, 0, container.Height + profile.Approach)), at);
    }

    private void Post(string name, Pose inBase, Func<Pose, bool> reaches, RobotTime at)
    {
        if (!known.TryGetValue(name, out var before) || (before.InBase - inBase.Position).Length > SameMetres)
            known[name] = before = (inBase.Position, reaches(inBase));
        gate.Post(new(
            Atom.Of("reachable", "robot", name), before.Reachable ? Truth.True : Truth.False, at, "kinematics",
            Evidence: $"{inBase.Position.LengthXY:0.00} m from the base's centre"));
    }

    private bool ReachesObject(KnownObject item, Pose inBase) =>
        GraspPlanner.TopDown(item.Shape, inBase, inBase.Position.Z - item.Shape.HalfHeight(inBase.Rotation), profile.Gripper).Any(g => Reaches(g.Tool));

    private bool ReachesSurface(Surface surface, Pose mapFromBase) =>
        FreeSpots.On(surface, 0.04, [], mapFromBase.Position).Take(3).Any(s => Reaches(mapFromBase.Inverse().Apply(s + new Vec3(0, 0, 0.06))));

    private bool Reaches(Vec3 inBase) => Reaches(new Pose(inBase, GraspPlanner.PointingDown(Vec3.UnitY)));

    private bool Reaches(Pose tool) => arm!.Solve(tool, posture) is not null;
}
