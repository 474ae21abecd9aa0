using RobotWorker.MuJoCo;
using RobotWorker.Sim.Robots;

namespace RobotWorker.Sim.Physics;

/// <summary>
/// The parallel gripper: its opening follows the commanded width at limited speed, with at most the commanded force. Closing on something it pushes
/// up to that force and stays.
/// </summary>
public sealed class GripperDrive
{
    // Force a metre of width error, newtons: at 60 N the fingers stand 12 mm short of their command.
    private const double Stiffness = 5000;
    private const double Damping = 60;
    private const double FilterSeconds = 0.02;

    // What the whole force heats the winding up by, and how fast.
    private const double FullLoadKelvin = 40;
    private const double TimeConstant = 8;

    // Amperes while it stands, and at its whole force.
    private const double IdleAmperes = 0.05, FullAmperes = 1.5;

    // Below this opening the fingers stand at their stop, which then bears the force instead of the pads.
    private const double ClosedMetres = 0.001;

    private readonly MjModel model;
    private readonly MjData data;
    private readonly GripperDescription limits;
    private readonly MotorHeat heat = new(TimeConstant, FullLoadKelvin);
    private readonly int left, right, leftDof, rightDof, actuator;
    private readonly bool[] isLeftPad, isRightPad;
    private readonly (int Geom, double[] Friction)[] pads;
    private double reference, target, force, filtered;
    private double jammedLeft, jammedRight;
    private bool jammed;
    private double? opening;

    internal GripperDrive(MjModel model, MjData data, GripperDescription limits)
    {
        (this.model, this.data, this.limits) = (model, data, limits);
        var (l, r) = (model.Id(MjObject.Joint, "finger_left_joint"), model.Id(MjObject.Joint, "finger_right_joint"));
        (left, leftDof) = (model.JointQposAddress(l), model.JointDofAddress(l));
        (right, rightDof) = (model.JointQposAddress(r), model.JointDofAddress(r));
        actuator = model.Id(MjObject.Actuator, "gripper_joint");
        isLeftPad = GeomsOf(model, "finger_left");
        isRightPad = GeomsOf(model, "finger_right");
        pads = [.. PadsOf(isLeftPad), .. PadsOf(isRightPad)];
        force = limits.MaxForce;
    }

    /// <summary>Distance of the pads, metres; 0 also where they press on each other.</summary>
    public double Width => Math.Max(0, data.Qpos[left] + data.Qpos[right]);

    /// <summary>Metres a second; negative while closing.</summary>
    public double Velocity => data.Qvel[leftDof] + data.Qvel[rightDof];

    /// <summary>What the pads feel, newtons: the mean of the two sides' normal forces over the last 20 ms. Never negative.</summary>
    public double Force => filtered;

    /// <summary>The last commanded width, metres.</summary>
    public double CommandedWidth => Math.Max(0, target);

    /// <summary>What the regulator demands of the motor to close, newtons at each pad; 0 while it opens. A whole motor gives the pads as much when they stand.</summary>
    public double DemandedForce { get; private set; }

    /// <summary>The last commanded force, newtons.</summary>
    public double CommandedForce => force;

    /// <summary>Share of the motor's force that reaches the fingers: 1 when whole. A fault lowers it.</summary>
    public double ForceFraction { get; set; } = 1;

    /// <summary>Of the motor, amperes: what the regulator demands.</summary>
    public double Current => IdleAmperes + (FullAmperes * DemandedForce / limits.MaxForce);

    /// <summary>Of the motor, degrees Celsius.</summary>
    public double Celsius => heat.Celsius;

    /// <summary>Asks for an opening (cut to 0 and the widest) with at most this force at each pad. Allowed while braked: a grip is kept, or let go by will.</summary>
    public void Command(double widthMetres, double maxForceNewtons)
    {
        // Closed means pressing: with nothing between them the fingers press on each other, and the motor shows whether it can.
        target = widthMetres <= 0 ? -limits.MaxForce / Stiffness : Math.Min(widthMetres, limits.Opening);
        force = Math.Clamp(maxForceNewtons, 0, limits.MaxForce);
    }

