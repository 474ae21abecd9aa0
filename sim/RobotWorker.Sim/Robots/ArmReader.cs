using RobotWorker.Diagnostics;
using RobotWorker.Motion;

namespace RobotWorker.Sim.Robots;

/// <summary>Reads the arm: its foot, then joint by joint.</summary>
internal static class ArmReader
{
    private const double LargestAngle = 2 * Math.PI;

    public static ArmDescription? Read(FieldReader fields)
    {
        var arm = new ArmDescription(fields.Position("mount"), ShapeReader.ReadAll(fields, "foot"), [.. fields.List("joints").Select((n, i) => ReadJoint(n, i + 1, fields.Bag)).OfType<ArmJoint>()])
        {
            Approach = fields.OptionalNumber("approach", 0.02, 0.5) ?? ArmDescription.UsualApproach,
        };
        if (fields.Has("joints") && arm.Joints.Length == 0 && !fields.Bag.HasErrors)
            fields.Bag.Error(Codes.WrongLength, fields.PlaceOf("joints"), "the arm has no joints", "five reach a place from above, six with any direction, seven leave one to spare");
        fields.End();
        return arm;
    }

    private static ArmJoint? ReadJoint(DocumentNode node, int number, DiagnosticBag bag)
    {
        if (FieldReader.Over(node, $"arm joint {number}", bag) is not { } fields) return null;
        var limits = fields.Range("limits", -LargestAngle, LargestAngle);
        var joint = new ArmJoint(fields.Frame("at"), limits.Low, limits.High, fields.Number("velocity", 0.01, 20), fields.Number("acceleration", 0.01, 200),
            fields.Number("effort", 0.1, 1000), fields.Number("stiffness", 1, 100_000), fields.Number("mass", 0.01, 100), ShapeReader.ReadAll(fields, "shapes"))
        {
            Damping = fields.OptionalNumber("damping", 0, 100) ?? ArmJoint.UsualDamping, Armature = fields.OptionalNumber("armature", 1e-4, 10) ?? ArmJoint.UsualArmature,
        };
        fields.End();
        return joint;
    }
}
