using System.Collections.Immutable;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Execution;

/// <summary>
/// The robot as the executor's shell needs it. RobotWorker.Skills implements it over ROS actions. All of it lives on the episode's loop.
/// Facts, samples of telemetry and faults flow the other way, through <see cref="IWorkerInbox"/>.
/// </summary>
public interface IRobot
{
    /// <summary>Latest instant heard on the robot's clock.</summary>
    RobotTime Now { get; }

    /// <summary>
    /// Runs one attempt. Failure is a report, never an exception. On cancellation it cancels its open goals, waits for their end and
    /// reports CANCELED (or Unknown); it never opens a gripper that may hold.
    /// </summary>
    Task<AttemptReport> AttemptAsync(Attempt attempt, CancellationToken cancel);

    /// <summary>
    /// Looks, so that facts about <paramref name="request"/> captured at or after its <c>Since</c> reach the inbox; returns when they have or the
    /// deadline passed (what was not settled stays unknown). It moves at most the head, and the arm only where <c>MayMoveArm</c> says so.
    /// </summary>
    Task ObserveAsync(ObserveRequest request, CancellationToken cancel);

    /// <summary>Commands zero and waits until the robot is seen to be still (fresh odometry and joint speeds below thresholds for 300 ms); false when not by the deadline.</summary>
    /// <param name="silence">How much time in which the robot was not heard may come on top of the deadline.</param>
    Task<bool> StandStillAsync(TimeSpan deadline, TimeSpan silence, CancellationToken cancel);

    /// <summary>The profile's ordered stop list (/protective_stop first). Not a safety function.</summary>
    Task ProtectiveStopAsync(TimeSpan deadline, CancellationToken cancel);
}

/// <summary>What to look at.</summary>
/// <param name="Atoms">What must be settled.</param>
/// <param name="Since">Only facts captured at or after this count.</param>
/// <param name="Viewpoint">0 the usual one; higher: from elsewhere.</param>
/// <param name="MayMoveArm">Whether the arm may be folded out of the view: nothing else uses it, and no fault forbids it. Else at most the head moves.</param>
public sealed record ObserveRequest(ImmutableArray<Atom> Atoms, RobotTime Since, int Viewpoint, TimeSpan Deadline, bool MayMoveArm = false);
