using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.World;

namespace RobotWorker.Skills;

/// <summary>A skill as the catalogue describes it: all that planner, checker and executor need to know, none of how it is done.</summary>
/// <param name="Pre">Over the argument names, as <c>$object</c>: what must hold to start.</param>
/// <param name="Hold">What must not turn false while it runs.</param>
/// <param name="Post">What is checked after it; never assumed.</param>
/// <param name="Deletes">For the planner: atoms that stop to hold; the argument <c>_</c> stands for any name. What is added wins over what is deleted.</param>
/// <param name="NotStarted">A condition that shows that it had no effect.</param>
/// <param name="Partial">A condition that shows that it had some effect.</param>
/// <param name="Resources">What it needs alone: base, arm, gripper, head.</param>
/// <param name="Deadline">For one attempt, where the step gives none; null: every step must give one.</param>
/// <param name="Variants">How many ways it knows to do it (grasps, approaches, viewpoints).</param>
/// <param name="Stages">Of a resumable skill, in order: a stage may be entered when its condition freshly holds.</param>
public sealed record SkillDefinition(
    string Name, string Summary, ImmutableArray<SkillArgument> Arguments, ImmutableArray<SkillOutput> Outputs,
    Condition Pre, Condition Hold, Condition Post, ImmutableArray<Atom> Deletes, Condition NotStarted, Condition Partial,
    EffectClass EffectClass, ImmutableArray<string> Resources, StepTimeouts Timeouts, TimeSpan? Deadline, RetryPolicy Retry, int Variants,
    ImmutableArray<SkillStage> Stages, ImmutableSortedDictionary<string, ImmutableArray<string>> Bindings)
{
    /// <summary>What is different for some types of arguments. Use <see cref="BoundSkill.Of"/>, which applies them.</summary>
    public ImmutableArray<SkillCase> Cases { get; init; } = [];

    /// <summary>The actuator whose goal, once it runs, is all that is left of the skill: another process may take that up by its id. Null: none is.</summary>
    public string? TakesUp { get; init; }

    /// <summary>What else a planner may count on, beside the post-condition. It is never checked after the skill.</summary>
    public ImmutableArray<PlannerEffect> Effects { get; init; } = [];

    /// <summary>What puts right what this skill leaves behind, done or half done: what is picked is to be placed. Null: it leaves nothing behind.</summary>
    public UndoSkill? Restore { get; init; }
}

/// <summary>Applies where an argument is of a type: its post is one condition more, its not-started one way more to see that nothing happened.</summary>
public sealed record SkillCase(string Argument, string Type, Condition Post, Condition NotStarted);

/// <summary>
/// An atom that a planner adds for every binding of the free variables (<c>$x</c>, which are no arguments) for which all of <paramref name="When"/>
/// holds in the state before the skill.
/// </summary>
public sealed record PlannerEffect(Atom Adds, ImmutableArray<Atom> When);

/// <param name="Type">A type of the catalogue (object, surface, place, ...) or number, text, flag.</param>
/// <param name="Unit">SI unit of a number (m, rad, s, N, m/s), else null.</param>
/// <param name="Default">As text, or null when it must be given.</param>
/// <param name="Minimum">Belongs to the range.</param>
public sealed record SkillArgument(string Name, string Type, string? Unit, string? Default, double? Minimum, double? Maximum)
{
    /// <summary>The words that a text may be; empty for any.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];
}

/// <summary>A value that a skill leaves for later steps.</summary>
public sealed record SkillOutput(string Name, string Type);

/// <summary>A stage of a resumable skill; resuming enters the latest whose entry freshly holds.</summary>
public sealed record SkillStage(string Name, Condition Entry);
