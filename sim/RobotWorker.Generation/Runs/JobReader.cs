using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;
using RobotWorker.Skills;
using RobotWorker.Skills.Actions;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Generation.Runs;

/// <summary>Reads a plan's file with the scene, robot and faults that it names, and checks the plan against them. Nothing moves before all of it is right.</summary>
public static class JobReader
{
    private const long LargestFileBytes = 4 << 20;

    /// <summary>A plan's file; without a scene of its own it needs <paramref name="scene"/>.</summary>
    /// <param name="scene">A scene's file that replaces the plan's, or null.</param>
    /// <returns>Null when the bag says why.</returns>
    public static Job? Read(string file, string? scene, DiagnosticBag bag)
    {
        if (ReadText(file, bag) is not { } text) return null;
        var called = new List<Document>();
        if (ReadPlan(file, text, bag, called) is not { } plan) return null;
        if (scene is null && plan.Simulation is null)
        {
            bag.Error(Codes.NoScene, new(file, 1, 1), "the plan does not say in which simulated scene it runs", "add 'simulation: {scene: ...}' or give --scene FILE");
            return null;
        }
        var named = plan.Simulation?.Place ?? new(file, 1, 1);
        if (!IsThere(scene ?? Beside(file, plan.Simulation!.Scene), scene is null ? named : null, bag)) return null;
        if (ReadScene(scene ?? Beside(file, plan.Simulation!.Scene), bag) is not { } place) return null;
        var faults = (plan.Simulation?.Faults ?? []).Where(f => IsThere(Beside(file, f), named, bag)).Select(f => ReadFaultWithoutWire(Beside(file, f), place.Workplace, bag)).OfType<FaultFile>().ToImmutableArray();
        return Join(plan, place, faults, new(Path.GetFileName(file), text), bag) is { } job ? job with { Documents = job.Documents.InsertRange(1, called) } : null;
    }

    /// <summary>A plan with the plans that it calls from other files.</summary>
    /// <param name="called">Gets those files, each once.</param>
    internal static Plan? ReadPlan(string file, string text, DiagnosticBag bag, List<Document>? called = null) => PlanReader.Read(text, file, bag, path =>
    {
        var read = TryReadText(Beside(file, path));
        if (read is not null && called?.All(d => d.Name != Path.GetFileName(path)) == true) called.Add(new(Path.GetFileName(path), read));
        return read;
    });

    /// <summary>A scene's file with its robot.</summary>
    public static SceneFile? ReadScene(string file, DiagnosticBag bag)
    {
        var documents = ImmutableArray.CreateBuilder<Document>();
        if (ReadText(file, bag) is null) return null;
        var workplace = SceneLoader.Load(file, path =>
        {
            if (ReadText(path, new()) is not { } text) return null;
            documents.Add(new(Path.GetFileName(path), text));
            return text;
        }, bag);
        return workplace is null ? null : new(workplace, documents.ToImmutable());
    }

    /// <summary>A plan that did not come from a file, in a workplace.</summary>
    public static Job? Join(Plan plan, SceneFile place, ImmutableArray<FaultFile> faults, Document document, DiagnosticBag bag)
    {
        var catalogue = SkillCatalogueReader.BuiltIn;
        PlanChecker.Check(plan, catalogue, place.Names, bag);
        ActionCallChecker.Check(plan, DefinitionFiles.None, RosDialect.Ros2, bag);
        FitChecker.Check(plan, Site.ProfileOf(place.Workplace.Robot), bag);
        CheckSpeed(plan, place.Workplace.Robot.Name, place.Workplace.Robot.Base.MaxSpeed, bag);
        return bag.HasErrors
            ? null
            : new(WithNamesOf(place, plan), place.Workplace.Scene, place.Workplace.Robot, [.. faults.SelectMany(f => f.Faults)], catalogue, Site.Of(place.Workplace.Scene),
                [document, .. place.Documents, .. faults.Select(f => f.Document)]);
    }

    /// <summary>The scene's names are known in the plan: to a foreach, and to the planner of a repair.</summary>
    private static Plan WithNamesOf(SceneFile place, Plan plan) =>
        plan with { Objects = [.. plan.Objects, .. place.Names.Where(name => plan.Objects.All(o => o.Name != name.Name))] };

