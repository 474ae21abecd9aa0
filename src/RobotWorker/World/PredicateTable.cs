using System.Collections.Immutable;

namespace RobotWorker.World;

/// <summary>What a predicate means to the world model: its argument types, who can settle it, and how long that counts.</summary>
/// <param name="Arguments">Types of the catalogue, in order.</param>
/// <param name="Sources">The senses whose word counts; <c>plan</c> is never among them.</param>
/// <param name="MaxAge">Older facts are unknown.</param>
public sealed record PredicateDefinition(string Name, ImmutableArray<string> Arguments, ImmutableArray<string> Sources, TimeSpan MaxAge)
{
    /// <summary>What it rests on: where one of these stops to hold, all that is believed of the predicate is unknown until it is seen again.</summary>
    public ImmutableArray<Atom> Needs { get; init; } = [];

    public ChangedBy ChangedBy { get; init; } = ChangedBy.World;

    /// <summary>Only what the head is turned to is seen: while nobody looks, nothing new is known of it.</summary>
    public bool NeedsLook { get; init; }

    /// <summary>Where each of these holds it can be seen; <c>$surface</c> is its argument of that type. Empty: there is no better place than another.</summary>
    public ImmutableArray<Atom> SeenFrom { get; init; } = [];
}

/// <summary>Who can turn a predicate.</summary>
public enum ChangedBy
{
    /// <summary>Others too: a person takes the cup, localisation is lost.</summary>
    World,

    /// <summary>The robot's own steps alone.</summary>
    Robot,

    /// <summary>It is put in when the episode starts, and stays.</summary>
    Nobody,
}

/// <summary>The predicates by name. One that is not in it is settled by nobody.</summary>
public sealed record PredicateTable(ImmutableSortedDictionary<string, PredicateDefinition> ByName)
{
    public bool Settles(string predicate, string source) => ByName.TryGetValue(predicate, out var p) && p.Sources.Contains(source);

    /// <summary>The predicates that rest on an atom.</summary>
    public IEnumerable<string> RestingOn(Atom atom) => ByName.Values.Where(p => p.Needs.Contains(atom)).Select(p => p.Name);

    /// <summary>Atoms, and before them what they rest on: without it nobody could settle them.</summary>
    public ImmutableArray<Atom> WithGrounds(ImmutableArray<Atom> atoms)
    {
        ImmutableArray<Atom> grounds = [.. atoms.SelectMany(a => ByName.TryGetValue(a.Predicate, out var p) ? p.Needs : []).Distinct().Where(a => !atoms.Contains(a))];
        return grounds.IsEmpty ? atoms : [.. grounds, .. atoms];
    }

    /// <summary>What must hold for an atom to be seen.</summary>
    public IEnumerable<Atom> SeenFrom(Atom atom)
    {
        if (!ByName.TryGetValue(atom.Predicate, out var p)) return [];
        var arguments = p.Arguments.Zip(atom.Arguments).DistinctBy(a => a.First).ToDictionary(a => a.First, a => a.Second);
        return p.SeenFrom.Select(s => s.Substitute(arguments));
    }

    public TimeSpan MaxAge(string predicate) => ByName.TryGetValue(predicate, out var p) ? p.MaxAge : TimeSpan.Zero;
}
