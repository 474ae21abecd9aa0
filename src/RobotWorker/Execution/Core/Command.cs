using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>Something to be done now by the shell. Requests are numbered; their ends come back as events with that number.</summary>
public abstract record Command
{
    private Command()
    {
    }

    public sealed record StartAttempt(int Step, Attempt Attempt) : Command;

    public sealed record CancelAttempt(int Step, int Number) : Command;

    /// <summary>Look, moving at most the head, and the arm where it may.</summary>
    /// <param name="MayMoveArm">No attempt uses the arm or the base, and no active fault forbids the arm; nothing that does is started meanwhile.</param>
    public sealed record Observe(int Request, ImmutableArray<Atom> Atoms, RobotTime Since, int Viewpoint, TimeSpan Deadline, bool MayMoveArm) : Command;

    /// <summary>Nobody waits for a look any more, or for the robot to be seen still; of the latter nothing more is commanded.</summary>
    public sealed record StopLooking(int Request) : Command;

    /// <param name="Silence">How much of the time may be silence, which does not count: a robot that is not heard is neither seen to move nor to stand.</param>
    public sealed record StandStill(int Request, TimeSpan Deadline, TimeSpan Silence) : Command;

    public sealed record ProtectiveStop(int Request, TimeSpan Deadline) : Command;

    /// <summary>One wake-up at a time is ever needed; a new one replaces the last.</summary>
    /// <param name="Due">Watchdog time since the episode began.</param>
    public sealed record WakeAt(TimeSpan Due) : Command;

    /// <summary>Find and check a plan from the world as it is believed to <paramref name="Goal"/>.</summary>
    public sealed record PlanRepair(int Request, string Id, Condition Goal, WorldModel World) : Command;

    public sealed record Ask(int Request, Question Question) : Command;

    public sealed record StopAsking(int Request) : Command;

    /// <summary>A person says that it is mended: look whether the fault is gone.</summary>
    public sealed record ResetFault(string Code, string Component) : Command;

    public sealed record Finish(EpisodeOutcome Outcome, string Reason) : Command;
}
