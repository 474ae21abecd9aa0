namespace RobotWorker.Execution;

/// <summary>Where a ROS action goal of an attempt stands.</summary>
public enum GoalStage
{
    Sent,
    Accepted,

    /// <summary>It made progress as its binding defines it; feedback without progress is not noted.</summary>
    Progressed,
    Ended,
}

/// <summary>A change of one action goal, for the journal and for the executor's timers of acceptance and progress.</summary>
/// <param name="Path">The step's path, as in <see cref="Attempt.Path"/>.</param>
/// <param name="Attempt">The attempt's number, from 1.</param>
/// <param name="Goal">The derived id (UUID text).</param>
/// <param name="Action">The action's name: <c>/navigate_to_pose</c>.</param>
/// <param name="Actuator">The resource that the action moves: base, arm, gripper, head; null where that is not known.</param>
/// <param name="Message">What it asks for, with every name and number, as JSON; only when it is sent.</param>
/// <param name="Status">The action's own word on it, such as <c>succeeded</c>, or null.</param>
public sealed record GoalNote(string Path, int Attempt, string Goal, string Action, GoalStage Stage, string? Status = null, string? Actuator = null, string? Message = null);
