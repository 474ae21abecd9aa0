using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Motion;

namespace RobotWorker.Sim.Robots;

/// <summary>Reads robots of the format robotworker/v1 from YAML or JSON. docs/diagnostics.md lists what it refuses (RW0200 to RW0299).</summary>
public static class RobotReader
{
    public const string Format = "robotworker/v1";

    /// <returns>The robot, or null where the bag has errors from it.</returns>
    public static RobotDescription? Read(string text, string file, DiagnosticBag bag)
    {
        var found = new DiagnosticBag();
        var robot = ReadDocument(text, file, found);
        foreach (var d in found.All) bag.Add(d);
        return found.HasErrors ? null : robot;
    }

    private static RobotDescription? ReadDocument(string text, string file, DiagnosticBag bag)
    {
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a robot", bag) is not { } fields) return null;
        fields.Format("robot", Format);
        var name = fields.Name("name");
        var (drive, body) = ReadBase(fields.Fields("base", "'base'"));
        var arm = fields.Fields("arm", "'arm'") is { } a ? ArmReader.Read(a) : null;
        var gripper = fields.Fields("gripper", "'gripper'") is { } g ? GripperReader.Read(g) : null;
        var head = fields.Fields("head", "'head'") is { } h ? HeadReader.Read(h) : null;
        var lidar = fields.OptionalFields("lidar", "'lidar'") is { } l ? ReadLidar(l) : null;
        var postures = arm is null ? [] : PostureReader.Read(fields, arm);
        fields.End();
        return drive is null || arm is null || gripper is null || head is null ? null : new(name, drive, body, arm, gripper, head, postures) { Lidar = lidar };
    }

    private static (BaseDescription? Base, ImmutableArray<Shape> Body) ReadBase(FieldReader? fields)
    {
        if (fields is null) return (null, []);
        var footprint = fields.Vector("footprint", 2, 0.1, 2);
        var drive = fields.OptionalFlag("fixed") == true ? BaseDescription.Fixed(footprint[0], footprint[1]) : new BaseDescription(footprint[0], footprint[1], fields.Number("mass", 1, 1000), fields.Number("max_speed", 0.01, 3), fields.Number("max_turn", 0.01, 6),
            fields.Number("acceleration", 0.01, 10), fields.Number("turn_acceleration", 0.01, 20));
        var body = ShapeReader.ReadAll(fields, "shapes");
        foreach (var (shape, place) in body.Zip(ShapeReader.Places(fields, "shapes")))
            if (shape.Solid && SticksOut(shape, drive))
                fields.Bag.Error(Codes.OutsideFootprint, place, "this solid shape reaches beyond the base's footprint, which is what drives around obstacles", "make the footprint larger");
        fields.End();
        return (drive, body);
    }

    private static LidarDescription ReadLidar(FieldReader fields)
    {
        var range = fields.Range("range", 0, 100);
        var lidar = new LidarDescription(
            fields.Position("at"), fields.Integer("beams", 1, 5000), fields.Number("field", 0.01, 2 * Math.PI), fields.Number("noise", 0, 1), range.Low, range.High);
        fields.End();
        return lidar;
    }

    private static bool SticksOut(Shape shape, BaseDescription drive)
    {
        var half = shape.HalfExtents();
        const double tolerance = 0.005;
        return Math.Abs(shape.Pose.Position.X) + half.X > (drive.FootprintLength / 2) + tolerance || Math.Abs(shape.Pose.Position.Y) + half.Y > (drive.FootprintWidth / 2) + tolerance;
    }
}
