namespace RobotWorker.Controllers.Gripper;

/// <summary>How a gripper command stands.</summary>
public enum GripperState
{
    Moving,
    ReachedGoal,
    Stalled,
    TimedOut,
}

/// <summary>
/// Judges whether a gripper command has come to its end: at the asked width, or held up by something (as good as still for 0.2 s while
/// the motor pushes). Stalling is how a grasp ends, no failure.
/// </summary>
/// <param name="TargetMetres">The opening width asked for.</param>
/// <param name="StillSeconds">How long the fingers have been as good as still.</param>
/// <param name="Seconds">Since the command.</param>
public sealed record GripperProgress(double TargetMetres, double StillSeconds = 0, double Seconds = 0)
{
    public const double GoalToleranceMetres = 0.001;
    public const double StillMetresPerSecond = 0.002;
    public const double StallSeconds = 0.2;
    public const double TimeoutSeconds = 5;

    /// <summary>How it stands now.</summary>
    public GripperState State(double widthMetres) => Math.Abs(widthMetres - TargetMetres) <= GoalToleranceMetres && StillSeconds > 0
        ? GripperState.ReachedGoal
        : StillSeconds >= StallSeconds - 1e-9 ? GripperState.Stalled
        : Seconds >= TimeoutSeconds ? GripperState.TimedOut
        : GripperState.Moving;

    /// <summary>Takes in one control period.</summary>
    public GripperProgress After(double seconds, double velocityMetresPerSecond) => this with
    {
        Seconds = Seconds + seconds,
        StillSeconds = Math.Abs(velocityMetresPerSecond) < StillMetresPerSecond ? StillSeconds + seconds : 0,
    };
}
