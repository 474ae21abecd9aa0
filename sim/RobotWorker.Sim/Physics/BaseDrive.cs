using RobotWorker.MuJoCo;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Physics;

/// <summary>Velocity in base_link: metres a second forward and to the left, radians a second to the left.</summary>
public readonly record struct PlanarVelocity(double X, double Y, double Turn)
{
    public static PlanarVelocity Zero => default;

    public double Speed => Math.Sqrt((X * X) + (Y * Y));
}

/// <summary>
/// The holonomic wheels: a commanded velocity reached within the acceleration limits. Like a drive with encoders, each axis also closes the loop over
/// the way it should have gone, so that the arm's reactions do not push a standing base away.
/// </summary>
public sealed class BaseDrive
{
    // How fast way lost is made good, per second; and how much way may be owed, so that a blocked base does not leap when freed.
    private const double WayGain = 8;
    private const double MostWayOwed = 0.01;

    private readonly MjData data;
    private readonly BaseDescription limits;
    private readonly int qpos, dof, actuator;
    private PlanarVelocity target, reference;
    private double x, y, yaw;
    private bool held;

    internal BaseDrive(MjModel model, MjData data, RobotJoints joints, BaseDescription limits)
    {
        _ = joints;
        (this.data, this.limits) = (data, limits);
        var joint = model.Id(MjObject.Joint, "base_x");
        (qpos, dof) = (model.JointQposAddress(joint), model.JointDofAddress(joint));
        actuator = model.Id(MjObject.Actuator, "base_x");
    }

    /// <summary>Of base_link in the map; yaw is not wrapped.</summary>
    public PlanarPose Pose => new(data.Qpos[qpos], data.Qpos[qpos + 1], data.Qpos[qpos + 2]);

    /// <summary>As measured.</summary>
    public PlanarVelocity Velocity
    {
        get
        {
            var (sin, cos) = Math.SinCos(data.Qpos[qpos + 2]);
            var (vx, vy) = (data.Qvel[dof], data.Qvel[dof + 1]);
            return new((cos * vx) + (sin * vy), (cos * vy) - (sin * vx), data.Qvel[dof + 2]);
        }
    }

    /// <summary>Brought to rest and kept there: no command is taken until it is released.</summary>
    public bool IsHeld => held;

    /// <summary>Asks for a velocity; it is cut to the base's limits and kept until another is asked for.</summary>
    public void SetVelocity(double vx, double vy, double wz)
    {
        if (held) return;
        var speed = Math.Sqrt((vx * vx) + (vy * vy));
        var scale = speed > limits.MaxSpeed ? limits.MaxSpeed / speed : 1;
        target = new(vx * scale, vy * scale, Math.Clamp(wz, -limits.MaxTurn, limits.MaxTurn));
    }

    internal void Place(PlanarPose pose)
    {
        (x, y, yaw) = (pose.X, pose.Y, pose.Yaw);
        data.Qpos[qpos] = x;
        data.Qpos[qpos + 1] = y;
        data.Qpos[qpos + 2] = yaw;
    }

    internal void Hold()
    {
        target = PlanarVelocity.Zero;
        held = true;
    }

    internal void Release() => held = false;

    internal void Drive()
    {
        // A held base brakes twice as hard as it accelerates.
        var step = SimWorld.StepSeconds * (held ? 2 : 1);
        var (dx, dy) = (target.X - reference.X, target.Y - reference.Y);
        var change = Math.Sqrt((dx * dx) + (dy * dy));
        var share = change > limits.Acceleration * step ? limits.Acceleration * step / change : 1;
        reference = new(reference.X + (dx * share), reference.Y + (dy * share), Toward(reference.Turn, target.Turn, limits.TurnAcceleration * step));

        var here = Pose;
        var (sin, cos) = Math.SinCos(here.Yaw);
        var (vx, vy) = ((cos * reference.X) - (sin * reference.Y), (sin * reference.X) + (cos * reference.Y));
        x = Owed(x + (vx * SimWorld.StepSeconds), here.X);
        y = Owed(y + (vy * SimWorld.StepSeconds), here.Y);
        yaw = Owed(yaw + (reference.Turn * SimWorld.StepSeconds), here.Yaw);
        data.Ctrl[actuator] = vx + (WayGain * (x - here.X));
        data.Ctrl[actuator + 1] = vy + (WayGain * (y - here.Y));
        data.Ctrl[actuator + 2] = reference.Turn + (WayGain * (yaw - here.Yaw));
    }

    private static double Owed(double wanted, double here) => Math.Clamp(wanted, here - MostWayOwed, here + MostWayOwed);

    private static double Toward(double from, double to, double most) => from + Math.Clamp(to - from, -most, most);
}
