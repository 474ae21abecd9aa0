using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.Sim.Robots;

/// <summary>Reads the named postures and holds them against the arm's limits.</summary>
internal static class PostureReader
{
    /// <summary>What the skills move to by name.</summary>
    public static readonly ImmutableArray<string> Needed = ["stow", "home", "carry"];

    public static ImmutableArray<Posture> Read(FieldReader robot, ArmDescription arm)
    {
        if (robot.Fields("postures", "'postures'") is not { } fields) return [];
        var postures = fields.Mapping.Fields.Select(f => ReadOne(fields, f, arm)).ToImmutableArray();
        foreach (var name in Needed.Where(n => !fields.Has(n)))
            fields.Bag.Error(Codes.NoPosture, fields.Place, $"the posture '{name}' is missing", $"a robot has {string.Join(", ", Needed)}, and more if it likes");
        return postures;
    }

    private static Posture ReadOne(FieldReader fields, DocumentField field, ArmDescription arm)
    {
        FieldReader.ToName(field.Name, field.Place, fields.Bag);
        var values = fields.Vector(field.Name, arm.Joints.Length);
        if (field.Value is not ListNode given || given.Items.Count != values.Length) return new(field.Name, values);
        for (var i = 0; i < values.Length; i++)
        {
            var (value, joint) = (values[i], arm.Joints[i]);
            if (joint.Lower <= joint.Upper && (value < joint.Lower || value > joint.Upper))
                fields.Bag.Error(Codes.PostureBeyondLimits, given.Items[i].Place,
                    $"posture '{field.Name}' puts arm joint {i + 1} to {value:0.###}", $"its limits are {joint.Lower:0.###} to {joint.Upper:0.###}");
        }
        return new(field.Name, values);
    }
}
