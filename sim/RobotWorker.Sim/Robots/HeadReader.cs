using RobotWorker.Diagnostics;

namespace RobotWorker.Sim.Robots;

/// <summary>Reads the camera's mast head.</summary>
internal static class HeadReader
{
    public static HeadDescription? Read(FieldReader fields)
    {
        var image = fields.Vector("image", 2, 16, 4096);
        var (mount, camera) = (fields.Position("mount"), fields.Position("camera"));
        var (view, range) = (fields.Number("field_of_view", 0.1, 2.5), fields.Number("range", 0.1, 20));
        var pan = fields.Fields("pan", "'pan'") is { } p ? ReadJoint(p) : null;
        var tilt = fields.Fields("tilt", "'tilt'") is { } t ? ReadJoint(t) : null;
        var shapes = ShapeReader.ReadAll(fields, "shapes");
        if (shapes.Any(s => s.Solid && s.Contains(camera)))
            fields.Bag.Error(Codes.BlindCamera, fields.PlaceOf("camera"), "the camera is inside a shape of the head and sees nothing", "move it out along x");
        fields.End();
        return pan is null || tilt is null ? null : new(mount, camera, view, (int)image[0], (int)image[1], range, pan, tilt, shapes);
    }

    private static HeadJoint ReadJoint(FieldReader fields)
    {
        var limits = fields.Range("limits", -Math.PI, Math.PI);
        var joint = new HeadJoint(limits.Low, limits.High, fields.Number("velocity", 0.01, 20));
        fields.End();
        return joint;
    }
}
