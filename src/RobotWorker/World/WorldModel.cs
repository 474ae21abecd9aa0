using System.Collections.Immutable;
using RobotWorker.Time;

namespace RobotWorker.World;

/// <summary>
/// What is believed: the latest fact about each atom, with time, source and confidence. Immutable; a new fact gives a new model that shares
/// the rest. Which sources settle a predicate, and for how long, stands in the <see cref="PredicateTable"/>.
/// </summary>
public sealed record WorldModel(PredicateTable Predicates, ImmutableDictionary<Atom, Fact> Facts)
{
    /// <summary>By how much a stamp may be ahead of the clock: messages overtake the clock's own topic.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1);

    /// <summary>Whether a message was overtaken on the wire by a newer one: what it tells is past. One that is older by more comes from a clock that was set back.</summary>
    public static bool IsOvertaken(RobotTime stamp, RobotTime newest) => stamp < newest && newest - stamp <= ClockTolerance;

    public static WorldModel Empty(PredicateTable predicates) => new(predicates, ImmutableDictionary<Atom, Fact>.Empty);

    /// <summary>Takes a fact in. One that is older than what is known of the atom, or whose source cannot settle its predicate, changes nothing.</summary>
    public WorldModel With(Fact fact)
    {
        if (!Predicates.Settles(fact.Atom.Predicate, fact.Source)) return this;
        return Facts.TryGetValue(fact.Atom, out var known) && known.CapturedAt > fact.CapturedAt ? this : this with { Facts = Facts.SetItem(fact.Atom, fact) };
    }

    /// <summary>The fact about an atom if it still counts at <paramref name="now"/> and was captured at or after <paramref name="since"/>.</summary>
    public Fact? Find(Atom atom, RobotTime now, RobotTime since = default)
    {
        if (!Facts.TryGetValue(atom, out var fact)) return null;
        return fact.CapturedAt >= since && fact.CapturedAt <= now + ClockTolerance && now - fact.CapturedAt <= Predicates.MaxAge(atom.Predicate) ? fact : null;
    }

    /// <summary>Kleene's strong logic over the facts that count.</summary>
    public Truth Evaluate(Condition condition, RobotTime now, RobotTime since = default) => condition switch
    {
        Condition.Holds(var atom) => Find(atom, now, since)?.Value ?? Truth.Unknown,
        Condition.Not(var inner) => Negate(Evaluate(inner, now, since)),
        Condition.All(var items) => All(items, now, since),
        Condition.Any(var items) => Negate(All([.. items.Select(i => (Condition)new Condition.Not(i))], now, since)),
        _ => throw new InvalidOperationException($"no such condition: {condition.GetType().Name}"),
    };

    /// <summary>Where an object is believed to be: the fact <c>located(name)</c>, however old.</summary>
    public StampedPose? WhereIs(string name) =>
        Facts.TryGetValue(Atom.Of("located", name), out var fact) && fact.Value == Truth.True ? fact.Where : null;

    private Truth All(ImmutableArray<Condition> items, RobotTime now, RobotTime since)
    {
        var all = Truth.True;
        foreach (var item in items)
        {
            var truth = Evaluate(item, now, since);
            if (truth == Truth.False) return Truth.False;
            if (truth == Truth.Unknown) all = Truth.Unknown;
        }
        return all;
    }

    private static Truth Negate(Truth truth) => truth switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => Truth.Unknown,
    };
}
