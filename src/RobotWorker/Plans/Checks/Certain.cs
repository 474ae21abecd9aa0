using RobotWorker.World;

namespace RobotWorker.Plans.Checks;

/// <summary>What is certain of a condition, whatever the world is like or with some atoms known.</summary>
internal static class Certain
{
    /// <summary>True of <c>all: []</c>, false of <c>any: []</c> and of what demands an atom and its opposite, else what follows from the atoms.</summary>
    /// <param name="known">What is known of an atom; null: of none.</param>
    public static Truth Of(Condition condition, Func<Atom, Truth>? known = null) => condition switch
    {
        Condition.Holds(var atom) => known?.Invoke(atom) ?? Truth.Unknown,
        Condition.Not(var inner) => Opposite(Of(inner, known)),
        Condition.All(var items) when items.Any(i => Of(i, known) == Truth.False) || condition.Demanded().Intersect(condition.Forbidden()).Any() => Truth.False,
        Condition.All(var items) => items.All(i => Of(i, known) == Truth.True) ? Truth.True : Truth.Unknown,
        Condition.Any(var items) when items.Any(i => Of(i, known) == Truth.True) => Truth.True,
        Condition.Any(var items) => items.All(i => Of(i, known) == Truth.False) ? Truth.False : Truth.Unknown,
        _ => throw new InvalidOperationException($"no such condition: {condition.GetType().Name}"),
    };

    /// <summary>The atoms that are settled where a condition has come out true, or false.</summary>
    public static IEnumerable<(Atom Atom, bool Value)> Follows(Condition condition, bool value) => (condition, value) switch
    {
        (Condition.Holds(var atom), _) => [(atom, value)],
        (Condition.Not(var inner), _) => Follows(inner, !value),
        (Condition.All(var items), true) => items.SelectMany(i => Follows(i, true)),
        (Condition.Any(var items), false) => items.SelectMany(i => Follows(i, false)),
        (Condition.All([var only]), false) => Follows(only, false),
        (Condition.Any([var only]), true) => Follows(only, true),
        _ => [],
    };

    private static Truth Opposite(Truth truth) => truth switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => Truth.Unknown,
    };
}
