using System.Collections.Immutable;

namespace RobotWorker.World;

/// <summary>What a predicate means to the world model: its argument types, who can settle it, and how long that counts.</summary>
/// <param name="Arguments">Types of the catalogue, in order.</param>
/// <param name="Sources">The senses whose word counts; <c>plan</c> is never among them.</param>
/// <param name="MaxAge">Older facts are unknown.</param>
public sealed record PredicateDefinition(string Name, ImmutableArray<string> Arguments, ImmutableArray<string> Sources, TimeSpan MaxAge);

/// <summary>The predicates by name. One that is not in it is settled by nobody.</summary>
public sealed record PredicateTable(ImmutableSortedDictionary<string, PredicateDefinition> ByName)
{
    public bool Settles(string predicate, string source) => ByName.TryGetValue(predicate, out var p) && p.Sources.Contains(source);

    public TimeSpan MaxAge(string predicate) => ByName.TryGetValue(predicate, out var p) ? p.MaxAge : TimeSpan.Zero;
}
