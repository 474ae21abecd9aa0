using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.World;

namespace RobotWorker.Plans;

/// <summary>A plan of the format <c>robotworker/v1</c>: a tree of steps with limits.</summary>
/// <param name="Goal">What shall hold at the end, or null.</param>
/// <param name="Plans">Named plans that <c>call</c> can run, by name.</param>
public sealed record Plan(
    string Id, int Revision, Condition? Goal, ImmutableArray<PlanObject> Objects, PlanLimits Limits, PlanNode Root,
    ImmutableSortedDictionary<string, SubPlan> Plans, Place Place)
{
    /// <summary>Which simulated world to run it in, where the document says so; a real robot ignores it.</summary>
    public PlanSimulation? Simulation { get; init; }
}

/// <param name="Scene">Path of the scene's file, relative to the plan's.</param>
/// <param name="Faults">Paths of files of faults to inject, relative to the plan's.</param>
public sealed record PlanSimulation(string Scene, ImmutableArray<string> Faults, Place Place);

/// <param name="Type">A type of the catalogue: cup, surface, place.</param>
public sealed record PlanObject(string Name, string Type, Place Place = default)
{
    /// <summary>Where its type stands.</summary>
    public Place TypePlace { get; init; }
}

/// <param name="MaxSpeed">Of the base, in metres a second; null for the robot's own.</param>
/// <param name="Zones">Places the robot may be in; empty for all.</param>
public sealed record PlanLimits(TimeSpan Deadline, double? MaxSpeed, ImmutableArray<string> Zones)
{
    public static readonly PlanLimits Default = new(TimeSpan.FromSeconds(600), null, []);

    /// <summary>Where the zones stand.</summary>
    public Place ZonesPlace { get; init; }
}

/// <param name="Parameters">Name and type, in order.</param>
public sealed record SubPlan(string Name, ImmutableArray<PlanObject> Parameters, PlanNode Root, Place Place);
