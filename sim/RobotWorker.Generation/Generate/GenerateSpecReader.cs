using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Variation;

namespace RobotWorker.Generation.Generate;

/// <summary>Reads what data set is wanted, with the plan, scene and faults that it names (docs/datasets.md). Nothing runs before all of it is right.</summary>
public static class GenerateSpecReader
{
    private const string Format = "robotworker/v1";
    private const int PeriodsASecond = 100, MostFrames = 50;
    private const double WidestView = 2.5, LowestCamera = 0.1;    // radians, metres
    private const string Overview = "overview", HeadCamera = "head_camera";
    private static readonly ImmutableArray<string> CameraNames = [Overview, HeadCamera];

    /// <returns>Null when the bag says why.</returns>
    public static GenerateSpec? Read(string file, DiagnosticBag bag)
    {
        if (JobReader.ReadText(file, bag) is not { } text) return null;
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a data set to generate", bag) is not { } fields) return null;
        fields.Format("generate", Format);
        var name = fields.Name("name");
        var plan = fields.Text("plan");
        var seed = fields.OptionalInteger("seed", 0) ?? 0;
        var fps = ReadFramesPerSecond(fields);
        ImmutableArray<DatasetCamera> cameras = [.. fields.OptionalEntries("cameras").Select(entry => ReadCamera(entry, bag)).OfType<DatasetCamera>()];
        var instructions = ReadInstructions(fields, "instructions");
        var heldOut = ReadInstructions(fields, "held_out_instructions");
        if (instructions.IsEmpty) bag.Error(Codes.Missing, fields.PlaceOf("instructions"), "a data set has at least one wording of its task in 'instructions'");
        foreach (var both in instructions.Where(i => heldOut.Any(h => string.Equals(i.Trim(), h.Trim(), StringComparison.OrdinalIgnoreCase)))) bag.Error(Codes.GivenTwice, fields.PlaceOf("held_out_instructions"), $"the wording \"{both}\" is held out and trained on");
        var job = plan.Length == 0 ? null : JobReader.Read(JobReader.Beside(file, plan), null, bag);
        var (share, faults) = ReadFaults(fields, file, job, bag);
        var vary = VariationReader.Read(fields.OptionalEntries("vary"), job is null ? [] : Unnamed(job, faults), bag);
        fields.End();
        if (job is { Plan.Goal: null }) bag.Error(Codes.Missing, fields.PlaceOf("plan"), "the plan has no goal, so nobody could say which episodes succeeded", "give the plan a 'goal'");
        if (bag.HasErrors || job is null) return null;
        job = job.WithoutFaults();
        if (cameras.FirstOrDefault(c => c.Name == Overview)?.FieldOfView is { } view) job = job with { Scene = job.Scene with { Overview = job.Scene.Overview with { FieldOfView = view } } };
        CheckVaried(job, vary, fields.PlaceOf("vary"), bag);
        if (bag.HasErrors) return null;
        return new(name, SumOf(text, job, faults), (ulong)seed, job, fps, cameras, instructions, heldOut, vary, share, faults);
    }

    /// <summary>The scene's objects that no plan and no fault names.</summary>
    private static ImmutableArray<string> Unnamed(Job job, ImmutableArray<FaultFile> faults) =>
        [.. job.Scene.Objects.Select(o => o.Name).Where(name => !job.Documents[..^2].Concat(faults.Select(f => f.Document)).Any(text => Regex.IsMatch(text.Text, $@"(?<![\w-]){name}(?![\w-])")))];

    // What is drawn within the ranges must be a world that could be written down as a scene.
    private static void CheckVaried(Job job, VariationDescription vary, Place place, DiagnosticBag bag)
    {
        foreach (var x in vary.Ends(Axes.StartX))
            foreach (var y in vary.Ends(Axes.StartY))
                foreach (var yaw in vary.Ends(Axes.StartYaw))
                    if (!bag.HasErrors && job.Scene.Start is var start && !SceneChecker.CanStand(job.Scene, job.Robot, new(start.X + x, start.Y + y, start.Yaw + yaw)))
                        bag.Error(Codes.InsideFurniture, place, $"with a start moved by ({x:0.##}, {y:0.##}) m and {yaw:0.##} rad the robot would stand in furniture or beyond the floor", "narrow the ranges of start_x, start_y and start_yaw");
        foreach (var times in vary.Ends(Axes.FieldOfView))
            if (job.Scene.Overview.FieldOfView * times > WidestView) bag.Error(Codes.OutOfRange, place, $"the overview camera's field of view would be {job.Scene.Overview.FieldOfView * times:0.##} rad", $"at most {WidestView} rad can be drawn");
        foreach (var z in vary.Ends(Axes.CameraZ))
            if (job.Scene.Overview.Position.Z + z < LowestCamera) bag.Error(Codes.OutOfRange, place, $"the overview camera would be {job.Scene.Overview.Position.Z + z:0.##} m above the floor", $"at least {LowestCamera} m");
    }

