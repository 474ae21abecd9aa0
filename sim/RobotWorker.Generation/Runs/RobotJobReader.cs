using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.Skills.Actions;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Generation.Runs;

/// <summary>Reads what a run on a robot behind a wire is made from: the plan, the scene as the map of the site, the profile. Nothing moves before all of it is right.</summary>
public static class RobotJobReader
{
    /// <param name="scene">The scene whose places, surfaces, containers and objects are the robot's site; null: the one that the plan names.</param>
    /// <param name="profile">The profile's file; null: that of the scene's robot, with our usual names.</param>
    /// <param name="address">Where the robot is; goes before the profile's own.</param>
    /// <param name="known">The plan, where it was read before and its file does not matter any more; nor do the robot's own faults, which may be gone.</param>
    /// <returns>Null when the bag says why.</returns>
    public static RobotJob? Read(string plan, string? scene, string? profile, RobotAddress? address, DiagnosticBag bag, Plan? known = null)
    {
        if ((known is null ? JobReader.ReadText(plan, bag) : JobReader.ReadText(plan, new()) ?? PlanWriter.Write(known)) is not { } text) return null;
        if ((known ?? JobReader.ReadPlan(plan, text, bag)) is not { } read) return null;
        if (scene is null && read.Simulation is null)
        {
            bag.Error(Codes.NoScene, new(plan, 1, 1), "the plan does not say which scene is the robot's site", "give --scene FILE");
            return null;
        }
        if (JobReader.ReadScene(scene ?? JobReader.Beside(plan, read.Simulation!.Scene), bag) is not { } place) return null;
        var told = profile is null ? new ProfileFile(Site.ProfileOf(place.Workplace.Robot), []) : ReadProfile(profile, bag, known is null ? bag : new());
        if (told is null) return null;
        var connected = address is null ? told.Profile : told.Profile with { Connection = ProfileConnection.At(address, told.Profile.Connection) };
        if (connected.Connection is null)
            bag.Error(Codes.NotAnAddress, new(profile ?? plan, 1, 1), "nothing says where the robot is", "give --robot ADDRESS, or a profile with 'connection'");
        var catalogue = SkillCatalogueReader.BuiltIn;
        Check(read, catalogue, place.Names, connected, bag);
        var park = connected.ParkPlan is { } file ? ReadPark(file, catalogue, place, connected, bag) : null;
        return bag.HasErrors
            ? null
            : new(read, catalogue, Site.Of(place.Workplace.Scene), connected, [new(Path.GetFileName(plan), text), .. place.Documents, .. told.Documents, .. park?.Documents ?? []]) { Park = park?.Plan, OwnFaults = told.OwnFaults, Known = [.. place.Names] };
    }

    /// <summary>The profile's park plan. It runs when something else went wrong: what it would call stands in it.</summary>
    private static (Plan Plan, ImmutableArray<Document> Documents)? ReadPark(string file, SkillCatalogue catalogue, SceneFile place, RobotProfile profile, DiagnosticBag bag)
    {
        if (JobReader.ReadText(file, bag) is not { } text || JobReader.ReadPlan(file, text, bag) is not { } plan) return null;
        Check(plan, catalogue, place.Names, profile, bag);
        if (!plan.Plans.IsEmpty) bag.Error(Codes.NotAStep, plan.Place, "a park plan calls no other plans", "write their steps into it");
        return (plan, [new(Path.GetFileName(file), text)]);
    }

    /// <summary>Checks a plan against the robot that it is for.</summary>
    /// <param name="names">Those of the site; empty where it is not known.</param>
    internal static void Check(Plan plan, SkillCatalogue catalogue, IReadOnlyList<PlanObject> names, RobotProfile profile, DiagnosticBag bag)
    {
        PlanChecker.Check(plan, catalogue, names, bag);
        ActionCallChecker.Check(plan, new(profile.Definitions), profile.Connection?.SpokenDialect, bag);
        FitChecker.Check(plan, profile, bag);
        JobReader.CheckSpeed(plan, profile.Name, profile.MaxSpeed, bag);
    }

    /// <summary>A profile's file, with the catalogue of faults that it names. The paths of its token, certificates, definitions, park plan and faults are seen from its folder.</summary>
    /// <param name="ofFaults">Where what is wrong with the faults goes; null: to the rest. An episode that is gone on with has its own, and their file may be gone.</param>
    public static ProfileFile? ReadProfile(string file, DiagnosticBag bag, DiagnosticBag? ofFaults = null)
    {
        if (JobReader.ReadText(file, bag) is not { } text || ProfileReader.Read(text, file, bag) is not { } profile) return null;
        if (profile.Connection is { TokenFile: { } token } connection) profile = profile with { Connection = connection with { TokenFile = JobReader.Beside(file, token) } };
        if (profile.Connection is { CaFile: { } ca } trusting) profile = profile with { Connection = trusting with { CaFile = JobReader.Beside(file, ca) } };
        if (profile.ParkPlan is { } park) profile = profile with { ParkPlan = JobReader.Beside(file, park) };
        if (profile.FaultsFile is { } named) profile = profile with { FaultsFile = JobReader.Beside(file, named) };
        profile = profile with { Definitions = [.. profile.Definitions.Select(folder => JobReader.Beside(file, folder))] };
        foreach (var missing in profile.Definitions.Where(folder => !Directory.Exists(folder)))
            bag.Error(Codes.UnreadFile, new(file, 1, 1), $"'definitions': there is no folder {missing}", "name a folder with ROS packages, seen from the profile's");
        var own = profile.FaultsFile is { } faults ? ReadFaults(faults, PlaceOf("faults", text, file), ofFaults ?? bag) : null;
        if (bag.HasErrors) return null;
        return new(profile, [new(Path.GetFileName(file), text), .. own is null ? [] : new[] { new Document(own.Name, own.Text) }]) { OwnFaults = own };
    }

    private static OwnFaults? ReadFaults(string file, Place named, DiagnosticBag bag) =>
        JobReader.IsThere(file, named, bag) && JobReader.ReadText(file, bag) is { } text ? OwnFaults.Read(Path.GetFileName(file), text, file, bag) : null;

    private static Place PlaceOf(string field, string text, string file) => (DocumentReader.Read(text, file, new()) as MappingNode)?[field]?.Place ?? new(file, 1, 1);
}

/// <summary>A profile, and the texts that it was read from.</summary>
public sealed record ProfileFile(RobotProfile Profile, ImmutableArray<Document> Documents)
{
    /// <summary>The robot's own faults; null: it has the built-in ones.</summary>
    public OwnFaults? OwnFaults { get; init; }

    /// <summary>What can go wrong with the robot.</summary>
    public FaultCatalogue Faults => OwnFaults.CatalogueOf(OwnFaults, Profile.ArmJoints);
}
