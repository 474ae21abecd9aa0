using System.Collections.Immutable;
using RobotWorker.Execution;
using RobotWorker.Motion;
using RobotWorker.Skills.Actions;
using RobotWorker.Skills.Manipulation;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Standard;

/// <summary>Puts the held object down on a free spot of a surface, or lets it go just above a container.</summary>
internal sealed class PlaceObject : ISkill
{
    private const double ClearMetres = 0.004;      // between the object's bottom and the surface when the fingers open
    private const double UnsureMetres = 0.012;     // the same where it may have slipped: rather dropped a little than pressed into the shelf
    private const double OverRimMetres = 0.015;
    private const double LooseMetres = 0.005;      // the fingers open at least so much wider before what they held counts as let go
    private const double BesideFootprints = 1.5;   // between the middles of two things in a container
    private const double MostRoomMetres = 0.15;
    private const int MostSpots = 12;
    private const int Looks = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Name => "place";

    public async Task<AttemptReport> RunAsync(SkillContext context)
    {
        var item = context.Object(context.Argument("object"));
        if (context.Attempt.Stage != "retreat")
        {
            if (!context.Senses.Gripper.Grips) throw StepFailedException.Failed("HAND_EMPTY", $"the gripper does not hold {item.Name}");
            if (context.GoesByHearsay(item.Name)) await LookAtTargetAsync(context);
            var target = Plan(context, item, context.Argument("target"));
            await context.FollowAsync(target.Way);
            if (!context.Senses.Gripper.Grips) throw StepFailedException.Failed("GRASP_LOST", $"{item.Name} was lost on the way");
            if (target.Down is { } down) await context.StraightAsync(down, "down");
            await LetGoAsync(context, item);
        }
        // Over a container a small arm may be at the end of its reach already.
        if (!await context.RiseAsync(context.Profile.Approach, 1, 0.5, 0.25)) throw StepFailedException.Failed("NO_PATH", "no straight line up");
        await context.ToPostureAsync("carry", 0, item.Name);
        return AttemptReport.Success;
    }

    private static async Task LetGoAsync(SkillContext context, KnownObject item)
    {
        var (held, open) = (context.Senses.Joints.GripperWidth, context.Profile.Gripper.OpenWidth);
        var (width, _) = await context.Actions.GripAsync(context.Goals, open, context.Profile.Gripper.GraspForce, context.Timeouts);
        if (width < Math.Min(held + LooseMetres, open - LooseMetres))
            throw StepFailedException.Failed("NOT_OPENED", $"the gripper opened from {held * 1000:0} mm to {width * 1000:0} mm only; it may still hold {item.Name}");
        context.Senses.Gripper.Released();
        context.Hand.Held = null;
    }

    // What stands there now, nobody in this process has seen: something would be put on top of it.
    private static async Task LookAtTargetAsync(SkillContext context)
    {
        var (site, target, objects) = (context.Site, context.Argument("target"), context.Senses.Objects);
        if ((site.FindSurface(target)?.Top ?? site.FindContainer(target)?.Floor) is not { } middle) return;
        using var head = await context.Senses.Head.TakeAsync(context.Cancel);
        await context.Actions.LookAtAsync(context.Goals, middle.Position, context.Timeouts);
        var frames = objects.Frames + Looks;
        await context.Senses.UntilAsync(() => objects.Frames >= frames, Patience, context.Cancel);
    }

    private static Target Plan(SkillContext context, KnownObject item, string target)
    {
        var held = context.Hand.Held is { } known && known.Object == item.Name ? known : HeldObject.Upright(item, context.Profile.Gripper);
        if (context.Site.FindSurface(target) is { } surface) return OnSurface(context, item, surface, held);
        if (context.Site.FindContainer(target) is { } container) return OverContainer(context, item, container, held.ToolFromObject);
        throw StepFailedException.Failed("NO_SUCH_TARGET", $"the site has no surface or container '{target}'");
    }

