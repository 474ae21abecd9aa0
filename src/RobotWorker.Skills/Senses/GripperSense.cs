using System.Globalization;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// What the gripper holds. Holding is an opening above empty and a force, whatever any status says; which object it is follows from what was
/// grasped for, unless the camera has since seen that object elsewhere.
/// </summary>
internal sealed class GripperSense(RobotProfile profile, SiteMap site, JointSense joints, FactGate gate)
{
    // A gripper's own tolerance: GripperCommand controllers end within 1 to 3 mm.
    private const double SameWidth = 0.003;

    /// <summary>What the fingers closed on, or were about to, and when; null once it was let go.</summary>
    public (string Object, RobotTime At)? Grasped { get; private set; }

    /// <summary>What it was last told to hold, or null.</summary>
    public string? Holding { get; private set; }

    /// <summary>The pads press on something.</summary>
    public bool Grips => joints.HasHeard && joints.GripperWidth > profile.Gripper.EmptyWidth && joints.GripperForce >= profile.Gripper.HoldForce;

    /// <summary>Nothing can be between the pads: fully closed, or open and pressing on nothing.</summary>
    public bool IsEmpty => joints.HasHeard && !Grips && (joints.GripperWidth <= profile.Gripper.EmptyWidth || joints.GripperForce < profile.Gripper.HoldForce / 2);

    /// <summary>The fingers now close on this object: what they will hold is taken to be it.</summary>
    public void GraspFor(string objectName, RobotTime now) => Grasped = (objectName, now);

    /// <summary>The object was let go on purpose.</summary>
    public void Released() => Grasped = null;

    public void Tell(Func<string, RobotTime, bool> seenElsewhere)
    {
        if (!joints.HasHeard) return;
        var evidence = $"opening {joints.GripperWidth * 1000:0.0} mm, force {joints.GripperForce:0.0} N";
        gate.Post(new(Atom.Of("empty", "gripper"), IsEmpty ? Truth.True : Grips ? Truth.False : Truth.Unknown, joints.At, "gripper", Evidence: evidence));
        // There are as many widths as numbers: only those that somebody asks for are told.
        foreach (var atom in gate.Awaited)
            if (atom.Predicate == "opening" && double.TryParse(atom.Arguments[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var width))
                gate.Post(new(atom, Math.Abs(joints.GripperWidth - width) <= SameWidth ? Truth.True : Truth.False, joints.At, "gripper", Evidence: evidence));
        Holding = null;
        foreach (var known in site.Objects)
        {
            var held = Holds(known.Name, seenElsewhere);
            if (held == Truth.True) Holding = known.Name;
            gate.Post(new(Atom.Of("holding", "robot", known.Name), held, joints.At, "gripper", Evidence: evidence));
        }
    }

    private Truth Holds(string name, Func<string, RobotTime, bool> seenElsewhere)
    {
        if (IsEmpty) return Truth.False;
        if (!Grips) return Truth.Unknown;
        if (Grasped is not { } grasped) return Truth.Unknown;
        if (grasped.Object != name) return Truth.False;
        return seenElsewhere(name, grasped.At) ? Truth.False : Truth.True;
    }
}
