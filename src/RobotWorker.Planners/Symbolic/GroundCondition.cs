using System.Collections.Immutable;
using RobotWorker.World;

namespace RobotWorker.Planners.Symbolic;

/// <summary>
/// A condition over numbered atoms, with every <c>not</c> pushed down to them. A literal is twice the atom's number, plus one where
/// the atom must not hold. What is not known to hold counts as false.
/// </summary>
internal abstract record GroundCondition
{
    public sealed record Literal(int Code) : GroundCondition;

    public sealed record All(ImmutableArray<GroundCondition> Items) : GroundCondition;

    public sealed record Any(ImmutableArray<GroundCondition> Items) : GroundCondition;

    public static GroundCondition Of(Condition condition, AtomTable atoms, bool negated = false) => condition switch
    {
        Condition.Holds(var atom) => new Literal((2 * atoms.Number(atom)) + (negated ? 1 : 0)),
        Condition.Not(var inner) => Of(inner, atoms, !negated),
        Condition.All(var items) => Join(items, atoms, negated, negated),
        Condition.Any(var items) => Join(items, atoms, negated, !negated),
        _ => throw new InvalidOperationException($"no such condition: {condition.GetType().Name}"),
    };

    public bool IsTrueIn(State state) => this switch
    {
        Literal(var code) => state[code >> 1] == ((code & 1) == 0),
        All(var items) => items.All(i => i.IsTrueIn(state)),
        Any(var items) => items.Any(i => i.IsTrueIn(state)),
        _ => false,
    };

    public IEnumerable<int> Literals() => this switch
    {
        Literal(var code) => [code],
        All(var items) => items.SelectMany(i => i.Literals()),
        Any(var items) => items.SelectMany(i => i.Literals()),
        _ => [],
    };

    private static GroundCondition Join(ImmutableArray<Condition> items, AtomTable atoms, bool negated, bool any)
    {
        ImmutableArray<GroundCondition> all = [.. items.Select(i => Of(i, atoms, negated))];
        return all.Length == 1 ? all[0] : any ? new Any(all) : new All(all);
    }
}
