using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Sensors;

/// <summary>Dead reckoning: the way of the wheels added up, with an error that grows with the way. It sees no slip.</summary>
internal sealed class WheelOdometry
{
    /// <summary>Standard deviation after a metre, metres and radians; it grows with the root of the way.</summary>
    private const double WayError = 0.008, TurnError = 0.004;

    /// <summary>Of the wheels' speed, metres and radians a second.</summary>
    private const double SpeedError = 0.0005;

    private readonly SimWorld world;
    private readonly ErrorStream errors;
    private PlanarPose last;

    public WheelOdometry(SimWorld world, SensorErrors sensors)
    {
        this.world = world;
        errors = sensors.Of("odometry/noise");
        Pose = last = world.Base.Wheels;
    }

    /// <summary><c>base_link</c> in <c>odom</c>. It begins where localisation has the robot begin.</summary>
    public PlanarPose Pose { get; private set; }

    /// <summary>In <c>base_link</c>.</summary>
    public PlanarVelocity Velocity { get; private set; }

    /// <summary>Called once every control period.</summary>
    public void Step()
    {
        var factor = world.Impairment.OdometryFactor;
        var made = last.Inverse() * world.Base.Wheels;
        last = world.Base.Wheels;
        var way = Math.Sqrt(Math.Sqrt((made.X * made.X) + (made.Y * made.Y)));
        var turn = Math.Sqrt(Math.Abs(made.Yaw));
        Pose *= new PlanarPose(
            (factor * made.X) + errors.Normal(WayError * way), (factor * made.Y) + errors.Normal(WayError * way), (factor * made.Yaw) + errors.Normal(TurnError * (way + turn)));
        var speed = world.Base.WheelVelocity;
        Velocity = new(
            (factor * speed.X) + errors.Normal(SpeedError), (factor * speed.Y) + errors.Normal(SpeedError), (factor * speed.Turn) + errors.Normal(SpeedError));
    }
}
