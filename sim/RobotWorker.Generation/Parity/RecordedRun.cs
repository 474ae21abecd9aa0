using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Generation.Parity;

/// <summary>An episode as a comparison needs it; <see cref="RecordedRunReader"/> reads it from a recording. Times are the robot's clock.</summary>
/// <param name="Plan">The plan's id.</param>
/// <param name="Backend">What the robot is: <c>mujoco</c>, <c>rosbridge</c>, <c>ros1</c>.</param>
/// <param name="GoalMet">By the simulator's truth; null where there is none.</param>
/// <param name="Seconds">From the first event to the last.</param>
/// <param name="Phases">The plan's steps in the order in which they began.</param>
/// <param name="Tool">The way of the end effector.</param>
/// <param name="Goal">Whether the plan's goal was believed to hold at the end; null: it has none.</param>
/// <param name="AtEnd">What was believed at the end, by atom.</param>
public sealed record RecordedRun(
    string Plan, string Robot, string Backend, ulong Seed, EpisodeOutcome Outcome, string Reason, bool? GoalMet, double Seconds, ImmutableArray<RecordedPhase> Phases, ToolPath Tool,
    Truth? Goal, ImmutableSortedDictionary<string, Truth> AtEnd, ImmutableArray<LatencySeries> Latencies)
{
    /// <summary>Codes of the faults that were confirmed, in that order.</summary>
    public ImmutableArray<string> Faults { get; init; } = [];

    /// <summary>What is wrong with the recording, a line each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}

/// <summary>A step of the plan, from when its turn came to when it had ended for good: with the looks before and after, its retries, and what was done to recover.</summary>
/// <param name="Path">The step's path, such as <c>root/each[cup2]/grasp</c>.</param>
/// <param name="Marks">What happened in it and can be found again in another run, in order: at least its beginning and its end.</param>
/// <param name="Truths">What was believed at its end, by atom; what was not known is not in it.</param>
public sealed record RecordedPhase(string Path, string Skill, StepStatus State, int Attempts, ImmutableArray<PhaseMark> Marks, ImmutableSortedDictionary<string, Truth> Truths)
{
    public double Seconds => (Marks[^1].At - Marks[0].At).TotalSeconds;
}

/// <param name="What">Such as <c>sent /navigate_to_pose</c>.</param>
public readonly record struct PhaseMark(string What, RobotTime At);

/// <summary>How long something took, each time that it happened.</summary>
/// <param name="What">What was measured, the same for each robot.</param>
public sealed record LatencySeries(string What, ImmutableArray<double> Seconds);
