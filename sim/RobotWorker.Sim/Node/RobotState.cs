using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RobotWorker.Sim.Controllers.Floor;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Sensors;
using RobotWorker.Time;

namespace RobotWorker.Sim.Node;

/// <summary>The robot's newest readings, taken once every control period and shared by controllers and publishers. They are measured: each with its noise.</summary>
internal sealed class RobotState
{
    // Standard deviations: radians, radians a second, newton metres; metres, metres a second, newtons, degrees, amperes.
    private const double Angle = 2e-5, Rate = 5e-4, Torque = 0.05;
    private const double Width = 1e-5, Speed = 1e-4, Force = 0.05, Celsius = 0.05, Current = 0.01;

    private readonly SimWorld world;
    private readonly ErrorStream joints, gripper;
    private readonly WheelOdometry? odometry;
    private readonly Localization? localization;
    private long period;

    public RobotState(SimWorld world, SensorErrors sensors)
    {
        this.world = world;
        joints = sensors.Of("joints/noise");
        gripper = sensors.Of("gripper/noise");
        if (!world.Robot.Base.IsFixed)
        {
            odometry = new(world, sensors);
            localization = new(world, odometry, sensors);
        }
        Now = Read(null);
    }

    public RobotReadings Now { get; private set; }

    /// <summary>The standard deviation that localisation claims on each axis, metres.</summary>
    public double Deviation => localization?.Deviation ?? 0;

    /// <summary>A control period later.</summary>
    public void Update()
    {
        odometry?.Step();
        if (++period % LocalizationPeriods == 0) localization?.Step();
        Now = Read(Now);
    }

    /// <summary>The simulator's clock: counted in steps, so that it does not drift.</summary>
    public static RobotTime TimeOf(SimWorld world) => new((long)Math.Round(world.Steps * (SimWorld.StepSeconds * 1e9)));

    private static readonly int LocalizationPeriods = (int)Math.Round(Localization.PeriodSeconds / ControlPeriods.Length.TotalSeconds);

    private RobotReadings Read(RobotReadings? before)
    {
        var count = world.Arm.JointCount;
        var (arm, rates, efforts) = (new double[count], new double[count], new double[count]);
        var broken = world.Impairment.Joints;
        for (var j = 0; j < count; j++)
        {
            efforts[j] = world.Arm.Effort(j) + joints.Normal(Torque);
            // What repeats its last value repeats it to the last digit.
            if (before is not null && !broken.IsEmpty && world.Impairment.Joint(j + 1).EncoderStuck) arm[j] = before.Arm[j];
            else (arm[j], rates[j]) = (world.Arm.Encoder(j) + joints.Normal(Angle), world.Arm.EncoderRate(j) + joints.Normal(Rate));
        }
        return new(
            // Who stands for good was surveyed.
            OwnTime(), localization?.MapFromOdom ?? world.Base.Pose, odometry?.Pose ?? default, odometry?.Velocity ?? default,
            ImmutableCollectionsMarshal.AsImmutableArray(arm), ImmutableCollectionsMarshal.AsImmutableArray(rates), ImmutableCollectionsMarshal.AsImmutableArray(efforts),
            [world.Head.Pan + joints.Normal(Angle), world.Head.Tilt + joints.Normal(Angle)],
            [world.Head.PanVelocity + joints.Normal(Rate), world.Head.TiltVelocity + joints.Normal(Rate)], ReadGripper());
    }

    /// <summary>What the robot's clock shows; ROS knows no time before zero.</summary>
    private RobotTime OwnTime() => world.Impairment.ClockJump == 0 ? TimeOf(world) : new(Math.Max(0, (TimeOf(world) + TimeSpan.FromSeconds(world.Impairment.ClockJump)).Nanoseconds));

    // The pads press on each other at zero, and no caliper shows less.
    private GripperReading ReadGripper() => new(
        Math.Abs(world.Gripper.Width + gripper.Normal(Width)), world.Gripper.Velocity + gripper.Normal(Speed), world.Gripper.DemandedForce,
        world.Gripper.Force + gripper.Normal(Force), world.Gripper.Celsius + gripper.Normal(Celsius), world.Gripper.Current + gripper.Normal(Current));
}
