using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo;

/// <summary>The state, what drives it and what comes of it. Spans over whole arrays.</summary>
public sealed unsafe partial class MjData
{
    private double* _time, _qpos, _qvel, _act, _qaccWarmstart, _qacc, _ctrl, _qfrcApplied, _xfrcApplied, _qfrcBias, _qfrcPassive,
        _qfrcActuator, _qfrcConstraint, _actuatorForce, _sensordata, _mocapPos, _mocapQuat;

    /// <summary>Positions (free joint: x, y, z in m, then quaternion w, x, y, z).</summary>
    public Span<double> Qpos => new(Alive(_qpos), Model.Nq);

    /// <summary>Velocities, in m/s and rad/s (free joint: linear in the world's frame, angular in the body's).</summary>
    public Span<double> Qvel => new(Alive(_qvel), Model.Nv);

    /// <summary>Activation states of actuators that have one.</summary>
    public Span<double> Act => new(Alive(_act), Model.Na);

    /// <summary>Where the solver starts its search.</summary>
    public Span<double> QaccWarmstart => new(Alive(_qaccWarmstart), Model.Nv);

    /// <summary>Accelerations, in m/s2 and rad/s2.</summary>
    public Span<double> Qacc => new(Alive(_qacc), Model.Nv);

    /// <summary>Controls of the actuators.</summary>
    public Span<double> Ctrl => new(Alive(_ctrl), Model.Nu);

    /// <summary>Forces that one applies to degrees of freedom, in N and N m; they stay until changed.</summary>
    public Span<double> QfrcApplied => new(Alive(_qfrcApplied), Model.Nv);

    /// <summary>Forces that one applies at bodies' centres of mass in the world's frame: force (N), torque (N m); they stay until changed.</summary>
    public Span<double> XfrcApplied => new(Alive(_xfrcApplied), Model.Nbody * 6);

    /// <summary>Gravity, Coriolis and centrifugal forces, in N and N m: apply them to hold still.</summary>
    public Span<double> QfrcBias => new(Alive(_qfrcBias), Model.Nv);

    /// <summary>Springs and dampers, in N and N m.</summary>
    public Span<double> QfrcPassive => new(Alive(_qfrcPassive), Model.Nv);

    /// <summary>What actuators do to degrees of freedom, in N and N m.</summary>
    public Span<double> QfrcActuator => new(Alive(_qfrcActuator), Model.Nv);

    /// <summary>What contacts and limits do to degrees of freedom, in N and N m.</summary>
    public Span<double> QfrcConstraint => new(Alive(_qfrcConstraint), Model.Nv);

    /// <summary>Force of each actuator, in N or N m.</summary>
    public Span<double> ActuatorForce => new(Alive(_actuatorForce), Model.Nu);

    /// <summary>Readings of all sensors; see <see cref="MjModel.SensorAddress"/>.</summary>
    public Span<double> Sensordata => new(Alive(_sensordata), Model.Nsensordata);

    /// <summary>Positions of mocap bodies, in metres.</summary>
    public Span<double> MocapPos => new(Alive(_mocapPos), Model.Nmocap * 3);

    /// <summary>Orientations of mocap bodies.</summary>
    public Span<double> MocapQuat => new(Alive(_mocapQuat), Model.Nmocap * 4);

    private void LookUpState(NativeStruct data)
    {
        _time = data.At<double>("time");
        _qpos = data.Array<double>("qpos");
        _qvel = data.Array<double>("qvel");
        _act = data.Array<double>("act");
        _qaccWarmstart = data.Array<double>("qacc_warmstart");
        _qacc = data.Array<double>("qacc");
        _ctrl = data.Array<double>("ctrl");
        _qfrcApplied = data.Array<double>("qfrc_applied");
        _xfrcApplied = data.Array<double>("xfrc_applied");
        _qfrcBias = data.Array<double>("qfrc_bias");
        _qfrcPassive = data.Array<double>("qfrc_passive");
        _qfrcActuator = data.Array<double>("qfrc_actuator");
        _qfrcConstraint = data.Array<double>("qfrc_constraint");
        _actuatorForce = data.Array<double>("actuator_force");
        _sensordata = data.Array<double>("sensordata");
        _mocapPos = data.Array<double>("mocap_pos");
        _mocapQuat = data.Array<double>("mocap_quat");
    }
}
