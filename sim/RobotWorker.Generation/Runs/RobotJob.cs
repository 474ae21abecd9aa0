using System.Collections.Immutable;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Generation.Runs;

/// <summary>What a worker is to do, and all that it is told beforehand; the robot may be simulated or of metal.</summary>
/// <param name="Documents">The texts it was read from, by file name, for the recording.</param>
public sealed record RobotJob(Plan Plan, SkillCatalogue Catalogue, SiteMap Site, RobotProfile Profile, ImmutableArray<Document> Documents)
{
    /// <summary>Everything that the site knows by name.</summary>
    public ImmutableArray<PlanObject> Known { get; init; } = Plan.Objects;

    /// <summary>What is done when a person was asked and did not answer, checked; null: the robot stands still.</summary>
    public Plan? Park { get; init; }

    /// <summary>The robot's own faults, which its profile names; null: it has the built-in ones.</summary>
    public OwnFaults? OwnFaults { get; init; }

    /// <summary>What can go wrong with the robot: the catalogue that is watched, decided by, and gone through again with.</summary>
    public FaultCatalogue Faults => OwnFaults.CatalogueOf(OwnFaults, Profile.ArmJoints);
}
