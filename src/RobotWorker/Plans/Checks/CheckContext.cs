using RobotWorker.Diagnostics;
using RobotWorker.Skills;

namespace RobotWorker.Plans.Checks;

/// <summary>What every check of one plan needs.</summary>
internal sealed record CheckContext(Plan Plan, SkillCatalogue Catalogue, NameTable Names, DiagnosticBag Bag)
{
    /// <summary>The skill of a step with its arguments; null where there is no such skill.</summary>
    public BoundSkill? Bind(SkillNode step) =>
        Catalogue.Skills.TryGetValue(step.Skill, out var skill) ? BoundSkill.Of(Catalogue, skill, step.Arguments, Names.TypeOf) : null;
}
