using RobotWorker.Motion;

namespace RobotWorker.Skills.Standard;

/// <summary>What the held object changes for the arm's motion.</summary>
internal static class Carry
{
    /// <summary>How far the held object reaches below tool0 when the tool points down, in metres; 0 with an empty hand.</summary>
    public static double Below(SkillContext context)
    {
        if (!context.Senses.Gripper.Grips || context.Hand.Held is not { } held || context.Site.FindObject(held.Object) is not { } item) return 0;
        var pose = new Pose(Vec3.Zero, Manipulation.GraspPlanner.PointingDown(Vec3.UnitY)) * held.ToolFromObject;
        return Math.Max(0, item.Shape.HalfHeight(pose.Rotation) - pose.Position.Z);
    }
}
