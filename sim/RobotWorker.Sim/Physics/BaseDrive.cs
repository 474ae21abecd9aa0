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
public sealed class BaseDrive : RobotBase
{
    // How fast way lost is made good, per second; and how much way may be owed, so that a blocked base does not leap when freed.
    private const double WayGain = 8;
    private const double MostWayOwed = 0.01;

    // A drive that is switched off still brakes a little: gears and bearings. Metres a second that its servo counts as a standstill.
    private const double CoastingDrag = 0.01;

    // Amperes while idle, at full speed, and a newton of thrust; and how they heat the winding.
    private const double IdleAmperes = 0.4, SpeedAmperes = 3, AmperesANewton = 0.01;
    private const double MostAmperes = 12;
    private const double FullLoadKelvin = 150;
    private const double TimeConstant = 20;

    private readonly MjData data;
    private readonly BaseDescription limits;
    private readonly int qpos, dof, actuator;
    private readonly MotorHeat heat = new(TimeConstant, FullLoadKelvin);
    private PlanarVelocity target, reference;
    private PlanarPose wheels, last;
    private double owedX, owedY, owedYaw;
    private double traction = 1, veer;
    private double current = IdleAmperes;
    private bool held, off, blocked;

    internal BaseDrive(MjModel model, MjData data, BaseDescription limits)
    {
        (this.data, this.limits) = (data, limits);
        var joint = model.Id(MjObject.Joint, "base_x");
        (qpos, dof) = (model.JointQposAddress(joint), model.JointDofAddress(joint));
        actuator = model.Id(MjObject.Actuator, "base_x");
    }

    public override PlanarPose Pose => new(data.Qpos[qpos], data.Qpos[qpos + 1], data.Qpos[qpos + 2]);

    public override PlanarPose Wheels => wheels;

    public override PlanarVelocity WheelVelocity
    {
        get
        {
            var truly = Velocity;
            return traction == 1 && veer == 0 ? truly : new(truly.X / traction, truly.Y / traction, (truly.Turn - (veer * (truly.X + truly.Y))) / traction);
        }
    }

    public override double Current => current;

    public override double Celsius => heat.Celsius;

    public override PlanarVelocity Velocity
    {
        get
        {
            var (sin, cos) = Math.SinCos(data.Qpos[qpos + 2]);
            var (vx, vy) = (data.Qvel[dof], data.Qvel[dof + 1]);
            return new((cos * vx) + (sin * vy), (cos * vy) - (sin * vx), data.Qvel[dof + 2]);
        }
    }

    public override PlanarVelocity Target => target;

    public override bool IsHeld => held;

    public override void SetVelocity(double vx, double vy, double wz)
    {
        if (held) return;
        var speed = Math.Sqrt((vx * vx) + (vy * vy));
        var most = limits.MaxSpeed * heat.Share;
        var scale = speed > most ? most / speed : 1;
        target = new(vx * scale, vy * scale, Math.Clamp(wz, -limits.MaxTurn, limits.MaxTurn));
    }

    internal override void Place(PlanarPose pose)
    {
        (wheels, last) = (pose, pose);
        data.Qpos[qpos] = pose.X;
        data.Qpos[qpos + 1] = pose.Y;
        data.Qpos[qpos + 2] = pose.Yaw;
    }

    internal override void Hold()
    {
        target = PlanarVelocity.Zero;
        held = true;
    }

    internal override void Release() => held = false;

