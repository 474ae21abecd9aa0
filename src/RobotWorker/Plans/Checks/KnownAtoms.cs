using System.Collections.Immutable;
using RobotWorker.World;

namespace RobotWorker.Plans.Checks;

/// <summary>What is certain of some atoms, by predicate, the latest first; a pattern with <c>_</c> speaks for every name.</summary>
internal sealed record KnownAtoms(ImmutableSortedDictionary<string, ImmutableList<(Atom Pattern, bool Value)>> ByPredicate)
{
    // What is forgotten is unknown and only costs a warning; unbounded, long plans would be checked in quadratic time.
    private const int Remembered = 64;

    public static readonly KnownAtoms Nothing = new(ImmutableSortedDictionary.Create<string, ImmutableList<(Atom, bool)>>(StringComparer.Ordinal));

    public bool IsFalse(Atom atom) => Of(atom) == Truth.False;

    public Truth Of(Atom atom) => ByPredicate.TryGetValue(atom.Predicate, out var known) && known.Find(k => atom.Matches(k.Pattern)) is { Pattern: not null } found
        ? found.Value ? Truth.True : Truth.False
        : Truth.Unknown;

    public KnownAtoms With(Atom pattern, bool value)
    {
        var known = ByPredicate.GetValueOrDefault(pattern.Predicate, []).RemoveAll(k => k.Pattern.Matches(pattern)).Insert(0, (pattern, value));
        return new(ByPredicate.SetItem(pattern.Predicate, known.Count > Remembered ? known.RemoveAt(Remembered) : known));
    }

    public KnownAtoms Forget(string predicate) => new(ByPredicate.Remove(predicate));

    /// <summary>What both say alike of a predicate.</summary>
    public KnownAtoms Both(KnownAtoms other) =>
        new(ByPredicate.RemoveRange(ByPredicate.Keys.Where(k => !other.ByPredicate.TryGetValue(k, out var theirs) || !theirs.SequenceEqual(ByPredicate[k]))));
}