    // A frame is taken at the end of one of the robot's control periods, of which there are a hundred a second: of others the times would not be those that are written.
    private static int ReadFramesPerSecond(FieldReader fields)
    {
        var fps = fields.OptionalInteger("fps", 1, MostFrames) ?? 10;
        if (fps > 0 && PeriodsASecond % fps != 0)
            fields.Bag.Error(Codes.OutOfRange, fields.PlaceOf("fps"), $"{fps} frames a second do not fall together with the robot's {PeriodsASecond} control periods a second", "take 1, 2, 4, 5, 10, 20, 25 or 50");
        return fps;
    }

    private static ImmutableArray<string> ReadInstructions(FieldReader fields, string name)
    {
        var texts = fields.OptionalTexts(name);
        var place = fields.PlaceOf(name);
        if (texts.Any(t => t.Trim().Length == 0 || t.Contains('\n'))) fields.Bag.Error(Codes.OutOfRange, place, "a wording is a line with something in it");
        foreach (var twice in texts.GroupBy(t => t, StringComparer.Ordinal).Where(g => g.Count() > 1)) fields.Bag.Error(Codes.GivenTwice, place, $"the wording \"{twice.Key}\" is there {twice.Count()} times");
        return texts;
    }

    private static DatasetCamera? ReadCamera(DocumentField entry, DiagnosticBag bag)
    {
        if (!CameraNames.Contains(entry.Name)) bag.Error(Codes.NotAChoice, entry.Place, $"there is no camera '{entry.Name}'", Nearest.Help(entry.Name, CameraNames));
        if (FieldReader.Over(entry.Value, $"the camera '{entry.Name}'", bag) is not { } fields) return null;
        var camera = new DatasetCamera(entry.Name, fields.Integer("width", 16, 1280), fields.Integer("height", 16, 960), Moves: entry.Name == HeadCamera)
        {
            Shadows = fields.OptionalFlag("shadows") ?? false, FieldOfView = fields.OptionalNumber("field_of_view", 0.1, 2.5),
            Sidecars = [.. Enum.GetValues<SidecarKind>().Where(kind => fields.OptionalFlag(kind.Word()) ?? false)],
        };
        fields.End();
        if (camera is { Name: HeadCamera, FieldOfView: not null })
            bag.Error(Codes.OutOfRange, fields.PlaceOf("field_of_view"), "the robot's own camera sees as the robot's description has it, and its detector with it", "leave it out, or change the robot's 'field_of_view'");
        foreach (var (side, pixels) in new[] { ("width", camera.Width), ("height", camera.Height) })
            if (pixels % 2 != 0) bag.Error(Codes.OutOfRange, fields.PlaceOf(side), $"{pixels} pixels are odd, and a film's width and height are even");
        return camera;
    }

    private static (double Share, ImmutableArray<FaultFile> Faults) ReadFaults(FieldReader fields, string file, Job? job, DiagnosticBag bag)
    {
        if (fields.OptionalFields("faults", "'faults'") is not { } faults) return (0, []);
        var share = faults.Number("share", 0, 1);
        var named = faults.OptionalTexts("of");
        faults.End();
        if (named.IsEmpty) bag.Error(Codes.Missing, faults.Place, "'faults' names no file in 'of'");
        if (job is null) return (share, []);
        var place = new Workplace(job.Scene, job.Robot);
        return (share, [.. named.Select(name => JobReader.ReadFaultWithoutWire(JobReader.Beside(file, name), place, bag)).OfType<FaultFile>()]);
    }

    private static string SumOf(string text, Job job, ImmutableArray<FaultFile> faults) => Sum([text, .. job.Documents.Select(d => d.Text), .. faults.Select(f => f.Document.Text)]);

    /// <summary>SHA-256, in hexadecimal digits.</summary>
    internal static string Sum(params IEnumerable<string> texts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts))));
}