    internal override void Drive()
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
        owedX = Owed(owedX + (vx * SimWorld.StepSeconds));
        owedY = Owed(owedY + (vy * SimWorld.StepSeconds));
        owedYaw = Owed(owedYaw + (reference.Turn * SimWorld.StepSeconds));
        if (off) Coast();
        else Push(vx + (WayGain * owedX), vy + (WayGain * owedY), reference.Turn + (WayGain * owedYaw));
        if (blocked) Resist();
    }

    internal override void Measure()
    {
        if (blocked) Stick();
        var here = Pose;
        var ownTurn = here.Yaw - last.Yaw - Veered(here.X - last.X, here.Y - last.Y);
        var (dx, dy, turned) = ((here.X - last.X) / traction, (here.Y - last.Y) / traction, ownTurn / traction);
        (owedX, owedY, owedYaw) = (Owed(owedX - dx), Owed(owedY - dy), Owed(owedYaw - turned));
        // The way is made in the base's own axes, which after a slip are not those that the wheels' sum believes in.
        var (sin, cos) = Math.SinCos(wheels.Yaw - last.Yaw);
        wheels = new(wheels.X + (cos * dx) - (sin * dy), wheels.Y + (sin * dx) + (cos * dy), wheels.Yaw + turned);
        last = here;
    }

    internal override void Impair(Impairment now)
    {
        traction = now.BaseTraction;
        if (off && !now.BaseDriveOff) (reference, owedX, owedY, owedYaw) = (PlanarVelocity.Zero, 0, 0, 0);
        (blocked, off, veer) = (now.BaseBlocked, now.BaseDriveOff, now.BaseVeer);
    }

    internal override void Warm(double? fault, double seconds)
    {
        var force = data.ActuatorForce.Slice(actuator, 2);
        var thrust = Math.Sqrt((force[0] * force[0]) + (force[1] * force[1]));
        current = off ? 0 : Math.Min(MostAmperes, IdleAmperes + (SpeedAmperes * WheelVelocity.Speed / limits.MaxSpeed) + (AmperesANewton * thrust));
        heat.Step(current / MostAmperes, fault, seconds);
    }

    /// <summary>Velocities of the wheels to those that the floor takes from them.</summary>
    private void Push(double vx, double vy, double turn)
    {
        data.Ctrl[actuator] = traction * vx;
        data.Ctrl[actuator + 1] = traction * vy;
        data.Ctrl[actuator + 2] = traction * (veer == 0 ? turn : turn + Veered(vx, vy));
    }

    private void Coast()
    {
        var velocity = data.Qvel.Slice(dof, 3);
        for (var i = 0; i < 3; i++)
        {
            // Unequal wheels turn the base without power too.
            var slip = velocity[i] - (i == 2 ? Veered(velocity[0], velocity[1]) : 0);
            data.Ctrl[actuator + i] = velocity[i] - Math.Clamp(slip, -CoastingDrag, CoastingDrag);
        }
    }

    /// <summary>
    /// What a way (or a velocity) in the map's axes turns the base by, beyond what its wheels believe. One of the four rolling wheels at the corners is worn: driving forward and
    /// driving to the left it falls behind the others, backward and to the right it turns the base the other way.
    /// </summary>
    private double Veered(double x, double y)
    {
        if (veer == 0) return 0;
        var (sin, cos) = Math.SinCos(last.Yaw);
        return veer * ((cos * x) + (sin * y) + (cos * y) - (sin * x));
    }

    /// <summary>What holds the base pushes back as hard as its drive pushes: else the arm would feel the drive's thrust in each step, before <see cref="Stick"/> takes it back.</summary>
    private void Resist()
    {
        var applied = data.QfrcApplied.Slice(dof, 3);
        for (var i = 0; i < 3; i++) applied[i] -= data.ActuatorForce[actuator + i];
    }

    /// <summary>What holds the base gives way to no force of its drive. MuJoCo's dry friction would: it is soft, and creeps.</summary>
    private void Stick()
    {
        (data.Qpos[qpos], data.Qpos[qpos + 1], data.Qpos[qpos + 2]) = (last.X, last.Y, last.Yaw);
        data.Qvel.Slice(dof, 3).Clear();
    }

    private static double Owed(double way) => Math.Clamp(way, -MostWayOwed, MostWayOwed);

    private static double Toward(double from, double to, double most) => from + Math.Clamp(to - from, -most, most);
}
