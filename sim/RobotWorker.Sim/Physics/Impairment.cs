using System.Collections.Immutable;
using RobotWorker.Motion;

namespace RobotWorker.Sim.Physics;

/// <summary>
/// What of the simulated robot is out of order at one moment, in physical quantities. A fault is a function from one impairment to the next; those of all active
/// faults are folded, beginning with <see cref="None"/>, so that several combine and the end of one leaves nothing behind but what physics keeps.
/// </summary>
public sealed record Impairment
{
    /// <summary>A whole robot.</summary>
    public static readonly Impairment None = new();

    /// <summary>Share of the gripper motor's force that reaches the fingers.</summary>
    public double GripperForce { get; init; } = 1;

    /// <summary>The fingers are stuck in their guides.</summary>
    public bool GripperJammed { get; init; }

    /// <summary>Share of the pads' friction that is left.</summary>
    public double PadFriction { get; init; } = 1;

    /// <summary>What the gripper's motor heats up to beyond its load, degrees Celsius.</summary>
    public double? GripperCelsius { get; init; }

    /// <summary>The process that offers the gripper has died.</summary>
    public bool GripperControllerDown { get; init; }

    /// <summary>Of the arm's joints that are not whole, by their number from 1.</summary>
    public ImmutableSortedDictionary<int, JointImpairment> Joints { get; init; } = ImmutableSortedDictionary<int, JointImpairment>.Empty;

    /// <summary>The arm's controller is dead.</summary>
    public bool ArmControllerDown { get; init; }

    /// <summary>The arm's controller has found something that it cannot go on with.</summary>
    public bool ArmControllerFault { get; init; }

    /// <summary>The arm's controller does not tell where it leads the joints.</summary>
    public bool ArmStateSilent { get; init; }

    /// <summary>What pushes the hand, newtons in the map's axes.</summary>
    public Vec3 HandPush { get; init; }

    /// <summary>The base's drive is switched off.</summary>
    public bool BaseDriveOff { get; init; }

    /// <summary>Share of the wheels' way that the base makes.</summary>
    public double BaseTraction { get; init; } = 1;

    /// <summary>What the base turns to the left for each metre that it drives forward or to the left, without its wheels knowing, radians a metre.</summary>
    public double BaseVeer { get; init; }

    /// <summary>Something holds the base.</summary>
    public bool BaseBlocked { get; init; }

    /// <summary>What the base's drive heats up to beyond its load, degrees Celsius.</summary>
    public double? BaseCelsius { get; init; }

    /// <summary>The most that is left in the battery, as a share of its capacity.</summary>
    public double BatteryCharge { get; init; } = 1;

    /// <summary>What failed cells lack, volts.</summary>
    public double BatteryVoltsLost { get; init; }

    /// <summary>The battery's electronics tell nothing.</summary>
    public bool BatterySilent { get; init; }

    /// <summary>What the battery heats up to beyond its load, degrees Celsius.</summary>
    public double? BatteryCelsius { get; init; }

    public bool CameraSilent { get; init; }

    public bool CameraFrozen { get; init; }

    /// <summary>What detections scatter by more than the detector does by itself: standard deviation on each axis, metres.</summary>
    public double CameraSigma { get; init; }

    /// <summary>How far to the left of where it is believed to look the camera looks, radians.</summary>
    public double CameraAngle { get; init; }

    /// <summary>How long its pictures are on their way, seconds.</summary>
    public double CameraDelay { get; init; }

    public bool LidarSilent { get; init; }

    public bool LidarFrozen { get; init; }

    /// <summary>Share of the lidar's beams that return nothing.</summary>
    public double LidarDirt { get; init; }

    /// <summary>Localisation has lost its map.</summary>
    public bool LocalizationLost { get; init; }

    /// <summary>How far off the place is that localisation has fallen for, metres.</summary>
    public double LocalizationJump { get; init; }

    /// <summary>Localisation has died: no pose, no transform from the map.</summary>
    public bool LocalizationSilent { get; init; }

    /// <summary>The process that offers navigation has died.</summary>
    public bool NavigationDown { get; init; }

    /// <summary>The process that offers navigation hangs.</summary>
    public bool NavigationHangs { get; init; }

    public bool OdometrySilent { get; init; }

    /// <summary>What odometry makes of the wheels' way.</summary>
    public double OdometryFactor { get; init; } = 1;

    /// <summary>Joint states are not published.</summary>
    public bool JointsSilent { get; init; }

    /// <summary>Transforms are not published.</summary>
    public bool TransformsSilent { get; init; }

    /// <summary>What the hardware tells of itself is not published.</summary>
    public bool DiagnosticsSilent { get; init; }

    /// <summary>Nothing passes between the robot and whoever commands it; what was sent meanwhile arrives afterwards.</summary>
    public bool LinkStalled { get; init; }

    /// <summary>What the computer's processor heats up to, degrees Celsius.</summary>
    public double? ComputerCelsius { get; init; }

    /// <summary>All that is free on its disk, bytes.</summary>
    public double DiskFree { get; init; } = double.PositiveInfinity;

    /// <summary>All the memory that is available, bytes.</summary>
    public double MemoryAvailable { get; init; } = double.PositiveInfinity;

    /// <summary>How far the robot's clock is off, seconds.</summary>
    public double ClockJump { get; init; }

    /// <summary>The button is pressed.</summary>
    public bool EmergencyStop { get; init; }

    /// <summary>The bumper's switch is closed.</summary>
    public bool Bumper { get; init; }

    /// <summary>One joint of the arm, as it is.</summary>
    public JointImpairment Joint(int number) => Joints.GetValueOrDefault(number, JointImpairment.None);

    /// <summary>The same with one joint of the arm changed.</summary>
    public Impairment WithJoint(int number, Func<JointImpairment, JointImpairment> change) => this with { Joints = Joints.SetItem(number, change(Joint(number))) };
}

/// <summary>What of a joint of the arm is out of order.</summary>
/// <param name="Torque">Share of its motor's torque that reaches the joint.</param>
/// <param name="EncoderStuck">Its encoder repeats its last value.</param>
/// <param name="EncoderOffset">By how much its encoder is off, radians.</param>
/// <param name="Celsius">What its motor heats up to beyond its load, degrees Celsius.</param>
/// <param name="Friction">Dry friction that it has beyond its own, newton metres.</param>
public sealed record JointImpairment(double Torque = 1, bool EncoderStuck = false, double EncoderOffset = 0, double? Celsius = null, double Friction = 0)
{
    public static readonly JointImpairment None = new();
}
