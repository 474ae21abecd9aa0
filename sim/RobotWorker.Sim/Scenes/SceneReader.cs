using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Motion;
using RobotWorker.Sim.Robots;

namespace RobotWorker.Sim.Scenes;

/// <summary>
/// Reads scenes of the format robotworker/v1 from YAML or JSON. docs/diagnostics.md lists what it refuses (RW0100 to RW0199). What depends on the robot
/// (whether it fits where it shall stand and what it can grasp) is <see cref="SceneChecker"/>'s.
/// </summary>
public static class SceneReader
{
    public const string Format = "robotworker/v1";

    /// <returns>The scene, or null where the bag has errors from it.</returns>
    public static SceneDescription? Read(string text, string file, DiagnosticBag bag) => ReadWithPlaces(text, file, bag)?.Scene;

    internal static (SceneDescription Scene, FieldReader Fields)? ReadWithPlaces(string text, string file, DiagnosticBag bag)
    {
        var found = new DiagnosticBag();
        var read = ReadDocument(text, file, found);
        foreach (var d in found.All) bag.Add(d);
        return found.HasErrors ? null : read;
    }

    private static (SceneDescription Scene, FieldReader Fields)? ReadDocument(string text, string file, DiagnosticBag bag)
    {
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a scene", bag) is not { } fields) return null;
        fields.Format("scene", Format);
        var (name, robot, floor) = (fields.Name("name"), fields.Text("robot"), fields.Vector("floor", 2, 1, 50));
        var start = fields.Fields("start", "'start'") is { } s ? Standing(s) : default;
        var camera = fields.Fields("overview", "'overview'") is { } c ? ReadCamera(c) : null;
        var furniture = FurnitureReader.Read(fields, floor);
        var areas = new AreaReader(furniture, bag);
        var (surfaces, containers) = (areas.Surfaces(fields), areas.Containers(fields));
        ImmutableArray<string> targets = [.. surfaces.Select(x => x.Name), .. containers.Select(x => x.Name)];
        var places = ReadPlaces(fields, targets);
        var objects = ObjectReader.Read(fields, surfaces);
        var variation = fields.OptionalFields("variation", "'variation'") is { } v ? ReadVariation(v) : new SceneVariation(0, 0, 0.03);
        fields.End();
        var scene = new SceneDescription(name, robot, floor[0], floor[1], start, camera ?? new(new(1, 1, 1), Vec3.Zero, 1), furniture, surfaces, containers, places, objects, variation);
        SceneNames.Check(fields);
        if (!bag.HasErrors) SceneChecker.CheckRoom(scene, fields);
        return (scene, fields);
    }

    private static PlanarPose Standing(FieldReader fields)
    {
        var at = fields.OnFloor();
        fields.End();
        return at;
    }

    private static CameraDescription ReadCamera(FieldReader fields)
    {
        var camera = new CameraDescription(fields.Position("at"), fields.Position("look_at"), fields.Number("field_of_view", 0.1, 2.5));
        if (fields.Has("at") && fields.Has("look_at") && (camera.LookAt - camera.Position).LengthXY < 1e-6)
            fields.Bag.Error(Codes.NoView, fields.PlaceOf("look_at"), "the camera looks straight up or down, or at itself", "move 'look_at' aside");
        fields.End();
        return camera;
    }

    private static ImmutableArray<StandingPlace> ReadPlaces(FieldReader scene, ImmutableArray<string> targets)
    {
        var places = ImmutableArray.CreateBuilder<StandingPlace>();
        foreach (var field in scene.OptionalEntries("places"))
        {
            FieldReader.ToName(field.Name, field.Place, scene.Bag);
            if (FieldReader.Over(field.Value, $"place '{field.Name}'", scene.Bag) is not { } fields) continue;
            places.Add(new(field.Name, fields.OnFloor(), fields.OptionalName("serves")));
            if (places[^1].Serves is { Length: > 0 } serves && !targets.Contains(serves))
                scene.Bag.Error(Codes.UnknownSurface, fields.PlaceOf("serves"), $"there is no surface or container '{serves}'", Nearest.Help(serves, targets));
            fields.End();
        }
        return places.ToImmutable();
    }

    private static SceneVariation ReadVariation(FieldReader fields)
    {
        var variation = new SceneVariation(fields.OptionalNumber("mass", 0, 0.9) ?? 0, fields.OptionalNumber("friction", 0, 0.9) ?? 0, fields.OptionalNumber("clearance", 0, 1) ?? 0.03);
        fields.End();
        return variation;
    }
}
