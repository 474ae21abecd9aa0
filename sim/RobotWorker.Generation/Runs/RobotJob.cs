using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Generation.Runs;

/// <summary>What a worker is to do, and all that it is told beforehand; the robot may be simulated or of metal.</summary>
/// <param name="Documents">The texts it was read from, by file name, for the recording.</param>
public sealed record RobotJob(Plan Plan, SkillCatalogue Catalogue, SiteMap Site, RobotProfile Profile, ImmutableArray<Document> Documents);
