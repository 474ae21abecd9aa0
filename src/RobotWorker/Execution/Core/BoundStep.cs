using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>A step with its names resolved and its conditions joined with the catalogue's.</summary>
/// <param name="Error">Why it cannot run at all, or null.</param>
public sealed record BoundStep(
    SkillDefinition? Skill, ImmutableSortedDictionary<string, string> Arguments, Condition Pre, Condition Hold, Condition Post, Condition NotStarted,
    Condition Partial, ImmutableArray<SkillStage> Stages, ImmutableArray<Atom> Deletes, StepTimeouts Timeouts, TimeSpan Deadline, RetryPolicy Retry, string? Error)
{
    /// <summary>Whether there is anything by which its success could be seen.</summary>
    public bool HasPost => Post != Condition.Always;

    public ImmutableArray<string> Resources => Skill?.Resources ?? [];
}
