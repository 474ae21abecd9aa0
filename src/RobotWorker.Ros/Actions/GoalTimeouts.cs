namespace RobotWorker.Ros.Actions;

/// <summary>How long a client waits for its server, on the connection's clock.</summary>
/// <param name="Accept">From sending to the answer; past it the goal is cancelled by its id.</param>
/// <param name="Cancel">From asking to cancel to the end; past it the goal is Unknown.</param>
/// <param name="Progress">The longest time without progress; past it the goal is cancelled. Null: not watched.</param>
public sealed record GoalTimeouts(TimeSpan Accept, TimeSpan Cancel, TimeSpan? Progress = null)
{
    /// <summary>5 s to accept, 5 s to cancel, progress not watched.</summary>
    public static GoalTimeouts Default { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
}
