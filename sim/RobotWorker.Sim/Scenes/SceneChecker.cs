using RobotWorker.Diagnostics;
using RobotWorker.Sim.Robots;

namespace RobotWorker.Sim.Scenes;

/// <summary>What a scene's parts mean together, and together with its robot.</summary>
public static class SceneChecker
{
    // So many worlds are drawn to see whether the objects find room; a scene in which one of them fails is too tight.
    private const int Trials = 20;

    /// <summary>Whether the robot fits where it shall stand, grasps what lies there, and everything has room.</summary>
    /// <param name="fields">The scene's document, for places in messages.</param>
    internal static void CheckRobot(SceneDescription scene, RobotDescription robot, FieldReader fields)
    {
        Stands(scene, robot, scene.Start, "the robot's start", PlaceIn(fields, "start"), fields.Bag);
        foreach (var place in scene.Places)
            Stands(scene, robot, place.At, $"place '{place.Name}'", PlaceIn(fields, "places", place.Name), fields.Bag);
        foreach (var o in scene.Objects)
        {
            var least = o.Shape == ObjectShape.Cylinder ? Math.Min(o.Size.X, o.Size.Z) : Math.Min(o.Size.X, o.Size.Y);
            if (least > robot.Gripper.Opening - Margin)
                fields.Bag.Error(Codes.TooBigForGripper, PlaceIn(fields, "objects", o.Name), $"'{o.Name}' is {least * 1000:0} mm across where it is thinnest",
                    $"the gripper of '{robot.Name}' opens {robot.Gripper.Opening * 1000:0} mm and needs {Margin * 1000:0} mm to get around");
        }
    }

    /// <summary>Furniture apart from furniture, places on the floor, a place for each surface that is used, room for the objects.</summary>
    internal static void CheckRoom(SceneDescription scene, FieldReader fields)
    {
        for (var i = 0; i < scene.Furniture.Length; i++)
            for (var j = 0; j < i; j++)
                if (Collide(scene.Furniture[i], scene.Furniture[j]))
                    fields.Bag.Error(Codes.InsideFurniture, PlaceIn(fields, "furniture", scene.Furniture[i].Name), $"'{scene.Furniture[i].Name}' stands inside '{scene.Furniture[j].Name}'", "move one of them");
        foreach (var target in scene.Surfaces.Select(s => (s.Name, List: "surfaces")).Concat(scene.Containers.Select(c => (c.Name, List: "containers"))))
            if (scene.Places.All(p => p.Serves != target.Name))
                fields.Bag.Warn(Codes.Unserved, PlaceIn(fields, target.List, target.Name), $"no place serves '{target.Name}': the robot cannot work there", $"add a place with 'serves: {target.Name}'");
        for (ulong seed = 0; seed < Trials && !fields.Bag.HasErrors; seed++)
            try
            {
                SceneSampler.Sample(scene, seed);
            }
            catch (InvalidOperationException e)
            {
                fields.Bag.Error(Codes.NoRoom, PlaceIn(fields, "objects"), e.Message, "widen the objects' ranges or lower variation.clearance");
            }
    }

    // Pads need this much more than the object to come down around it.
    private const double Margin = 0.015;

    /// <summary>Whether the robot can stand there: on the floor, and in no furniture.</summary>
    public static bool CanStand(SceneDescription scene, RobotDescription robot, PlanarPose at)
    {
        var bag = new DiagnosticBag();
        Stands(scene, robot, at, "", default, bag);
        return !bag.HasErrors;
    }

    private static void Stands(SceneDescription scene, RobotDescription robot, PlanarPose at, string what, Place place, DiagnosticBag bag)
    {
        var ground = new Rectangle(at, robot.Base.FootprintLength, robot.Base.FootprintWidth);
        if (!ground.IsWithin(scene.FloorX, scene.FloorY))
            bag.Error(Codes.OutsideRoom, place, $"at {what} the robot would stand beyond the floor", "the floor is centred on the map's origin");
        foreach (var f in scene.Furniture.Where(f => f.Bottom < RobotHeight && ground.Overlaps(Rectangle.Of(f))))
            bag.Error(Codes.InsideFurniture, place, $"at {what} the base of '{robot.Name}' would stand inside '{f.Name}'", "move it away from the furniture");
    }

    // Furniture that hangs higher is driven under.
    private const double RobotHeight = 1.6;

    private static bool Collide(Furniture a, Furniture b) =>
        Rectangle.Of(a).Overlaps(Rectangle.Of(b)) && a.Bottom < b.Bottom + b.Size.Z - 1e-6 && b.Bottom < a.Bottom + a.Size.Z - 1e-6;

    private static Place PlaceIn(FieldReader fields, string list, string? name = null)
    {
        var field = fields.Mapping.Fields.FirstOrDefault(f => f.Name == list);
        if (field is null) return fields.Place;
        return name is not null && field.Value is MappingNode mapping && mapping.Fields.FirstOrDefault(f => f.Name == name) is { } entry ? entry.Place : field.Place;
    }
}
