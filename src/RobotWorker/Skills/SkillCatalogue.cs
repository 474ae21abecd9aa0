using System.Collections.Immutable;
using RobotWorker.World;

namespace RobotWorker.Skills;

/// <summary>What a robot can do, as data: types, predicates and skills.</summary>
/// <param name="Types">Type to parent type (null at the top): cup → object.</param>
public sealed record SkillCatalogue(
    ImmutableSortedDictionary<string, string?> Types, PredicateTable Predicates, ImmutableSortedDictionary<string, SkillDefinition> Skills)
{
    /// <summary>Whether a type is another or stands below it.</summary>
    public bool IsA(string type, string ancestor)
    {
        for (var t = type; t is not null; t = Types.GetValueOrDefault(t))
            if (t == ancestor) return true;
        return false;
    }
}
