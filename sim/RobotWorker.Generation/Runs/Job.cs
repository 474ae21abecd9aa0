using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;
using RobotWorker.Skills;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Generation.Runs;

/// <summary>Everything that an episode is made from, read and checked: nothing in it can still be a spelling mistake.</summary>
/// <param name="Documents">The texts it was read from, by file name, for the recording.</param>
public sealed record Job(
    Plan Plan, SceneDescription Scene, RobotDescription Robot, ImmutableArray<FaultDescription> Faults, SkillCatalogue Catalogue, SiteMap Site,
    ImmutableArray<Document> Documents)
{
    /// <summary>The same without the plan's own faults, which are its demonstration's: their documents stand last.</summary>
    public Job WithoutFaults() => this with { Faults = [], Documents = Documents[..^(Plan.Simulation?.Faults.Length ?? 0)] };
}

/// <param name="Name">File name without folders.</param>
public sealed record Document(string Name, string Text);
