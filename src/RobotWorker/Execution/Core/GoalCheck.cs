using System.Collections.Immutable;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>The plan ran to its end: does its goal hold?</summary>
/// <param name="Looks">Observations made since the tree (or a repair) ended.</param>
public sealed record GoalCheck(int Looks, int Repairs)
{
    public static readonly GoalCheck None = new(0, 0);

    /// <summary>What was brought about, or tried to be, only to see the goal from there.</summary>
    public ImmutableArray<Atom> Views { get; init; } = [];

    /// <summary>Whether the planner was asked last for a way to such a view, and not for a repair.</summary>
    public bool IsForView { get; init; }
}
