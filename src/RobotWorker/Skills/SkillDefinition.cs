using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.World;

namespace RobotWorker.Skills;

/// <summary>A skill as the catalogue describes it: all that planner, checker and executor need to know, none of how it is done.</summary>
/// <param name="Pre">Over the argument names, as <c>$object</c>: what must hold to start.</param>
/// <param name="Hold">What must not turn false while it runs.</param>
/// <param name="Post">What is checked after it; never assumed.</param>
/// <param name="Deletes">For the planner: atoms that stop to hold.</param>
/// <param name="NotStarted">A condition that shows that it had no effect.</param>
/// <param name="Partial">A condition that shows that it had some effect.</param>
/// <param name="Resources">What it needs alone: base, arm, gripper, head.</param>
/// <param name="Variants">How many ways it knows to do it (grasps, approaches, viewpoints).</param>
/// <param name="Stages">Of a resumable skill, in order: a stage may be entered when its condition freshly holds.</param>
public sealed record SkillDefinition(
    string Name, string Summary, ImmutableArray<SkillArgument> Arguments, ImmutableArray<SkillOutput> Outputs,
    Condition Pre, Condition Hold, Condition Post, ImmutableArray<Atom> Deletes, Condition NotStarted, Condition Partial,
    EffectClass EffectClass, ImmutableArray<string> Resources, StepTimeouts Timeouts, TimeSpan Deadline, RetryPolicy Retry, int Variants,
    ImmutableArray<SkillStage> Stages, ImmutableSortedDictionary<string, ImmutableArray<string>> Bindings);

/// <param name="Type">A type of the catalogue (object, surface, place, ...) or number, text, flag.</param>
/// <param name="Unit">SI unit of a number (m, rad, s, N, m/s), else null.</param>
/// <param name="Default">As text, or null when it must be given.</param>
public sealed record SkillArgument(string Name, string Type, string? Unit, string? Default, double? Minimum, double? Maximum);

public sealed record SkillOutput(string Name, string Type);

public sealed record SkillStage(string Name, Condition Entry);
