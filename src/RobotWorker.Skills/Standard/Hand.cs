using RobotWorker.Motion;

namespace RobotWorker.Skills.Standard;

/// <summary>What is remembered of the last grasp: how the object lay in the hand. The senses say whether it still does.</summary>
internal sealed class Hand
{
    /// <summary>Null when nothing was grasped, or it was let go.</summary>
    public HeldObject? Held { get; set; }
}

/// <param name="ToolFromObject">The object's pose in tool0's frame when the fingers had closed.</param>
internal sealed record HeldObject(string Object, Pose ToolFromObject);
