using System.Collections.Immutable;

namespace RobotWorker.World;

/// <summary>A condition over predicates; evaluated by <see cref="WorldModel"/> to a three-valued truth.</summary>
public abstract record Condition
{
    public static readonly Condition Always = new All([]);

    /// <summary>The atom holds.</summary>
    public sealed record Holds(Atom Atom) : Condition
    {
        public override string ToString() => Atom.ToString();
    }

    /// <summary>The inner condition does not hold; unknown stays unknown.</summary>
    public sealed record Not(Condition Inner) : Condition
    {
        public override string ToString() => $"not {Inner}";
    }

    /// <summary>Every one of them; true when empty.</summary>
    public sealed record All(ImmutableArray<Condition> Items) : Condition
    {
        public bool Equals(All? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

        public override int GetHashCode() => Items.Aggregate(17, (hash, item) => (hash * 31) + item.GetHashCode());

        public override string ToString() => Items.Length == 0 ? "true" : string.Join(" and ", Items);
    }

    /// <summary>At least one of them; false when empty.</summary>
    public sealed record Any(ImmutableArray<Condition> Items) : Condition
    {
        public bool Equals(Any? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

        public override int GetHashCode() => Items.Aggregate(19, (hash, item) => (hash * 31) + item.GetHashCode());

        public override string ToString() => Items.Length == 0 ? "false" : $"({string.Join(" or ", Items)})";
    }
}