    private static Target OnSurface(SkillContext context, KnownObject item, Surface surface, HeldObject held)
    {
        var (toolFromObject, clear) = (held.ToolFromObject, held.IsSure ? ClearMetres : UnsureMetres);
        var baseFromMap = context.MapFromBase.Inverse();
        var spots = FreeSpots.On(surface, item.Shape.Footprint, [.. context.Others(item.Name)], context.MapFromBase.Position).Skip(context.Attempt.Variant).Take(MostSpots);
        var targets =
            from spot in spots
            let at = baseFromMap.Apply(spot)
            let tools = Tools(toolFromObject, at, down => at.Z + clear + item.Shape.HalfHeight((down * toolFromObject.Rotation).Normalized()))
            select Reach(context, item, tools, straightDown: true);
        return targets.FirstOrDefault(t => t is not null)
            ?? throw StepFailedException.Failed("NO_SPOT", $"no free spot of '{surface.Name}' is within clear reach");
    }

    private static Target OverContainer(SkillContext context, KnownObject item, Container container, Pose toolFromObject)
    {
        var baseFromMap = context.MapFromBase.Inverse();
        var targets =
            from spot in SpotsOver(container, item.Shape.Footprint, [.. context.Others(item.Name)])
            let at = baseFromMap.Apply(spot)
            let tools = Tools(toolFromObject, at, down => at.Z + OverRimMetres + item.Shape.HalfHeight((down * toolFromObject.Rotation).Normalized()))
            select Reach(context, item, tools, straightDown: false);
        return targets.FirstOrDefault(t => t is not null) ?? throw StepFailedException.Failed("NO_PATH", $"the arm cannot reach over '{container.Name}'");
    }

    /// <summary>
    /// Over the rim, in the map: the middle, and halfway to the walls. Where the middle would leave no room for another one beside it, it comes last, and first what is far from other things: two that lie
    /// close together hide each other, and one on top of another rolls off.
    /// </summary>
    private static IEnumerable<Vec3> SpotsOver(Container container, double footprint, ImmutableArray<(Vec3 At, double Radius)> others)
    {
        var (x, y) = (container.SizeX / 4, container.SizeY / 4);
        var aside = new Vec3[] { new(x, 0, 0), new(-x, 0, 0), new(0, y, 0), new(0, -y, 0) }.Where(at => Math.Abs(at.X) + footprint <= 2 * x && Math.Abs(at.Y) + footprint <= 2 * y);
        var isSmall = Math.Max(x, y) < BesideFootprints * footprint;
        var spots = (isSmall ? aside.Append(default) : aside.Prepend(default)).Select(at => container.Floor.Apply(at with { Z = container.Height }));
        return isSmall ? spots.OrderByDescending(spot => Room(spot, others)) : spots;
    }

    /// <summary>How far it is from the next thing, in metres, all that is far being alike.</summary>
    private static double Room(Vec3 spot, ImmutableArray<(Vec3 At, double Radius)> others) =>
        others.Select(other => Math.Round((other.At - spot).LengthXY, 6)).Append(MostRoomMetres).Min();

    /// <summary>Tool poses, pointing down, that bring the object's centre over a point of the base frame, with headings all round.</summary>
    private static IEnumerable<Pose> Tools(Pose toolFromObject, Vec3 at, Func<Quat, double> centreHeight)
    {
        const int Headings = 8;
        for (var i = 0; i < Headings; i++)
        {
            var heading = (i % 2 == 0 ? 1 : -1) * ((i + 1) / 2) * 2 * Math.PI / Headings;
            var down = GraspPlanner.PointingDown(Quat.FromYaw(heading).Rotate(Vec3.UnitY));
            var centre = at with { Z = centreHeight(down) };
            yield return new(centre - down.Rotate(toolFromObject.Position), down);
        }
    }

    private static Target? Reach(SkillContext context, KnownObject item, IEnumerable<Pose> tools, bool straightDown)
    {
        var obstacles = Obstacles.Of(context.Site, context.MapFromBase, context.Others(item.Name), context.Profile, Carry.Below(context));
        var choices = tools.Select(tool => (tool, straightDown ? SkillContext.Above(tool, context.Profile.Approach) : tool));
        foreach (var (tool, ready) in context.Arm.Nearest(choices, context.Posture("carry")))
            if ((!straightDown || context.Arm.Straight(ready, tool) is not null) && context.Arm.Clear(context.Joints, ready, context.Posts, obstacles) is { } way)
                return new(way, straightDown ? tool : null);
        return null;
    }

    private sealed record Target(JointTrajectory Way, Pose? Down);
}
