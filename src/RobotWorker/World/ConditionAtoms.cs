using System.Collections.Immutable;

namespace RobotWorker.World;

/// <summary>What can be done with a condition without a world: collect its atoms, put names in for <c>$variables</c>, join two.</summary>
public static class ConditionAtoms
{
    /// <summary>False whatever the world is like.</summary>
    public static readonly Condition Never = new Condition.Any([]);

    /// <summary>Every atom once, in the order of writing.</summary>
    public static ImmutableArray<Atom> Atoms(this Condition condition) => [.. Walk(condition).Distinct()];

    /// <summary>Every occurrence of an atom, in the order of writing, with the place of each.</summary>
    public static IEnumerable<Atom> Walk(this Condition condition) => condition switch
    {
        Condition.Holds(var atom) => [atom],
        Condition.Not(var inner) => Walk(inner),
        Condition.All(var items) => items.SelectMany(Walk),
        Condition.Any(var items) => items.SelectMany(Walk),
        _ => throw new InvalidOperationException($"no such condition: {condition.GetType().Name}"),
    };

    /// <summary>Whether an atom occurs in it.</summary>
    public static bool Mentions(this Condition condition, Atom atom)
    {
        switch (condition)
        {
            case Condition.Holds(var held): return held.Equals(atom);
            case Condition.Not(var inner): return inner.Mentions(atom);
            case Condition.All(var items): return AnyMentions(items, atom);
            case Condition.Any(var items): return AnyMentions(items, atom);
            default: throw new InvalidOperationException($"no such condition: {condition.GetType().Name}");
        }
    }

    /// <summary>The atoms that must hold for the condition to hold: those under neither <c>not</c> nor <c>any</c>.</summary>
    public static IEnumerable<Atom> Demanded(this Condition condition) => condition switch
    {
        Condition.Holds(var atom) => [atom],
        Condition.All(var items) => items.SelectMany(Demanded),
        _ => [],
    };

    /// <summary>The atoms that must be false for the condition to hold.</summary>
    public static IEnumerable<Atom> Forbidden(this Condition condition) => condition switch
    {
        Condition.Not(Condition.Holds(var atom)) => [atom],
        Condition.All(var items) => items.SelectMany(Forbidden),
        _ => [],
    };

    /// <summary>The condition with names in the places of <c>$variables</c>; a variable without a value stays as it is.</summary>
    public static Condition Substitute(this Condition condition, IReadOnlyDictionary<string, string> values) => condition switch
    {
        Condition.Holds(var atom) => new Condition.Holds(atom.Substitute(values)),
        Condition.Not(var inner) => new Condition.Not(inner.Substitute(values)),
        Condition.All(var items) => new Condition.All([.. items.Select(i => i.Substitute(values))]),
        Condition.Any(var items) => new Condition.Any([.. items.Select(i => i.Substitute(values))]),
        _ => throw new InvalidOperationException($"no such condition: {condition.GetType().Name}"),
    };

    /// <summary>The atom with names in the places of <c>$variables</c>.</summary>
    public static Atom Substitute(this Atom atom, IReadOnlyDictionary<string, string> values) =>
        atom with { Arguments = [.. atom.Arguments.Select(a => Value(a, values))] };

    /// <summary>What a written argument stands for: <c>$name</c> its value, anything else itself.</summary>
    public static string Value(string written, IReadOnlyDictionary<string, string> values) =>
        written.StartsWith('$') && values.TryGetValue(written[1..], out var value) ? value : written;

    /// <summary>Both: nested and empty <c>all</c>s are flattened.</summary>
    public static Condition And(this Condition first, Condition second) => Join([.. Parts(first), .. Parts(second)]);

    /// <summary>Either.</summary>
    public static Condition Or(this Condition first, Condition second) => (first, second) switch
    {
        (Condition.Any { Items.Length: 0 }, _) => second,
        (_, Condition.Any { Items.Length: 0 }) => first,
        _ => new Condition.Any([first, second]),
    };

    private static bool AnyMentions(ImmutableArray<Condition> items, Atom atom)
    {
        foreach (var item in items)
            if (item.Mentions(atom)) return true;
        return false;
    }

    private static Condition Join(ImmutableArray<Condition> parts) => parts.Length == 1 ? parts[0] : new Condition.All(parts);

    private static ImmutableArray<Condition> Parts(Condition condition) => condition is Condition.All(var items) ? [.. items.SelectMany(i => Parts(i))] : [condition];
}
