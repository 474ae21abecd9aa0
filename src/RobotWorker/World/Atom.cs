using System.Collections.Immutable;

namespace RobotWorker.World;

/// <summary>A predicate applied to names: <c>on(cup1, shelf)</c>. Equal when predicate and arguments are.</summary>
public sealed record Atom(string Predicate, ImmutableArray<string> Arguments)
{
    public static Atom Of(string predicate, params string[] arguments) => new(predicate, [.. arguments]);

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
