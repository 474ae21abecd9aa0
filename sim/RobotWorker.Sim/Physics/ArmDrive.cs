using RobotWorker.MuJoCo;
using RobotWorker.Sim.Robots;

namespace RobotWorker.Sim.Physics;

/// <summary>
/// Position servos of the arm with velocity feed-forward. Between two targets the set point goes on at the target's velocity, for at most
/// <see cref="CarryOnSeconds"/>: a controller that falls silent leaves the arm standing.
/// </summary>
public sealed class ArmDrive
{
    /// <summary>Two control periods of 10 ms.</summary>
    public const double CarryOnSeconds = 0.02;

    private readonly MjData data;
    private readonly RobotDescription robot;
    private readonly int qpos, dof, actuator, count;
    private readonly double[] position, velocity, lead;
    private double sinceTarget;
    private bool held;

    internal ArmDrive(MjModel model, MjData data, RobotJoints joints, RobotDescription robot)
    {
        (this.data, this.robot) = (data, robot);
        count = joints.ArmCount;
        var joint = model.Id(MjObject.Joint, "arm_joint_1");
        (qpos, dof) = (model.JointQposAddress(joint), model.JointDofAddress(joint));
        actuator = model.Id(MjObject.Actuator, "arm_joint_1");
        position = new double[count];
        velocity = new double[count];
        // The servo's force is stiffness * (ctrl - q) - damping * v: with ctrl ahead by this share of the velocity the damping costs no lag.
        lead = [.. Enumerable.Range(0, count).Select(i => -model.ActuatorBias(actuator + i)[2] / model.ActuatorGain(actuator + i)[0])];
    }

    public int JointCount => count;

    /// <summary>Radians, base first.</summary>
    public ReadOnlySpan<double> Positions => data.Qpos.Slice(qpos, count);

    /// <summary>Radians a second.</summary>
    public ReadOnlySpan<double> Velocities => data.Qvel.Slice(dof, count);

    /// <summary>What the servos add to gravity compensation, newton metres.</summary>
    public ReadOnlySpan<double> Efforts => data.ActuatorForce.Slice(actuator, count);

    /// <summary>The last target positions.</summary>
    public ReadOnlySpan<double> Targets => position;

    /// <summary>Asks for positions (cut to the joints' limits) that move on at these velocities.</summary>
    public void SetTarget(ReadOnlySpan<double> positions, ReadOnlySpan<double> velocities)
    {
        if (positions.Length != count || velocities.Length != count)
            throw new ArgumentException($"the arm has {count} joints, not {positions.Length} and {velocities.Length}");
        if (held) return;
        for (var i = 0; i < count; i++) position[i] = Math.Clamp(positions[i], robot.Arm.Joints[i].Lower, robot.Arm.Joints[i].Upper);
        velocities.CopyTo(velocity);
        sinceTarget = 0;
    }

    internal void Place(IReadOnlyList<double> posture)
    {
        for (var i = 0; i < count; i++) data.Qpos[qpos + i] = position[i] = posture[i];
    }

    internal void Hold()
    {
        Positions.CopyTo(position);
        Array.Clear(velocity);
        held = true;
    }

    internal void Release() => held = false;

    internal void Drive()
    {
        var carry = Math.Min(sinceTarget, CarryOnSeconds);
        var moving = sinceTarget < CarryOnSeconds;
        for (var i = 0; i < count; i++)
            data.Ctrl[actuator + i] = position[i] + (velocity[i] * (carry + (moving ? lead[i] : 0)));
        sinceTarget += SimWorld.StepSeconds;
    }
}
