using RobotWorker.Diagnostics;

namespace RobotWorker.Sim.Robots;

/// <summary>Reads the gripper and its pads.</summary>
internal static class GripperReader
{
    public static GripperDescription? Read(FieldReader fields)
    {
        var (mount, tool, palm) = (fields.Frame("at"), fields.Number("tool_z", 0.01, 0.5), fields.Number("palm_z", 0, 0.5));
        var (opening, force, speed) = (fields.Number("opening", 0.005, 0.5), fields.Number("max_force", 0.1, 1000), fields.Number("speed", 0.001, 1));
        var (mass, fingerMass) = (fields.Number("mass", 0.01, 20), fields.Number("finger_mass", 0.005, 5));
        var armature = fields.OptionalNumber("finger_armature", 1e-3, 100) ?? GripperDescription.UsualArmature;
        var shapes = ShapeReader.ReadAll(fields, "shapes");
        var pad = fields.Fields("pad", "'pad'") is { } p ? ReadPad(p) : null;
        fields.End();
        if (pad is null) return null;
        if (fields.Has("tool_z") && fields.Has("palm_z") && tool - (pad.Length / 2) <= palm)
            fields.Bag.Error(Codes.NoFingers, fields.PlaceOf("tool_z"), $"the pads (half of {pad.Length:0.###} m above tool_z) begin inside the palm", "make tool_z larger than palm_z and half the pad's length");
        return new(mount, tool, palm, opening, force, speed, mass, fingerMass, shapes, pad) { FingerArmature = armature };
    }

    private static PadDescription ReadPad(FieldReader fields)
    {
        var pad = new PadDescription(fields.Number("width", 0.002, 0.2), fields.Number("length", 0.002, 0.2), fields.Number("thickness", 0.002, 0.1),
            fields.Number("friction", 0.01, 5), fields.Number("torsional_friction", 0, 1));
        fields.End();
        return pad;
    }
}
