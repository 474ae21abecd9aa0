using System.Collections.Immutable;
using RobotWorker.Execution;
using RobotWorker.Motion;
using RobotWorker.Skills.Actions;
using RobotWorker.Skills.Manipulation;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Standard;

/// <summary>Look, reach, close, lift, carry: a grasp from above where the object freshly seems to be.</summary>
internal sealed class PickObject : ISkill
{
    // Less than it came down: the arm may have come down from the end of its reach.
    private const double LiftShare = 0.875;
    private const double BackMetres = 0.13;
    private const double AjarMetres = 0.01;     // fingers that stop so much wider than what is between them do not hold it

    public string Name => "pick";

    public async Task<AttemptReport> RunAsync(SkillContext context)
    {
        var item = context.Object(context.Argument("object"));
        if (context.Attempt.Stage != "lift")
        {
            context.ExpectEmptyHand();
            var pose = await context.LocateAsync(item);
            // It was stopped down among things: a way aside would sweep them off.
            if (context.IsAmongThings) await context.RiseAsync(context.Profile.Approach, 1, 0.5, 0.25);
            var approach = Plan(context, item, pose);
            // Looking took its time: what was an empty hand then need not be one now.
            context.ExpectEmptyHand();
            await Task.WhenAll(
                context.Actions.GripAsync(context.Goals, context.Profile.Gripper.OpenWidth, context.Profile.Gripper.GraspForce, context.Timeouts),
                context.FollowAsync(approach.Way));
            await context.StraightAsync(approach.Grasp.Tool, $"down to {item.Name}");
            await CloseAsync(context, item, pose, approach.Grasp);
        }
        await LiftAsync(context);
        if (!context.Senses.Gripper.Grips) throw StepFailedException.Failed("GRASP_LOST", $"{item.Name} was lost while it was lifted");
        await context.ToPostureAsync("carry", Carry.Below(context));
        return context.Senses.Gripper.Grips ? AttemptReport.Success : AttemptReport.Failure("GRASP_LOST", $"{item.Name} was lost on the way");
    }

    private static Approach Plan(SkillContext context, KnownObject item, Pose mapPose)
    {
        var inBase = context.MapFromBase.Inverse() * mapPose;
        var support = inBase.Position.Z - item.Shape.HalfHeight(inBase.Rotation);
        var obstacles = Obstacles.Of(context.Site, context.MapFromBase, context.Others(item.Name), context.Profile, 0);
        var grasps = GraspPlanner.TopDown(item.Shape, inBase, support, context.Profile.Gripper);
        var reachable = context.Arm.Nearest(grasps.Select(g => (g, SkillContext.Above(g.Tool, context.Profile.Approach))), context.Posture("carry"));
        // Another variant begins with another grasp, and still has all of them. One whose open fingers come down on something is for where there is no other.
        var first = reachable.IsEmpty ? 0 : 2 * context.Attempt.Variant % reachable.Length;
        var ordered = reachable.Skip(first).Concat(reachable.Take(first)).OrderBy(r => obstacles.HitsWithFingers(r.Choice.Tool));
        var why = grasps.IsEmpty ? "no grasp from above fits it" : "it is out of reach";
        foreach (var (grasp, ready) in ordered)
        {
            if (context.Arm.Straight(ready, grasp.Tool) is null) why = "the way straight down leaves the arm's reach";
            else if (context.Arm.Clear(context.Joints, ready, context.Posts, obstacles) is not { } way) why = "no clear way leads there";
            else return new(grasp, way);
        }
        throw StepFailedException.Failed("NO_GRASP", $"{item.Name} at {inBase.Position} (base frame): {why}");
    }

    private static async Task CloseAsync(SkillContext context, KnownObject item, Pose mapPose, Grasp grasp)
    {
        context.Senses.Gripper.GraspFor(item.Name, context.Senses.Clock.Now);
        // Whoever is broken off while the fingers close may find it in the hand afterwards.
        context.Hand.Held = Held(context, item, mapPose);
        var (width, _) = await context.Actions.GripAsync(context.Goals, 0, context.Profile.Gripper.GraspForce, context.Timeouts);
        if (width <= context.Profile.Gripper.EmptyWidth)
        {
            context.Hand.Held = null;
            await RiseAsync(context, context.Profile.Approach);
            throw StepFailedException.Failed("GRASP_MISSED", $"the fingers closed to {width * 1000:0} mm beside {item.Name}");
        }
        // The arm stays: fingers that come loose later still close where it was meant.
        if (width > grasp.Width + AjarMetres)
            throw StepFailedException.Failed("NOT_CLOSED", $"the fingers stopped at {width * 1000:0} mm; {item.Name} is {grasp.Width * 1000:0} mm wide there");
        context.Hand.Held = Held(context, item, mapPose);
    }

    private static HeldObject Held(SkillContext context, KnownObject item, Pose mapPose) =>
        HeldObject.Between(item.Name, context.Arm.Tool(context.Joints).Inverse() * (context.MapFromBase.Inverse() * mapPose), isSure: true);

    private static async Task LiftAsync(SkillContext context)
    {
        await RiseAsync(context, LiftShare * context.Profile.Approach);
        if (!context.Senses.Gripper.Grips) return;
        var tool = context.Arm.Tool(context.Joints);
        var back = tool with { Position = tool.Position - new Vec3(BackMetres, 0, 0) };
        if (context.Arm.Straight(context.Joints, back) is { } way) await context.FollowAsync(way);
    }

    private static Task RiseAsync(SkillContext context, double metres) => context.StraightAsync(SkillContext.Above(context.Arm.Tool(context.Joints), metres), "up");

    private sealed record Approach(Grasp Grasp, JointTrajectory Way);
}
