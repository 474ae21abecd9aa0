using System.Collections.Immutable;

namespace RobotWorker.Faults;

/// <summary>A fault of the catalogue: what it is called, what it forbids, what it makes doubtful and how it is noticed.</summary>
/// <param name="Forbids">Resources that must not be used while it is active, and skills that must not be run.</param>
/// <param name="Doubts">Predicates that are unknown until they are seen again after it healed.</param>
/// <param name="Heal">How long its signals must be well before it counts as healed.</param>
/// <param name="Human">It never heals by itself: a person resets it.</param>
public sealed record FaultDefinition(
    string Code, string Component, FaultLevel Level, ImmutableArray<string> Forbids, ImmutableArray<string> Doubts, TimeSpan Heal, bool Human,
    ImmutableArray<DetectorRule> Detectors)
{
    /// <summary>Faults of which this one is a consequence where they are there as well: of all that are confirmed together they are the cause.</summary>
    public ImmutableArray<string> Follows { get; init; } = [];

    public RecoveryPolicy Recovery { get; init; } = RecoveryPolicy.Standard;

    /// <summary>Whether only a person can end it.</summary>
    public bool NeedsPerson => Human || Level == FaultLevel.Fatal;
}

/// <summary>The faults that are known, by code. As it is read it fits any robot; what a monitor watches is the catalogue <see cref="For"/> its arm.</summary>
public sealed record FaultCatalogue(ImmutableSortedDictionary<string, FaultDefinition> ByCode)
{
    public static readonly FaultCatalogue Empty = new(ImmutableSortedDictionary<string, FaultDefinition>.Empty);

    /// <summary>The catalogue for an arm with these joints, from the base outwards: rules of each joint are written out, in their place.</summary>
    public FaultCatalogue For(ImmutableArray<string> joints) => new(ByCode.ToImmutableSortedDictionary(
        f => f.Key, f => f.Value with { Detectors = [.. f.Value.Detectors.SelectMany(rule => JointRules.For(rule, joints))] }, StringComparer.Ordinal));

    /// <summary>Without some of its faults: none of the others is a consequence of them any more.</summary>
    public FaultCatalogue Without(IReadOnlyCollection<string> codes) => new(ByCode.RemoveRange(codes)
        .ToImmutableSortedDictionary(f => f.Key, f => f.Value with { Follows = f.Value.Follows.RemoveAll(code => codes.Contains(code)) }, StringComparer.Ordinal));

    /// <summary>Whether an active fault of this code keeps a resource from being used, or a skill from being run. A code that is not in the catalogue forbids everything.</summary>
    public bool Forbids(string code, string resource) => !ByCode.TryGetValue(code, out var fault) || fault.Forbids.Contains(resource);

    /// <summary>How a fault is recovered from; of a code that is not in the catalogue in the standard way.</summary>
    public RecoveryPolicy RecoveryOf(string? code) => code is not null && ByCode.TryGetValue(code, out var fault) ? fault.Recovery : RecoveryPolicy.Standard;

    public bool Doubts(string code, string predicate) => ByCode.TryGetValue(code, out var fault) && fault.Doubts.Contains(predicate);

    /// <summary>Whether only a person can end it.</summary>
    public bool NeedsPerson(Fault fault) => fault.Level == FaultLevel.Fatal || (ByCode.TryGetValue(fault.Code, out var known) && known.Human);
}
