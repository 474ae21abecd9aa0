using System.Collections.Immutable;

namespace RobotWorker.Planners.Symbolic;

/// <summary>Leaves out the skills that bring about nothing that the goal, or a skill that is kept, can use.</summary>
internal static class Relevance
{
    public static ImmutableArray<GroundSkill> Keep(ImmutableArray<GroundSkill> skills, ImmutableArray<GroundCondition> goals)
    {
        var wanted = new HashSet<int>(goals.SelectMany(g => g.Literals()));
        var kept = new bool[skills.Length];
        for (var grew = true; grew;)
        {
            grew = false;
            for (var i = 0; i < skills.Length; i++)
            {
                if (kept[i] || !Effects(skills[i]).Any(wanted.Contains)) continue;
                kept[i] = grew = true;
                wanted.UnionWith(skills[i].Pre.Literals());
                wanted.UnionWith(skills[i].Extras.SelectMany(e => e.When).Select(atom => 2 * atom));
            }
        }
        return [.. skills.Where((_, i) => kept[i])];
    }

    private static IEnumerable<int> Effects(GroundSkill skill) =>
        skill.Adds.Concat(skill.Extras.Select(e => e.Adds)).Select(atom => 2 * atom).Concat(skill.Deletes.Select(atom => (2 * atom) + 1));
}
