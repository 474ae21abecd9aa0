using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.World;

namespace RobotWorker.Execution;

/// <summary>One execution of a step, as handed to the robot.</summary>
/// <param name="Episode">The episode's id; with path and number it derives every goal id.</param>
/// <param name="Path">The step's path with iteration keys, such as <c>root/each[cup2]/grasp</c>.</param>
/// <param name="Number">Counts from 1 over the life of the step.</param>
/// <param name="Variant">Which of the skill's variants (grasp, approach, viewpoint) to use, counted from 0; a skill wraps around.</param>
/// <param name="Stage">For a resumed step: the stage to enter; null begins at the beginning.</param>
/// <param name="Arguments">Typed arguments by name, references resolved: names of objects and places, numbers in SI units.</param>
/// <param name="Deadline">From now. There is always one: motion without a deadline does not exist.</param>
/// <param name="World">What is believed at the start.</param>
public sealed record Attempt(
    string Episode, string Path, int Number, int Variant, string? Stage, string Skill,
    ImmutableSortedDictionary<string, string> Arguments, TimeSpan Deadline, WorldModel World)
{
    /// <summary>Those of its goals: the step's own, else the skill's.</summary>
    public StepTimeouts? Timeouts { get; init; }

    /// <summary>A goal of this attempt that another process sent and that may be running: it is taken up by its id (UUID text), and nothing is sent. Null: the attempt begins.</summary>
    public string? Goal { get; init; }
}