    /// <summary>The fingers are moved by this force and nothing else from now on, newtons at each pad, towards open: no command counts any more.</summary>
    public void SetForce(double newtons) => opening = Math.Clamp(newtons, -limits.MaxForce, limits.MaxForce);

    /// <summary>Whether a geom belongs to the left or the right finger.</summary>
    internal (bool Left, bool Right) Touches(int geom) => (isLeftPad[geom], isRightPad[geom]);

    internal void Place(double width)
    {
        (target, reference) = (width, width);
        data.Qpos[left] = data.Qpos[right] = width / 2;
    }

    internal void Drive()
    {
        if (opening is { } pushed)
        {
            data.Ctrl[actuator] = pushed;
            return;
        }
        var most = limits.Speed * SimWorld.StepSeconds;
        var (before, width) = (reference, Width);
        reference += Math.Clamp(target - reference, -most, most);
        // The reference never runs further ahead than the force can pull, so that the grip answers at once to a new command.
        reference = Math.Clamp(reference, width - (force / Stiffness), width + (force / Stiffness));
        var speed = (reference - before) / SimWorld.StepSeconds;
        var wanted = (Stiffness * (reference - width)) + (Damping * (speed - Velocity));
        var demanded = Math.Clamp(wanted, -force, force);
        DemandedForce = Math.Max(0, -demanded);
        data.Ctrl[actuator] = ForceFraction * heat.Share * demanded;
    }

    internal void Impair(Impairment now)
    {
        if (now.GripperJammed && !jammed) (jammedLeft, jammedRight) = (data.Qpos[left], data.Qpos[right]);
        (ForceFraction, jammed) = (now.GripperForce, now.GripperJammed);
        foreach (var (geom, whole) in pads) Wear(geom, whole, now.PadFriction);
    }

    internal void Warm(double? fault, double seconds) => heat.Step(DemandedForce / limits.MaxForce, fault, seconds);

    internal void Measure()
    {
        if (jammed) Stick();
        double onLeft = 0, onRight = 0;
        var contacts = data.Contacts;
        for (var i = 0; i < contacts.Count; i++)
        {
            var contact = contacts[i];
            if (isLeftPad[contact.Geom1] || isLeftPad[contact.Geom2]) onLeft += data.ContactNormalForce(i);
            else if (isRightPad[contact.Geom1] || isRightPad[contact.Geom2]) onRight += data.ContactNormalForce(i);
        }
        // Jammed guides bear it instead, and the stop feels nothing.
        if (Width < ClosedMetres && !jammed) (onLeft, onRight) = (Math.Max(0, data.QfrcConstraint[leftDof]), Math.Max(0, data.QfrcConstraint[rightDof]));
        filtered += (((onLeft + onRight) / 2) - filtered) * (SimWorld.StepSeconds / FilterSeconds);
    }

    /// <summary>Of two that touch, MuJoCo takes the rougher: smooth pads would still hold a rough cup, so that worn ones speak for both.</summary>
    private void Wear(int pad, double[] whole, double share)
    {
        var friction = model.GeomFriction(pad);
        for (var i = 0; i < whole.Length; i++) friction[i] = whole[i] * share;
        model.GeomPriority[pad] = share == 1 ? 0 : 1;
    }

    /// <summary>The tiles of a finger's pad: all of it but its stem, which is its first geom.</summary>
    private IEnumerable<(int Geom, double[] Friction)> PadsOf(bool[] finger) =>
        Enumerable.Range(0, finger.Length).Where(geom => finger[geom]).Skip(1).Select(geom => (geom, model.GeomFriction(geom).ToArray()));

    /// <summary>Jammed guides give way to no force. MuJoCo's dry friction would: it is soft, and creeps.</summary>
    private void Stick()
    {
        (data.Qpos[left], data.Qpos[right]) = (jammedLeft, jammedRight);
        data.Qvel[leftDof] = data.Qvel[rightDof] = 0;
    }

    private static bool[] GeomsOf(MjModel model, string body)
    {
        var id = model.Id(MjObject.Body, body);
        return [.. Enumerable.Range(0, model.Ngeom).Select(g => model.GeomBody(g) == id)];
    }
}
