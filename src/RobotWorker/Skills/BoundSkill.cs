using System.Collections.Immutable;
using RobotWorker.World;

namespace RobotWorker.Skills;

/// <summary>A skill with its arguments put in: what executor, checker and planner work with, so that all of them mean the same by it.</summary>
/// <param name="Arguments">Defaults included. One that is neither given nor has a default is missing, and its <c>$name</c> stays.</param>
public sealed record BoundSkill(
    SkillDefinition Definition, ImmutableSortedDictionary<string, string> Arguments, Condition Pre, Condition Hold, Condition Post,
    ImmutableArray<Atom> Deletes, Condition NotStarted, Condition Partial, ImmutableArray<SkillStage> Stages, ImmutableArray<PlannerEffect> Effects)
{
    /// <param name="arguments">Given arguments by name, references resolved.</param>
    /// <param name="typeOf">The type of a name, or null where it is not known; cases apply by it.</param>
    public static BoundSkill Of(
        SkillCatalogue catalogue, SkillDefinition skill, IReadOnlyDictionary<string, string> arguments, Func<string, string?> typeOf)
    {
        var values = skill.Arguments.Where(a => a.Default is not null).ToImmutableSortedDictionary(a => a.Name, a => a.Default!).SetItems(arguments);
        var cases = skill.Cases.Where(c => values.TryGetValue(c.Argument, out var name) && typeOf(name) is { } type && catalogue.IsA(type, c.Type)).ToList();
        return new(
            skill, values,
            skill.Pre.Substitute(values), skill.Hold.Substitute(values),
            cases.Aggregate(skill.Post, (all, c) => all.And(c.Post)).Substitute(values),
            [.. skill.Deletes.Select(d => d.Substitute(values))],
            cases.Aggregate(skill.NotStarted, (any, c) => any.Or(c.NotStarted)).Substitute(values),
            skill.Partial.Substitute(values),
            [.. skill.Stages.Select(s => s with { Entry = s.Entry.Substitute(values) })],
            [.. skill.Effects.Select(e => new PlannerEffect(e.Adds.Substitute(values), [.. e.When.Select(w => w.Substitute(values))]))]);
    }
}
