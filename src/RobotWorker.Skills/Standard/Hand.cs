using RobotWorker.Motion;
using RobotWorker.Skills.Manipulation;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Standard;

/// <summary>What is remembered of the last grasp: how the object lay in the hand. The senses say whether it still does.</summary>
internal sealed class Hand
{
    /// <summary>Null when nothing was grasped, or it was let go.</summary>
    public HeldObject? Held { get; set; }
}

/// <param name="ToolFromObject">The object's pose in tool0's frame.</param>
/// <param name="IsSure">As the fingers closed on it, and nothing has gone wrong since; else it may hang a little lower, or higher.</param>
internal sealed record HeldObject(string Object, Pose ToolFromObject, bool IsSure)
{
    /// <summary>The fingers centre it: across the opening it lies in the middle.</summary>
    public static HeldObject Between(string name, Pose toolFromObject, bool isSure) =>
        new(name, toolFromObject with { Position = toolFromObject.Position with { Y = 0 } }, isSure);

    /// <summary>Nobody knows how it was grasped: as what stood upright is.</summary>
    public static HeldObject Upright(KnownObject item, GripperProfile gripper) => new(item.Name, GraspPlanner.ToolFromUpright(item.Shape, gripper), IsSure: false);
}
