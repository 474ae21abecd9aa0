using System.Collections.Immutable;

namespace RobotWorker.Motion;

/// <summary>A robot as its URDF describes it: links joined into a tree. Metres, radians, seconds, newtons.</summary>
/// <param name="Root">The one link that is nobody's child.</param>
public sealed record RobotModel(string Name, string Root, ImmutableArray<RobotLink> Links, ImmutableArray<RobotJoint> Joints)
{
    /// <summary>The joint of that name, or null.</summary>
    public RobotJoint? Joint(string name) => Joints.FirstOrDefault(j => j.Name == name);

    /// <summary>The joint that carries a link, or null for the root and for a link that is not there.</summary>
    public RobotJoint? JointTo(string link) => Joints.FirstOrDefault(j => j.Child == link);

    public bool HasLink(string name) => Links.Any(l => l.Name == name);
}

/// <summary>A rigid part of the robot, with a frame of the same name.</summary>
public sealed record RobotLink(string Name);

/// <summary>How a joint lets its child move.</summary>
public enum JointType
{
    Fixed,

    /// <summary>Turns between limits, in radians.</summary>
    Revolute,

    /// <summary>Turns without limits.</summary>
    Continuous,

    /// <summary>Slides between limits, in metres.</summary>
    Prismatic,
}

/// <param name="Origin">The joint's frame in the parent link's, at position zero.</param>
/// <param name="Axis">Unit vector in the joint's frame; it turns or slides about or along it.</param>
/// <param name="Mimic">The joint it follows, or null.</param>
public sealed record RobotJoint(
    string Name, JointType Type, string Parent, string Child, Pose Origin, Vec3 Axis, JointLimits Limits, JointMimic? Mimic = null)
{
    public bool Moves => Type != JointType.Fixed;
}

/// <param name="Lower">Radians or metres; minus infinity for a continuous joint.</param>
/// <param name="Upper">Radians or metres; infinity for a continuous joint.</param>
/// <param name="Velocity">Radians or metres a second; infinity where the URDF gives none (zero is "none", as its tools read it).</param>
/// <param name="Effort">Newton metres or newtons.</param>
public sealed record JointLimits(double Lower, double Upper, double Velocity, double Effort)
{
    public static readonly JointLimits None = new(double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);

    public bool IsBounded => double.IsFinite(Lower) && double.IsFinite(Upper);

    public double Clamp(double position) => Math.Min(Math.Max(position, Lower), Upper);
}

/// <summary>position = <paramref name="Multiplier"/> * position of <paramref name="Joint"/> + <paramref name="Offset"/>.</summary>
public sealed record JointMimic(string Joint, double Multiplier, double Offset);
