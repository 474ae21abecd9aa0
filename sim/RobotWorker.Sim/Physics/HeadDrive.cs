using RobotWorker.MuJoCo;
using RobotWorker.Sim.Robots;

namespace RobotWorker.Sim.Physics;

/// <summary>Pan and tilt of the camera: position servos whose set points move at limited speed. Radians; tilt looks down when positive.</summary>
public sealed class HeadDrive
{
    private readonly MjData data;
    private readonly HeadDescription limits;
    private readonly int qpos, dof, actuator;
    private double panTarget, tiltTarget, pan, tilt;
    private bool held;

    internal HeadDrive(MjModel model, MjData data, HeadDescription limits)
    {
        (this.data, this.limits) = (data, limits);
        var joint = model.Id(MjObject.Joint, "head_pan_joint");
        (qpos, dof) = (model.JointQposAddress(joint), model.JointDofAddress(joint));
        actuator = model.Id(MjObject.Actuator, "head_pan_joint");
    }

    public double Pan => data.Qpos[qpos];

    public double Tilt => data.Qpos[qpos + 1];

    public double PanVelocity => data.Qvel[dof];

    public double TiltVelocity => data.Qvel[dof + 1];

    public double PanTarget => panTarget;

    public double TiltTarget => tiltTarget;

    /// <summary>Asks for a direction, cut to the joints' limits.</summary>
    public void SetTarget(double panRadians, double tiltRadians)
    {
        if (held) return;
        panTarget = Math.Clamp(panRadians, limits.Pan.Lower, limits.Pan.Upper);
        tiltTarget = Math.Clamp(tiltRadians, limits.Tilt.Lower, limits.Tilt.Upper);
    }

    internal void Hold()
    {
        (panTarget, tiltTarget) = (pan, tilt) = (Pan, Tilt);
        held = true;
    }

    internal void Release() => held = false;

    internal void Drive()
    {
        pan += Math.Clamp(panTarget - pan, -limits.Pan.Velocity * SimWorld.StepSeconds, limits.Pan.Velocity * SimWorld.StepSeconds);
        tilt += Math.Clamp(tiltTarget - tilt, -limits.Tilt.Velocity * SimWorld.StepSeconds, limits.Tilt.Velocity * SimWorld.StepSeconds);
        data.Ctrl[actuator] = pan;
        data.Ctrl[actuator + 1] = tilt;
    }
}
