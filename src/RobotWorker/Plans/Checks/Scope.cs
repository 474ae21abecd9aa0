using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.Plans.Checks;

/// <summary>A parameter, iteration variable or output; it notes that somebody used it.</summary>
internal sealed class Variable(string name, string type, string kind, Place place)
{
    public string Name { get; } = name;

    public string Type { get; } = type;

    /// <summary>For messages: "parameter".</summary>
    public string Kind { get; } = kind;

    public Place Place { get; } = place;

    public bool Used { get; set; }
}

/// <summary>The variables that have a value at one point of a plan.</summary>
internal sealed record Scope(ImmutableSortedDictionary<string, Variable> Variables)
{
    public static readonly Scope Empty = new(ImmutableSortedDictionary.Create<string, Variable>(StringComparer.Ordinal));

    public Scope With(Variable variable) => new(Variables.SetItem(variable.Name, variable));

    /// <summary>The variables that both have.</summary>
    public Scope Both(Scope other) => new(Variables.RemoveRange(Variables.Keys.Where(k => !other.Variables.ContainsKey(k))));

    public Scope Either(Scope other) => new(Variables.SetItems(other.Variables));
}
