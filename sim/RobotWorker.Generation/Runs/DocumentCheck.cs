using RobotWorker.Diagnostics;
using RobotWorker.Episodes.Audit;
using RobotWorker.Faults;
using RobotWorker.Firmware.Arm;
using RobotWorker.Plans;
using RobotWorker.Ros.Messages;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Robots;
using RobotWorker.Skills;
using RobotWorker.Skills.Actions;

namespace RobotWorker.Generation.Runs;

/// <summary>Checks any of our documents by itself; what it is stands in its first field. Nothing runs.</summary>
public static class DocumentCheck
{
    /// <param name="scene">For a plan: the scene to check it against instead of the one that it names.</param>
    /// <param name="profile">For a plan: the profile of the robot that it shall run on, instead of the scene's robot.</param>
    public static void Check(string file, string? scene, string? profile, DiagnosticBag bag)
    {
        if (JobReader.ReadText(file, bag) is not { } text) return;
        var first = DocumentReader.Read(text, file, new()) is MappingNode mapping ? mapping : null;
        if (first?["scenario"] is not null) ScenarioFile.Read(text, file, bag);
        else if (first?["scene"] is not null && first["plan"] is null) JobReader.ReadScene(file, bag);
        else if (first?["robot"] is not null && first["plan"] is null) RobotReader.Read(text, file, bag);
        else if (first?["profile"] is not null && first["plan"] is null) RobotJobReader.ReadProfile(file, bag);
        else if (first?["faults"] is not null && first["catalogue"] is not null) OwnFaults.Read(Path.GetFileName(file), text, file, bag);
        else if (first?["faults"] is not null && first["plan"] is null) FaultReader.Read(text, file, bag);
        else if (first?["arm"] is not null && first["bus"] is not null && first["plan"] is null) SerialArmReader.Read(text, file, bag);
        else if (profile is not null) CheckForRobot(file, text, scene, profile, bag);
        else if (scene is not null || first?["simulation"] is not null) JobReader.Read(file, scene, bag);
        else if (JobReader.ReadPlan(file, text, bag) is { } plan)
        {
            PlanChecker.Check(plan, SkillCatalogueReader.BuiltIn, [], bag);
            ActionCallChecker.Check(plan, DefinitionFiles.None, null, bag);
        }
    }

    private static void CheckForRobot(string file, string text, string? scene, string profile, DiagnosticBag bag)
    {
        if (JobReader.ReadPlan(file, text, bag) is not { } plan || RobotJobReader.ReadProfile(profile, bag) is not { } robot) return;
        var site = scene ?? (plan.Simulation is { } named ? JobReader.Beside(file, named.Scene) : null);
        var place = site is null ? null : JobReader.ReadScene(site, bag);
        if (site is null || place is not null) RobotJobReader.Check(plan, SkillCatalogueReader.BuiltIn, place?.Names ?? [], robot.Profile, bag);
    }
}
