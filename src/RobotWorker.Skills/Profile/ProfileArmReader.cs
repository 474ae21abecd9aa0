using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.Skills.Profile;

/// <summary>Reads the arm's joints and postures, and the gripper, of a profile.</summary>
internal static class ProfileArmReader
{
    private const double LargestAngle = 2 * Math.PI;

    /// <summary>What the skills move to by name.</summary>
    private static readonly ImmutableArray<string> Needed = ["carry"];

    public static (ImmutableArray<string> Joints, ImmutableSortedDictionary<string, ImmutableArray<double>> Postures) Read(FieldReader profile)
    {
        var none = ImmutableSortedDictionary.Create<string, ImmutableArray<double>>(StringComparer.Ordinal);
        if (profile.Fields("arm", "'arm'") is not { } fields) return ([], none);
        var nodes = fields.List("joints");
        var joints = fields.OptionalTexts("joints");
        if (fields.Has("joints") && nodes.Count == 0 && fields.Mapping["joints"] is ListNode)
            fields.Bag.Error(Codes.WrongLength, fields.PlaceOf("joints"), "the arm has no joints", "name them from the base outwards, as the trajectory controller does");
        foreach (var (joint, place) in joints.Zip(nodes.Select(n => n.Place)).Where((j, i) => j.First.Length > 0 && joints.IndexOf(j.First) < i))
            fields.Bag.Error(Codes.GivenTwice, place, $"the joint '{joint}' is given twice");
        var postures = ReadPostures(fields, joints.Length);
        fields.End();
        return (joints, none.AddRange(postures));
    }

    public static (string Joint, GripperProfile Gripper) ReadGripper(FieldReader profile)
    {
        var nothing = new GripperProfile(0, 0, 0, 0, 0);
        if (profile.Fields("gripper", "'gripper'") is not { } fields) return ("", nothing);
        var joint = fields.Text("joint");
        var gripper = new GripperProfile(
            fields.Number("open_width", 0.001, 1), fields.Number("empty_width", 0, 1), fields.Number("grasp_force", 0.1, 1000),
            fields.Number("hold_force", 0.01, 1000), fields.Number("finger_reach", 0, 0.5));
        if (gripper.OpenWidth > 0 && gripper.EmptyWidth >= gripper.OpenWidth)
            fields.Bag.Error(
                Codes.OutOfRange, fields.PlaceOf("empty_width"), $"'empty_width' is {gripper.EmptyWidth:0.###} m and 'open_width' {gripper.OpenWidth:0.###} m",
                "below empty_width the closed gripper holds nothing: it is a little above fully closed");
        if (gripper.GraspForce > 0 && gripper.HoldForce >= gripper.GraspForce)
            fields.Bag.Error(
                Codes.OutOfRange, fields.PlaceOf("hold_force"), $"'hold_force' is {gripper.HoldForce:0.###} N and 'grasp_force' {gripper.GraspForce:0.###} N",
                "the pads press with grasp_force and are taken to hold from hold_force on, which is less");
        fields.End();
        return (joint, gripper);
    }

    private static Dictionary<string, ImmutableArray<double>> ReadPostures(FieldReader arm, int joints)
    {
        if (arm.Fields("postures", "'postures'") is not { } fields) return [];
        var postures = fields.Mapping.Fields.ToDictionary(f => f.Name, f =>
        {
            FieldReader.ToName(f.Name, f.Place, fields.Bag);
            return joints == 0 ? [] : fields.Vector(f.Name, joints, -LargestAngle, LargestAngle);
        });
        foreach (var name in Needed.Where(n => !fields.Has(n)))
            fields.Bag.Error(Codes.NoPosture, fields.Place, $"the posture '{name}' is missing", "the skills fold the arm into it before the base drives");
        return postures;
    }
}
