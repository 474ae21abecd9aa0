using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo;

/// <summary>Actuators and sensors.</summary>
public sealed unsafe partial class MjModel
{
    private double* _actuatorGainprm, _actuatorBiasprm, _actuatorCtrlrange, _actuatorForcerange;
    private int* _actuatorTrnid, _sensorAdr, _sensorDim;

    /// <summary>Gain parameters; the first is the force for a control of one (position servo: kp).</summary>
    public Span<double> ActuatorGain(int actuator) => Row(_actuatorGainprm, actuator, Nu, 10, "actuator");

    /// <summary>Bias parameters; affine: constant, times length, times velocity.</summary>
    public Span<double> ActuatorBias(int actuator) => Row(_actuatorBiasprm, actuator, Nu, 10, "actuator");

    /// <summary>Lower and upper control.</summary>
    public Span<double> ActuatorControlRange(int actuator) => Row(_actuatorCtrlrange, actuator, Nu, 2, "actuator");

    /// <summary>Lower and upper force, in N or N m.</summary>
    public Span<double> ActuatorForceRange(int actuator) => Row(_actuatorForcerange, actuator, Nu, 2, "actuator");

    /// <summary>What it drives (a joint's id first, where it drives a joint).</summary>
    public Span<int> ActuatorTarget(int actuator) => Row(_actuatorTrnid, actuator, Nu, 2, "actuator");

    /// <summary>Where the sensor begins in the sensor data.</summary>
    public int SensorAddress(int sensor) => Item(_sensorAdr, sensor, Nsensor, "sensor");

    /// <summary>How many numbers the sensor gives.</summary>
    public int SensorDimension(int sensor) => Item(_sensorDim, sensor, Nsensor, "sensor");

    private void LookUpDrives(NativeStruct model)
    {
        _actuatorGainprm = model.Array<double>("actuator_gainprm");
        _actuatorBiasprm = model.Array<double>("actuator_biasprm");
        _actuatorCtrlrange = model.Array<double>("actuator_ctrlrange");
        _actuatorForcerange = model.Array<double>("actuator_forcerange");
        _actuatorTrnid = model.Array<int>("actuator_trnid");
        _sensorAdr = model.Array<int>("sensor_adr");
        _sensorDim = model.Array<int>("sensor_dim");
    }
}
