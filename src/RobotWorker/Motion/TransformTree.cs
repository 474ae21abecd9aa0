using System.Collections.Immutable;

namespace RobotWorker.Motion;

/// <summary>The robot's frames, from its URDF: which are fixed, which move with which joint, and where each is. Pure.</summary>
public sealed class TransformTree(RobotModel model)
{
    /// <summary>The frame that is no other's child: <c>base_link</c>.</summary>
    public string Root => model.Root;

    /// <summary>The fixed transforms: parent, child, child in parent.</summary>
    public ImmutableArray<(string Parent, string Child, Pose Pose)> Fixed { get; } =
        [.. model.Joints.Where(j => !j.Moves).Select(j => (j.Parent, j.Child, j.Origin))];

    /// <summary>The moving transforms for joint positions given by name (radians, metres); a mimic joint follows its leader.</summary>
    public IEnumerable<(string Parent, string Child, Pose Pose)> Moving(Func<string, double> position) =>
        model.Joints.Where(j => j.Moves).Select(j => (j.Parent, j.Child, InParent(j, position)));

    /// <summary>Those of the moving transforms that some joints move, by themselves or as the leader of a mimic.</summary>
    public IEnumerable<(string Parent, string Child, Pose Pose)> MovedBy(IReadOnlySet<string> joints, Func<string, double> position) =>
        model.Joints.Where(j => j.Moves && joints.Contains(j.Mimic?.Joint ?? j.Name)).Select(j => (j.Parent, j.Child, InParent(j, position)));

    /// <summary>Where a frame is in the URDF's root (<c>base_link</c>); null when the robot has no such frame.</summary>
    public Pose? InBase(string frame, Func<string, double> position)
    {
        if (!model.HasLink(frame)) return null;
        var pose = Pose.Identity;
        while (model.JointTo(frame) is { } joint)
        {
            pose = InParent(joint, position) * pose;
            frame = joint.Parent;
        }
        return pose;
    }

    private static Pose InParent(RobotJoint joint, Func<string, double> position)
    {
        if (!joint.Moves) return joint.Origin;
        var q = joint.Mimic is { } mimic ? (mimic.Multiplier * position(mimic.Joint)) + mimic.Offset : position(joint.Name);
        return joint.Origin * (joint.Type == JointType.Prismatic ? new(joint.Axis * q, Quat.Identity) : new(Vec3.Zero, Quat.FromAxisAngle(joint.Axis, q)));
    }
}
