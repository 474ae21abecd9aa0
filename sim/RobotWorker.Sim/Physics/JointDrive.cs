using RobotWorker.MuJoCo;

namespace RobotWorker.Sim.Physics;

/// <summary>
/// Motor and encoder of one joint of the arm, as far as they may fail. The position loop closes over the encoder, which sits on the joint; its damping comes from
/// the motor's own sensor, so that a joint whose encoder is stuck runs away no faster than the loop lets it.
/// </summary>
internal sealed class JointDrive
{
    // What the whole torque heats a winding up by, and how fast.
    private const double FullLoadKelvin = 200;
    private const double TimeConstant = 15;

    private readonly MjModel model;
    private readonly MjData data;
    private readonly int qpos, dof, actuator;
    private readonly double stiffness, damping, effort, friction;
    private readonly MotorHeat heat = new(TimeConstant, FullLoadKelvin);
    private JointImpairment impairment = JointImpairment.None;
    private double share = 1, stuckAt;

    public JointDrive(MjModel model, MjData data, int qpos, int dof, int actuator, double effort)
    {
        (this.model, this.data, this.qpos, this.dof, this.actuator, this.effort) = (model, data, qpos, dof, actuator, effort);
        (stiffness, damping) = (model.ActuatorGain(actuator)[0], -model.ActuatorBias(actuator)[2]);
        friction = model.DofFrictionLoss[dof];
    }

    /// <summary>The servo's force is stiffness * (ctrl - q) - damping * v: with ctrl ahead by this share of the velocity the damping costs no lag. Seconds.</summary>
    public double Lead => damping / stiffness;

    public double Celsius => heat.Celsius;

    /// <summary>What the encoder says, radians.</summary>
    public double Position => impairment.EncoderStuck ? stuckAt : data.Qpos[qpos] + impairment.EncoderOffset;

    /// <summary>What the encoder's changes say, radians a second.</summary>
    public double Velocity => impairment.EncoderStuck ? 0 : data.Qvel[dof];

    /// <summary>What the amplifier's current says that the servo adds to gravity compensation, newton metres.</summary>
    public double Effort => share == 1 ? data.ActuatorForce[actuator] : Math.Clamp(data.ActuatorForce[actuator] / share, -effort, effort);

    public void Impair(JointImpairment now)
    {
        if (now.EncoderStuck && !impairment.EncoderStuck) stuckAt = Position;
        impairment = now;
        model.DofFrictionLoss[dof] = friction + now.Friction;
    }

    /// <param name="held">Its brake holds, whatever the motor can.</param>
    public void Drive(double target, bool held)
    {
        var left = held ? 1 : impairment.Torque * heat.Share;
        if (left != share) Weaken(left);
        if (share != 1) data.QfrcApplied[dof] *= share;
        data.Ctrl[actuator] = target - (Position - data.Qpos[qpos]);
    }

    /// <summary>A torque instead of the servo's, in newton metres: gravity is not taken off.</summary>
    public void Push(double torque)
    {
        if (share != 0) Weaken(0);
        data.QfrcApplied[dof] = torque;
    }

    public void Warm(double seconds) => heat.Step((data.ActuatorForce[actuator] + data.QfrcApplied[dof]) / effort, impairment.Celsius, seconds);

    private void Weaken(double left)
    {
        share = left;
        model.ActuatorGain(actuator)[0] = stiffness * left;
        var bias = model.ActuatorBias(actuator);
        (bias[1], bias[2]) = (-stiffness * left, -damping * left);
    }
}
