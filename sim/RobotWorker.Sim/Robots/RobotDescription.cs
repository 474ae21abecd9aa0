using System.Collections.Immutable;
using RobotWorker.Motion;

namespace RobotWorker.Sim.Robots;

/// <summary>A manipulator as its YAML file describes it: a base, holonomic or screwed down, that carries an arm with a parallel gripper, and a camera on a mast.</summary>
/// <param name="Body">Everything that is fixed to the base: the chassis, the column, the mast.</param>
/// <param name="Postures">Named arm postures; <c>stow</c> is where every episode begins.</param>
public sealed record RobotDescription(
    string Name, BaseDescription Base, ImmutableArray<Shape> Body, ArmDescription Arm, GripperDescription Gripper, HeadDescription Head,
    ImmutableArray<Posture> Postures)
{
    /// <summary>The laser scanner on the base; null where it has none.</summary>
    public LidarDescription? Lidar { get; init; }

    /// <summary>Joint names of the arm, base first: <c>arm_joint_1</c> and so on.</summary>
    public ImmutableArray<string> ArmJointNames => [.. Enumerable.Range(1, Arm.Joints.Length).Select(i => $"arm_joint_{i}")];

    /// <summary>The posture of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ImmutableArray<double> Posture(string name) => Postures.FirstOrDefault(p => p.Name == name)?.Joints
        ?? throw new ArgumentException($"robot '{Name}' has no posture '{name}'; {Diagnostics.Nearest.Help(name, [.. Postures.Select(p => p.Name)])}", nameof(name));
}

/// <param name="FootprintLength">Metres along x, centred on base_link.</param>
/// <param name="FootprintWidth">Metres along y.</param>
/// <param name="MaxSpeed">Metres a second, in any direction.</param>
/// <param name="MaxTurn">Radians a second.</param>
/// <param name="Acceleration">Metres a second squared.</param>
/// <param name="TurnAcceleration">Radians a second squared.</param>
public sealed record BaseDescription(
    double FootprintLength, double FootprintWidth, double Mass, double MaxSpeed, double MaxTurn, double Acceleration, double TurnAcceleration)
{
    /// <summary>It stands where the scene begins with it, and has neither wheels nor battery: mass, speeds and accelerations are 0.</summary>
    public bool IsFixed { get; init; }

    public static BaseDescription Fixed(double footprintLength, double footprintWidth) => new(footprintLength, footprintWidth, 0, 0, 0, 0, 0) { IsFixed = true };
}

/// <param name="Mount">Of the first link, in base_link.</param>
/// <param name="Foot">Shapes of the link that is fixed to the mount.</param>
public sealed record ArmDescription(Vec3 Mount, ImmutableArray<Shape> Foot, ImmutableArray<ArmJoint> Joints)
{
    /// <summary>Of an arm of about a metre.</summary>
    public const double UsualApproach = 0.12;

    /// <summary>How far above a thing the tool comes before it goes straight down to it, metres: a small arm does not reach far up.</summary>
    public double Approach { get; init; } = UsualApproach;
}

/// <summary>A hinge about its own z axis and the link that it moves.</summary>
/// <param name="Origin">Its frame in the link before.</param>
/// <param name="Lower">Radians.</param>
/// <param name="Upper">Radians.</param>
/// <param name="Velocity">Largest speed, radians a second.</param>
/// <param name="Acceleration">Largest acceleration of a planned trajectory, radians a second squared.</param>
/// <param name="Effort">Largest torque, newton metres.</param>
/// <param name="Stiffness">Of the position servo, newton metres a radian.</param>
/// <param name="Mass">Of the link, kilograms.</param>
public sealed record ArmJoint(
    Pose Origin, double Lower, double Upper, double Velocity, double Acceleration, double Effort, double Stiffness, double Mass, ImmutableArray<Shape> Shapes)
{
    /// <summary>Of an arm of about a metre.</summary>
    public const double UsualDamping = 1, UsualArmature = 0.15;

    /// <summary>Viscous friction in the joint, newton metre seconds a radian.</summary>
    public double Damping { get; init; } = UsualDamping;

    /// <summary>Of the motor's rotor behind its gear, kilogram square metres.</summary>
    public double Armature { get; init; } = UsualArmature;
}

/// <summary>Two fingers that slide together along the hand's y axis.</summary>
/// <param name="Mount">Of the hand, in the last link of the arm; its z axis points along the approach.</param>
/// <param name="ToolZ">Where tool0 lies on the hand's z axis, metres.</param>
/// <param name="PalmZ">Where the fingers begin on it, metres.</param>
/// <param name="Opening">Widest distance of the pads, metres.</param>
/// <param name="MaxForce">Largest grip force at each pad, newtons.</param>
/// <param name="Speed">Largest speed of the opening, metres a second.</param>
/// <param name="FingerMass">Kilograms each.</param>
public sealed record GripperDescription(
    Pose Mount, double ToolZ, double PalmZ, double Opening, double MaxForce, double Speed, double Mass, double FingerMass, ImmutableArray<Shape> Shapes, PadDescription Pad)
{
    public const double UsualArmature = 0.2;

    /// <summary>Of the motor's rotor behind its gear, as each finger feels it, kilograms.</summary>
    public double FingerArmature { get; init; } = UsualArmature;
}

/// <param name="Width">Along the hand's x axis, metres.</param>
/// <param name="Length">Along the hand's z axis, centred on tool0, metres.</param>
/// <param name="Thickness">Of finger and pad together, metres.</param>
/// <param name="Friction">Sliding friction coefficient of the rubber.</param>
/// <param name="TorsionalFriction">Metres.</param>
public sealed record PadDescription(double Width, double Length, double Thickness, double Friction, double TorsionalFriction);

/// <param name="Mount">Of the pan joint, in base_link.</param>
/// <param name="Camera">Of the camera in the tilted head: position, looking along x.</param>
/// <param name="FieldOfView">Vertical, radians.</param>
/// <param name="Shapes">Of the tilted head.</param>
/// <param name="Range">How far the detector sees, metres.</param>
public sealed record HeadDescription(
    Vec3 Mount, Vec3 Camera, double FieldOfView, int ImageWidth, int ImageHeight, double Range, HeadJoint Pan, HeadJoint Tilt, ImmutableArray<Shape> Shapes)
{
    /// <summary>How far the tilt joint lies above the pan joint, metres.</summary>
    public const double TiltHeight = 0.05;

    /// <summary>Focal length in pixels, the same along both axes.</summary>
    public double FocalPixels => ImageHeight / 2.0 / Math.Tan(FieldOfView / 2);
}

/// <summary>A scanner with level beams, spread evenly about the base's heading.</summary>
/// <param name="Mount">In base_link.</param>
/// <param name="Field">What the beams cover, radians.</param>
/// <param name="Noise">Standard deviation of a range, metres.</param>
/// <param name="Nearest">What is nearer is not seen, metres.</param>
/// <param name="Farthest">What is farther is not seen, metres.</param>
public sealed record LidarDescription(Vec3 Mount, int Beams, double Field, double Noise, double Nearest, double Farthest)
{
    /// <summary>Its frame: z up, x along the base's heading.</summary>
    public const string Frame = "lidar";
}

/// <summary>Limits in radians, radians a second. Tilt looks down when positive.</summary>
public sealed record HeadJoint(double Lower, double Upper, double Velocity);

/// <param name="Joints">Arm joint positions, radians, base first.</param>
public sealed record Posture(string Name, ImmutableArray<double> Joints);
