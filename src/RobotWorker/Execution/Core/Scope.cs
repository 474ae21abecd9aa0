using System.Collections.Immutable;

namespace RobotWorker.Execution.Core;

/// <summary>What the names in a subtree stand for: parameters of the call and variables of the loops around it.</summary>
/// <param name="Frame">The call (its node's number, -1 for the plan itself) whose outputs are seen.</param>
public sealed record Scope(int Frame, ImmutableSortedDictionary<string, string> Values)
{
    public static readonly Scope Outermost = new(-1, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    public Scope With(string name, string value) => this with { Values = Values.SetItem(name, value) };
}