    /// <summary>NavigateToPose carries no speed: a limit below the robot's own could only be promised, not held, so it is refused.</summary>
    internal static void CheckSpeed(Plan plan, string robot, double? drives, DiagnosticBag bag)
    {
        if (plan.Limits.MaxSpeed is { } limit && limit < (drives ?? double.PositiveInfinity))
            bag.Error(
                Codes.SpeedNotHeld, plan.Place,
                $"limits.max_speed is {limit} m/s, but '{robot}' {(drives is null ? "does not say how fast it drives" : $"drives up to {drives} m/s")} and cannot be told to drive slower",
                "use a robot whose max_speed is lower, or allow its speed");
    }

    internal static FaultFile? ReadFault(string file, Workplace place, DiagnosticBag bag) =>
        ReadText(file, bag) is { } text && FaultReader.Read(text, file, bag, place.Scene, place.Robot) is { } faults ? new(faults, new(Path.GetFileName(file), text)) : null;

    // In one process there is nothing between worker and robot that could fail.
    internal static FaultFile? ReadFaultWithoutWire(string file, Workplace place, DiagnosticBag bag)
    {
        if (ReadFault(file, place, bag) is not { } read) return null;
        if (read.Faults.OfType<FaultOnWire>().FirstOrDefault() is not { } fault) return read;
        bag.Error(
            Codes.FaultNeedsWire, new(file, 1, 1), $"'{fault.Kind}' is a fault of the wire, and a run in simulation has none",
            $"serve the robot with 'robotworker sim serve SCENE --fault {file}', and run the plan with --robot");
        return null;
    }

    /// <summary>A path that a document names, seen from that document.</summary>
    /// <summary>A path that a file names, seen from that file's folder.</summary>
    public static string Beside(string file, string path) => Path.IsPathRooted(path) ? path : Path.Combine(Path.GetDirectoryName(file) ?? "", path);

    private static string? TryReadText(string file) => ReadText(file, new());

    /// <summary>A file's text, or null where it cannot be read; the bag then says why.</summary>
    public static string? ReadText(string file, DiagnosticBag bag)
    {
        try
        {
            if (file.Length == 0) bag.Error(Codes.UnreadFile, new(file, 0, 0), "an empty name is no file", "give a file");
            else if (Directory.Exists(file)) bag.Error(Codes.UnreadFile, new(file, 0, 0), "this is a folder", "give a file");
            else if (!File.Exists(file)) bag.Error(Codes.UnreadFile, new(file, 0, 0), "there is no such file", Neighbours(file));
            else if (new FileInfo(file).Length > LargestFileBytes) bag.Error(Codes.UnreadFile, new(file, 0, 0), "the file is larger than 4 MiB");
            else return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Error(Codes.UnreadFile, new(file, 0, 0), $"the file cannot be read: {e.Message}");
        }
        return null;
    }

    /// <summary>A file that a document names is missed where the document names it.</summary>
    internal static bool IsThere(string file, Place? named, DiagnosticBag bag)
    {
        if (named is not { } place || File.Exists(file)) return true;
        bag.Error(Codes.UnreadFile, place, $"there is no file {file}", Neighbours(file));
        return false;
    }

    private static string? Neighbours(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file));
        if (folder is null || !Directory.Exists(folder)) return null;
        string[] names = [.. Directory.GetFiles(folder, "*.yaml").Concat(Directory.GetFiles(folder, "*.json")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
        if (Nearest.To(Path.GetFileName(file), names) is { } near) return $"did you mean '{near}'?";
        string[] ours = [.. names.Where(n => n.EndsWith(".yaml", StringComparison.Ordinal))];    // a .json beside them is seldom a plan
        return ours.Length == 0 ? null : Nearest.Help(Path.GetFileName(file), ours);
    }
}

/// <summary>Faults to inject, with the file they came from.</summary>
public sealed record FaultFile(ImmutableArray<FaultDescription> Faults, Document Document);

/// <summary>A scene with its robot, and the texts they were read from.</summary>
public sealed record SceneFile(Workplace Workplace, ImmutableArray<Document> Documents)
{
    /// <summary>Every name of the scene that a plan may use, with its type.</summary>
    public ImmutableArray<PlanObject> Names =>
    [
        .. Workplace.Scene.Objects.Select(o => new PlanObject(o.Name, o.Type)), .. Workplace.Scene.Surfaces.Select(s => new PlanObject(s.Name, "surface")),
        .. Workplace.Scene.Containers.Select(c => new PlanObject(c.Name, "container")), .. Workplace.Scene.Places.Select(p => new PlanObject(p.Name, "place")),
    ];
}
