using System.Collections.Immutable;
using RobotWorker.Skills;

namespace RobotWorker.Planners.Symbolic;

/// <summary>A skill with names put in, as search sees it.</summary>
/// <param name="Pre">The catalogue's pre- and hold-conditions.</param>
/// <param name="Adds">Atoms that hold afterwards.</param>
/// <param name="Deletes">Atoms that no longer do, unless added.</param>
/// <param name="Extras">Atoms added where others held before.</param>
internal sealed record GroundSkill(
    SkillDefinition Definition, ImmutableSortedDictionary<string, string> Arguments, GroundCondition Pre,
    ImmutableArray<int> Adds, ImmutableArray<int> Deletes, ImmutableArray<GroundEffect> Extras)
{
    public bool CanStart(State state) => Pre.IsTrueIn(state);

    public State After(State state)
    {
        if (Extras.Length == 0) return state.With(Deletes, Adds);
        var adds = new List<int>(Adds);
        foreach (var extra in Extras)
            if (extra.When.All(atom => state[atom])) adds.Add(extra.Adds);
        return state.With(Deletes, adds);
    }
}

internal sealed record GroundEffect(int Adds, ImmutableArray<int> When);
