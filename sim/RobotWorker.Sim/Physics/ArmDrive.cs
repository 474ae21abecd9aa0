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
    private readonly int qpos, dof, count;
    private readonly double[] position, velocity;
    private readonly JointDrive[] drives;
    private double[]? torques;
    private double sinceTarget;
    private bool held;

    internal ArmDrive(MjModel model, MjData data, RobotJoints joints, RobotDescription robot)
    {
        (this.data, this.robot) = (data, robot);
        count = joints.ArmCount;
        var joint = model.Id(MjObject.Joint, "arm_joint_1");
        (qpos, dof) = (model.JointQposAddress(joint), model.JointDofAddress(joint));
        var actuator = model.Id(MjObject.Actuator, "arm_joint_1");
        position = new double[count];
        velocity = new double[count];
        drives = [.. Enumerable.Range(0, count).Select(i => new JointDrive(model, data, qpos + i, dof + i, actuator + i, robot.Arm.Joints[i].Effort))];
    }

    public int JointCount => count;

    /// <summary>Where the joints are, radians, base first.</summary>
    public ReadOnlySpan<double> Positions => data.Qpos.Slice(qpos, count);

    /// <summary>Radians a second.</summary>
    public ReadOnlySpan<double> Velocities => data.Qvel.Slice(dof, count);

    /// <summary>Where a joint is by its encoder, radians; joints are counted from 0.</summary>
    public double Encoder(int joint) => drives[joint].Position;

    /// <summary>How fast a joint moves by its encoder, radians a second.</summary>
    public double EncoderRate(int joint) => drives[joint].Velocity;

    /// <summary>What a joint's servo adds to gravity compensation, newton metres, by its amplifier's current.</summary>
    public double Effort(int joint) => drives[joint].Effort;

    /// <summary>Of a joint's motor, degrees Celsius.</summary>
    public double Celsius(int joint) => drives[joint].Celsius;

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

    /// <summary>
    /// The joints are moved by these torques and nothing else from now on, newton metres, base first: whoever gives them carries the arm's weight too. Targets, brakes and faults of motors, which are
    /// those of the simulated servos, count no more.
    /// </summary>
    public void SetTorques(ReadOnlySpan<double> newtonMetres)
    {
        if (newtonMetres.Length != count) throw new ArgumentException($"the arm has {count} joints, not {newtonMetres.Length}");
        newtonMetres.CopyTo(torques ??= new double[count]);
    }

    internal void Place(IReadOnlyList<double> posture)
    {
        for (var i = 0; i < count; i++) data.Qpos[qpos + i] = position[i] = posture[i];
    }

    internal void Hold()
    {
        for (var i = 0; i < count; i++) position[i] = drives[i].Position;
        Array.Clear(velocity);
        held = true;
    }

    internal void Release() => held = false;

    internal void Impair(Impairment now)
    {
        for (var i = 0; i < count; i++) drives[i].Impair(now.Joint(i + 1));
    }

    internal void Warm(double seconds)
    {
        foreach (var drive in drives) drive.Warm(seconds);
    }

    internal void Drive()
    {
        if (torques is not null)
        {
            for (var i = 0; i < count; i++) drives[i].Push(torques[i]);
            return;
        }
        var carry = Math.Min(sinceTarget, CarryOnSeconds);
        var moving = sinceTarget < CarryOnSeconds;
        for (var i = 0; i < count; i++)
            drives[i].Drive(position[i] + (velocity[i] * (carry + (moving ? drives[i].Lead : 0))), held);
        sinceTarget += SimWorld.StepSeconds;
    }
}
