using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Motion;
using RobotWorker.Sim.Robots;

namespace RobotWorker.Sim.Scenes;

/// <summary>Reads the loose objects and where they may lie.</summary>
internal static class ObjectReader
{
    public static ImmutableArray<SceneObject> Read(FieldReader scene, ImmutableArray<Surface> surfaces)
    {
        var objects = ImmutableArray.CreateBuilder<SceneObject>();
        foreach (var field in scene.OptionalEntries("objects"))
        {
            FieldReader.ToName(field.Name, field.Place, scene.Bag);
            if (FieldReader.Over(field.Value, $"object '{field.Name}'", scene.Bag) is not { } fields) continue;
            var read = ReadOne(field.Name, fields);
            if (objects.FirstOrDefault(o => o.Class == read.Class && o.Class.Length > 0) is { } twin)
                scene.Bag.Error(Codes.ClassTaken, fields.PlaceOf("class"), $"'{twin.Name}' is a '{read.Class}' too", "a detector could not tell them apart: give one another colour");
            CheckArea(read, fields, surfaces);
            objects.Add(read);
        }
        return objects.ToImmutable();
    }

    private static SceneObject ReadOne(string name, FieldReader fields)
    {
        var (type, seen) = (fields.Name("type"), fields.Text("class"));
        if (type.Length > 0 && seen.Length > 0 && (!seen.StartsWith(type + "/", StringComparison.Ordinal) || !FieldReader.IsName(seen[(type.Length + 1)..])))
            fields.Bag.Error(Codes.NotAClass, fields.PlaceOf("class"), $"'{seen}' is not a class of type '{type}'", $"write the type and a colour, such as '{type}/red'");
        var (shape, size) = ReadShape(fields);
        var read = new SceneObject(name, seen, type, shape, size, fields.Number("mass", 0.001, 50), fields.Number("friction", 0.01, 5),
            fields.OptionalNumber("rolling_friction", 0, 0.1) ?? 0.0001, fields.Colour("colour"), fields.Name("on"), fields.Range("x", -10, 10), fields.Range("y", -10, 10),
            fields.Has("yaw") ? fields.Range("yaw", -2 * Math.PI, 2 * Math.PI) : default);
        fields.End();
        return read;
    }

    private static (ObjectShape Shape, Vec3 Size) ReadShape(FieldReader fields)
    {
        if (fields.Has("cylinder") == fields.Has("box"))
            fields.Bag.Error(Codes.NotAnObjectShape, fields.Place, $"{fields.What} is {(fields.Has("box") ? "both a cylinder and a box" : "neither a cylinder nor a box")}",
                "write one of cylinder: {diameter: 0.05, height: 0.08} or box: [x, y, z]");
        if (fields.OptionalFields("cylinder", "'cylinder'") is { } round)
        {
            var (diameter, height) = (round.Number("diameter", 0.005, 2), round.Number("height", 0.005, 2));
            round.End();
            if (!fields.Has("box")) return (ObjectShape.Cylinder, new(diameter, diameter, height));
        }
        var size = fields.OptionalVector("box", 3, 0.005, 2) ?? [0.05, 0.05, 0.05];
        return (ObjectShape.Box, new(size[0], size[1], size[2]));
    }

    private static void CheckArea(SceneObject o, FieldReader fields, ImmutableArray<Surface> surfaces)
    {
        if (o.On.Length == 0) return;
        if (surfaces.FirstOrDefault(s => s.Name == o.On) is not { } surface)
        {
            fields.Bag.Error(Codes.UnknownSurface, fields.PlaceOf("on"), $"there is no surface '{o.On}'", Nearest.Help(o.On, [.. surfaces.Select(s => s.Name)]));
            return;
        }
        Check("x", o.X, surface.SizeX);
        Check("y", o.Y, surface.SizeY);

        void Check(string axis, Interval range, double size)
        {
            var most = (size / 2) - o.Radius;
            if (Math.Max(Math.Abs(range.Low), Math.Abs(range.High)) > most && fields.Mapping[axis] is ListNode)
                fields.Bag.Error(Codes.OffSurface, fields.PlaceOf(axis), $"{fields.What} would reach beyond the edge of '{o.On}'",
                    $"'{axis}' counts from the middle of the surface; it must stay within -{most:0.###} and {most:0.###}");
        }
    }
}
