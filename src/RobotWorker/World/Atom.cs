using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.World;

/// <summary>A predicate applied to names: <c>on(cup1, shelf)</c>. Equal when predicate and arguments are.</summary>
public sealed record Atom(string Predicate, ImmutableArray<string> Arguments)
{
    /// <summary>Where a document says it; no part of equality.</summary>
    public Place Place { get; init; }

    public static Atom Of(string predicate, params string[] arguments) => new(predicate, [.. arguments]);

    /// <summary>Whether it is an instance of a pattern, in which the argument <c>_</c> stands for any name.</summary>
    public bool Matches(Atom pattern) =>
        Predicate == pattern.Predicate && Arguments.Length == pattern.Arguments.Length
        && Arguments.Zip(pattern.Arguments).All(pair => pair.Second == "_" || pair.First == pair.Second);

    public bool Equals(Atom? other) => other is not null && Predicate == other.Predicate && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan());

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Predicate);
        foreach (var argument in Arguments) hash.Add(argument);
        return hash.ToHashCode();
    }

    public override string ToString() => $"{Predicate}({string.Join(", ", Arguments)})";
}
